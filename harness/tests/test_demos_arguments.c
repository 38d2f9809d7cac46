/* The demos of impl/ with arguments that are none: usage, exit status 2, and nothing done. */
#include "demo.h"

#include <string.h>

static const char *const at_an_address[] = {"tcp_hello_server", "tcp_hello_client",
	"tcp_restart_server", "udp_hello_server", "udp_hello_client", "udp_chat_server",
	"udp_time_server", "udp_time_client", "http_hello_server"};

static const char *const bad_addresses[][3] = {{""}, {"localhost"}, {"127.1"}, {"256.0.0.1"},
	{"0x7f.0.0.1"}, {"127.0.0.1:80"}, {" ::1"}, {"::1 "}, {"[::1]"}, {"::g"}, {"1::2::3"},
	{"fe80::1%lo"}, {"--help"}, {"\xff\xfe"}, {"127.0.0.1", ""}, {"127.0.0.1", "0"},
	{"127.0.0.1", "65536"}, {"127.0.0.1", "-1"}, {"127.0.0.1", "+80"}, {"127.0.0.1", " 80"},
	{"127.0.0.1", "80\n"}, {"127.0.0.1", "0x50"}, {"127.0.0.1", "http"},
	{"127.0.0.1", "4294967376"}, {"127.0.0.1", "99999999999999999999999"},
	{"127.0.0.1", "80", "x"}};

static void refuse_addresses(const char *program)
{
	for (size_t i = 0; i < COUNT(bad_addresses); i++)
		demo_run(&(struct use){HERE,
			.argv = {program, bad_addresses[i][0], bad_addresses[i][1],
				bad_addresses[i][2]},
			.status = 2, .error = "usage"});
}

static void bad_host_or_port(void)
{
	for (size_t i = 0; i < COUNT(at_an_address); i++)
		refuse_addresses(at_an_address[i]);
}

TEST(a_bad_host_or_port_gets_the_usage)
{
	RUN_OR_SKIP(bad_host_or_port);
}

#define USAGE(...)                                                         \
	{                                                                  \
		HERE, .argv = {__VA_ARGS__}, .status = 2, .error = "usage" \
	}

static const struct use other_arguments[] = {
	USAGE("file_exchange_writer"),
	USAGE("file_exchange_writer", "a"),
	USAGE("file_exchange_writer", "", "b"),
	USAGE("file_exchange_writer", "a", "b", "c"),
	USAGE("file_exchange_reader"),
	USAGE("file_exchange_reader", ""),
	USAGE("file_exchange_reader", "a", "b"),
	USAGE("unix_hello_server"),
	USAGE("unix_hello_server", ""),
	USAGE("unix_hello_client", "a", "b"),
	USAGE("unix_hello_client", ""),
	USAGE("unix_datagram_server"),
	USAGE("unix_datagram_server", ""),
	USAGE("unix_datagram_client", "a", "b"),
	USAGE("unix_datagram_client", ""),
	USAGE("can_hello_sender", "a", "b"),
	USAGE("can_hello_receiver", "a", "b"),
	USAGE("socket_parameters"),
	USAGE("socket_parameters", "AF_INET"),
	USAGE("socket_parameters", "", "SOCK_STREAM"),
	USAGE("socket_parameters", "AF_FOO", "SOCK_STREAM"),
	USAGE("socket_parameters", "AF_INET", "SOCK_FOO"),
	USAGE("socket_parameters", "AF_INET", "SOCK_STREAM", ""),
	USAGE("socket_parameters", "AF_INET", "SOCK_STREAM", "6"),
	USAGE("socket_parameters", "AF_INET", "SOCK_STREAM", "IPPROTO_TCP", "x"),
	USAGE("socket_fileno"),
	USAGE("socket_fileno", ""),
	USAGE("socket_fileno", "1"),
	USAGE("socket_fileno", "-3"),
	USAGE("socket_fileno", "3x"),
	USAGE("socket_fileno", "2147483648"),
	USAGE("socket_fileno", "99999999999999999999999"),
	USAGE("socket_fileno", "3", "4"),
	USAGE("udp_chat_client", ""),
	USAGE("udp_chat_client", "x"),
	USAGE("udp_chat_client", "=127.0.0.1:1"),
	USAGE("udp_chat_client", "a=127.0.0.1"),
	USAGE("udp_chat_client", "a=127.0.0.1:"),
	USAGE("udp_chat_client", "a=127.0.0.1:0"),
	USAGE("udp_chat_client", "a=127.0.0.1:80x"),
	USAGE("udp_chat_client", "a=:1"),
	USAGE("udp_chat_client", "a=::1:80"),
	USAGE("udp_chat_client", "a=[127.0.0.1]:80"),
	USAGE("udp_chat_client", "a=[::1]80"),
	USAGE("udp_chat_client", "a=[::1]"),
	USAGE("udp_chat_client", "a=[::1:80"),
	USAGE("udp_chat_client", "a=[:80"),
	USAGE("udp_chat_client", "a=[]:80"),
	USAGE("udp_chat_client", "a=]:80"),
	USAGE("udp_chat_client", "a=b=127.0.0.1:80"),
	USAGE("udp_chat_client", "good=127.0.0.1:80", "bad"),
};

/* An argument as long as exec(3) takes it, after another one or NULL: refused as well. */
static void long_argument(const char *program, const char *before, const char *begins)
{
	static char text[131000];
	struct use use = {HERE, .argv = {program, before}, .status = 2, .error = "usage"};

	memset(text, '1', sizeof text - 1);
	memcpy(text, begins, strlen(begins));
	use.argv[before != NULL ? 2 : 1] = text;
	demo_run(&use);
}

static void bad_arguments(void)
{
	for (size_t i = 0; i < COUNT(other_arguments); i++)
		demo_run(&other_arguments[i]);
	long_argument("udp_chat_client", NULL, "a=");
	long_argument("socket_fileno", NULL, "1");
	long_argument("http_hello_server", NULL, "::");
	long_argument("tcp_hello_server", "127.0.0.1", "1");
}

TEST(bad_arguments_get_the_usage)
{
	RUN_OR_SKIP(bad_arguments);
}
