/* The demos of impl/ misused or starved while nobody talks to them: each says why, and ends. */
#include "demo.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const servers[] = {"tcp_hello_server", "tcp_restart_server", "udp_hello_server",
	"udp_chat_server", "udp_time_server", "http_hello_server"};

static void run_all(const struct use *uses, size_t count)
{
	for (size_t i = 0; i < count; i++)
		demo_run(&uses[i]);
}

/* Standard streams. */

static const char *const all[][4] = {{"tcp_hello_server"}, {"tcp_hello_client"},
	{"tcp_restart_server"}, {"udp_hello_server"}, {"udp_hello_client"}, {"udp_chat_server"},
	{"udp_chat_client"}, {"udp_time_server"}, {"udp_time_client"}, {"http_hello_server"},
	{"file_exchange_writer", "f", "text"}, {"file_exchange_reader", "f"},
	{"unix_hello_server", "s"}, {"unix_hello_client", "s"}, {"unix_datagram_server", "s"},
	{"unix_datagram_client", "s"}, {"socket_parameters", "AF_INET", "SOCK_STREAM"},
	{"socket_fileno", "3"}, {"can_hello_sender"}, {"can_hello_receiver"}};

static void closed_streams(void)
{
	for (size_t i = 0; i < COUNT(all); i++)
		for (enum wrong closed = INPUT_CLOSED; closed <= ERROR_CLOSED; closed++)
			demo_run(&(struct use){HERE, .argv = {all[i][0], all[i][1], all[i][2]},
				.wrong = closed, .status = 1,
				.error = closed == ERROR_CLOSED ? NULL : "Bad file descriptor"});
	INSIDE_NUMBER(folder_count("."), 0); /* none had begun its work */
}

TEST(a_closed_standard_stream_is_refused)
{
	RUN_OR_SKIP(closed_streams);
}

#define FULL(...)                                                               \
	{                                                                       \
		HERE, .argv = {__VA_ARGS__}, .wrong = OUTPUT_FULL, .status = 1, \
		      .error = "No space left on device"                        \
	}
#define UNREAD(...)                                                               \
	{                                                                         \
		HERE, .argv = {__VA_ARGS__}, .wrong = OUTPUT_UNREAD, .status = 1, \
		      .error = "Broken pipe"                                      \
	}

/* Those that print only after a peer has spoken are in test_demos_peers.c. */
static const struct use unwritable[] = {
	{HERE, .argv = {"file_exchange_writer", "f", "text"}},
	FULL("file_exchange_reader", "f"),
	UNREAD("file_exchange_reader", "f"),
	FULL("socket_parameters", "AF_INET", "SOCK_STREAM"),
	UNREAD("socket_parameters", "AF_INET", "SOCK_STREAM"),
	FULL("udp_chat_client"),
	UNREAD("udp_chat_client"),
	FULL("udp_time_client"),
	UNREAD("udp_time_client"),
};

static void unwritable_output(void)
{
	run_all(unwritable, COUNT(unwritable));
}

TEST(an_output_that_cannot_be_written_is_an_error)
{
	RUN_OR_SKIP(unwritable_output);
}

/* Addresses and ports. */

#define FAILS(text, ...)                                                \
	{                                                               \
		HERE, .argv = {__VA_ARGS__}, .status = 1, .error = text \
	}

static int occupy(int family, int type, uint16_t port)
{
	int handle = socket(family, type | SOCK_CLOEXEC, 0);
	struct sockaddr_in ipv4 = {.sin_family = AF_INET, .sin_port = htons(port)};
	struct sockaddr_in6 ipv6 = {.sin6_family = AF_INET6, .sin6_port = htons(port)};

	ipv4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	ipv6.sin6_addr = in6addr_loopback;
	INSIDE(family == AF_INET ? bind(handle, (struct sockaddr *)&ipv4, sizeof ipv4) == 0
				 : bind(handle, (struct sockaddr *)&ipv6, sizeof ipv6) == 0);
	if (type == SOCK_STREAM)
		INSIDE(listen(handle, 5) == 0);
	return handle;
}

static void ports_in_use(void)
{
	for (size_t i = 0; i < COUNT(servers); i++) {
		int type = strncmp(servers[i], "udp", 3) == 0 ? SOCK_DGRAM : SOCK_STREAM;
		int ipv4 = occupy(AF_INET, type, 7000), ipv6 = occupy(AF_INET6, type, 7001);
		struct use use = {HERE, .argv = {servers[i], "127.0.0.1", "7000"}, .status = 1,
			.error = "bind: Address already in use"};

		demo_run(&use);
		use.argv[1] = "::1";
		use.argv[2] = "7001";
		demo_run(&use);
		use.argv[1] = "198.51.100.1";
		use.error = "bind: Cannot assign requested address";
		demo_run(&use);
		close(ipv4);
		close(ipv6);
	}
}

TEST(a_port_in_use_or_an_address_elsewhere_is_an_error)
{
	RUN_OR_SKIP(ports_in_use);
}

/* PATH of 108 bytes, one too many for a socket's address. */
#define PATH_27  "ppppppppppppppppppppppppppp"
#define PATH_108 PATH_27 PATH_27 PATH_27 PATH_27

static const struct use failing[] = {
	FAILS("connect: Connection refused", "tcp_hello_client"),
	FAILS("connect: Connection refused", "tcp_hello_client", "::1", "65535"),
	FAILS("connect: Network is unreachable", "tcp_hello_client", "198.51.100.1"),
	FAILS("connect: Network is unreachable", "tcp_hello_client", "2001:db8:1::1"),
	FAILS("connect: Network is unreachable", "tcp_hello_client", "255.255.255.255"),
	FAILS("sendto: Network is unreachable", "udp_hello_client", "198.51.100.1"),
	FAILS("sendto: Network is unreachable", "udp_hello_client", "2001:db8:1::1"),
	{HERE, .argv = {"udp_time_client", "198.51.100.1"}, .input = TEXT("%Y\n"), .status = 1,
		.error = "sendto: Network is unreachable", .output = TEXT(FORMAT)},
	{HERE, .argv = {"udp_chat_client", "a=198.51.100.1:1"}, .input = TEXT("a\nhello\n"),
		.status = 1, .error = "sendto: Network is unreachable",
		.output = TEXT(SELECT MESSAGE)},

	FAILS("No such file or directory", "file_exchange_reader", "missing"),
	FAILS("Is a directory", "file_exchange_reader", "."),
	FAILS("Not a directory", "file_exchange_reader", "/dev/null/f"),
	FAILS("No such file or directory", "file_exchange_writer", "missing/f", "text"),
	FAILS(NULL, "file_exchange_writer", ".", "text"),
	FAILS(NULL, "file_exchange_writer", "fifo", "text"),
	FAILS(NULL, "file_exchange_writer", "link", "text"),
	FAILS("File name too long", "file_exchange_writer", PATH_108 PATH_108 PATH_108, "text"),
	{HERE, .argv = {"file_exchange_writer", "f", PATH_108 PATH_108}, .resource = RLIMIT_FSIZE,
		.limit = 200, .status = 1, .error = "File too large"},
	FAILS("No such file or directory", "file_exchange_reader", "f"), /* and none is left */

	FAILS("No such file or directory", "unix_hello_server", "missing/s"),
	FAILS("No such file or directory", "unix_hello_client", "missing"),
	FAILS("No such file or directory", "unix_datagram_server", "missing/s"),
	FAILS("No such file or directory", "unix_datagram_client", "missing"),
	FAILS(NULL, "unix_hello_server", PATH_108),
	FAILS(NULL, "unix_hello_client", PATH_108),
	FAILS(NULL, "unix_datagram_server", PATH_108),
	FAILS(NULL, "unix_datagram_client", PATH_108),
	FAILS(NULL, "unix_datagram_client", PATH_27 PATH_27 PATH_27 "pppppppppppppppppppppppppp"),

	FAILS("Protocol not supported", "socket_parameters", "AF_INET", "SOCK_STREAM",
		"IPPROTO_UDP"),
	FAILS("Protocol not supported", "socket_parameters", "AF_UNIX", "SOCK_STREAM",
		"IPPROTO_TCP"),
	FAILS("Socket type not supported", "socket_parameters", "AF_INET", "SOCK_SEQPACKET"),
	FAILS("Operation not permitted", "socket_parameters", "AF_INET", "SOCK_RAW",
		"IPPROTO_ICMP"),
	FAILS("Bad file descriptor", "socket_fileno", "77"),
	FAILS(NULL, "can_hello_sender"), /* whether the kernel knows of CAN or not: no vcan0 */
	FAILS(NULL, "can_hello_receiver", "an interface name beyond all length"),
};

static void failing_calls(void)
{
	INSIDE(mkfifo("fifo", 0600) == 0);
	INSIDE(symlink("missing", "link") == 0);
	run_all(failing, COUNT(failing));
	INSIDE_NUMBER(folder_count("."), 2); /* these two */
}

TEST(a_failed_call_is_named_with_its_cause)
{
	RUN_OR_SKIP(failing_calls);
}

static void inherited_descriptors(void)
{
	int file = open("/dev/null", O_RDWR | O_CLOEXEC);
	int handle = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	struct use use = {HERE, .argv = {"socket_fileno", "30"}, .inherited = 30, .status = 1};

	INSIDE(dup3(file, 30, O_CLOEXEC) == 30);
	use.error = "Socket operation on non-socket";
	demo_run(&use);
	INSIDE(dup3(handle, 30, O_CLOEXEC) == 30);
	use.error = "Transport endpoint is not connected";
	demo_run(&use);
}

TEST(a_descriptor_of_the_wrong_kind_is_refused)
{
	RUN_OR_SKIP(inherited_descriptors);
}

#define CROWDED(...)                                                                             \
	{                                                                                        \
		HERE, .argv = {__VA_ARGS__}, .resource = RLIMIT_NOFILE, .limit = 4, .status = 1, \
		      .error = "accept: Too many open files"                                     \
	}

/* Four descriptors are enough to listen, and none is left for a client. */
static const struct use crowded[] = {
	CROWDED("tcp_hello_server"),
	CROWDED("tcp_restart_server"),
	CROWDED("unix_hello_server", "s"),
	CROWDED("http_hello_server"),
};

static void no_descriptors(void)
{
	run_all(crowded, COUNT(crowded));
	INSIDE_NUMBER(folder_count("."), 0);
}

TEST(a_want_of_descriptors_is_an_error)
{
	RUN_OR_SKIP(no_descriptors);
}

/* Prompts. */

static const struct use odd_lines[] = {
	{HERE, .argv = {"udp_time_client"}, .output = TEXT(FORMAT)},
	{HERE, .argv = {"udp_chat_client"}, .output = TEXT(SELECT)},
	{HERE, .argv = {"udp_chat_client"}, .input = TEXT("bob"), .output = TEXT(SELECT MESSAGE)},
	{HERE, .argv = {"udp_chat_client"}, .input = TEXT("bob\n\n \t\v\f\r\nq"),
		.output = TEXT(SELECT MESSAGE MESSAGE MESSAGE SELECT)},
	{HERE, .argv = {"udp_chat_client"},
		.input = TEXT("nobody\nq\n\nal\nalice=127.0.0.1:8081\n"),
		.output = TEXT(SELECT SELECT SELECT SELECT SELECT SELECT)},
	{HERE, .argv = {"udp_chat_client"},
		.input = TEXT("bob\0\nbo\0b\n\0\n\xff\xfe\nb\xc3\nbob\n"),
		.output = TEXT(SELECT SELECT SELECT SELECT SELECT SELECT MESSAGE)},
	{HERE, .argv = {"udp_chat_client", "\xff\xfe=127.0.0.1:1"}, .input = TEXT("\xff\xfe\n"),
		.output = TEXT(SELECT MESSAGE)},
	{HERE, .argv = {"udp_chat_client"}, .wrong = INPUT_FOLDER, .status = 1,
		.error = "Is a directory", .output = TEXT(SELECT)},
	{HERE, .argv = {"udp_time_client"}, .wrong = INPUT_FOLDER, .status = 1,
		.error = "Is a directory", .output = TEXT(FORMAT)},
};

static void lines_at_prompts(void)
{
	run_all(odd_lines, COUNT(odd_lines));
}

TEST(odd_lines_and_the_end_of_input_are_taken_at_every_prompt)
{
	RUN_OR_SKIP(lines_at_prompts);
}

#define MIB ((size_t)1 << 20)

static void long_lines(void)
{
	struct use time = {HERE, .argv = {"udp_time_client"}, .input = demo_line(MIB), .status = 1,
		.error = "Message too long", .output = TEXT(FORMAT)};
	struct use name = {HERE, .argv = {"udp_chat_client"}, .input = demo_line(MIB),
		.output = TEXT(SELECT SELECT)};

	demo_run(&time);
	demo_run(&name);
	time.input = name.input = demo_line(8 * MIB);
	time.resource = name.resource = RLIMIT_DATA;
	time.limit = name.limit = 4 * MIB;
	time.error = name.error = "Cannot allocate memory";
	name.status = 1;
	name.output = (struct bytes)TEXT(SELECT);
	demo_run(&time);
	demo_run(&name);
}

TEST(a_line_too_long_to_send_or_to_hold_is_an_error)
{
	RUN_OR_SKIP(long_lines);
}
