/*
 * A program refuses a mistyped argument at once: it exits with status 2, says how it is used, and
 * does nothing else. A program that guesses what was meant talks to the wrong peer, or listens
 * where nobody looks for it.
 */
#include "wirecheck.h"

/*
 * The program says how it is used and does nothing else. This is a macro, so that a failure names
 * the line of its call.
 */
#define refused(...)                                        \
	do {                                                \
		struct program *wrong = start(__VA_ARGS__); \
		until_given_up(wrong);                      \
		expect_exit(wrong, 2);                      \
		expect_error(wrong, "usage");               \
		expect_output(wrong, "");                   \
	} while (0)

/*
 * Programs with the arguments [HOST [PORT]]. HOST is a numeric address and not a name; PORT is
 * digits only.
 */
static const struct {
	struct case_info info;
	const char *programs[3];
} pairs[] = {
	{{.name = "chat_server"}, {"udp_chat_server"}},
	{{.name = "http"}, {"http_hello_server"}},
	{{.name = "tcp"}, {"tcp_hello_server", "tcp_hello_client", "tcp_restart_server"}},
	{{.name = "time"}, {"udp_time_server", "udp_time_client"}},
	{{.name = "udp"}, {"udp_hello_server", "udp_hello_client"}},
};

CASE_EACH(row, pairs,
	.proves = "a bad address, a bad port and one argument too many are refused with the usage",
	.clause = "inet_pton(3); the demos' contract")
{
	static const char *const hosts[] = {
		"", "localhost", "127.0.0.1 ", "127.1", "::1%lo", "[::1]"};
	static const char *const ports[] = {
		"", "0", "65536", "-1", "+8898", " 8898", "8898x", "http"};

	for (size_t p = 0; p < 3 && row->programs[p] != NULL; p++) {
		const char *program = row->programs[p];
		step("%s", program);
		for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++)
			refused(program, hosts[i]);
		for (size_t i = 0; i < sizeof ports / sizeof *ports; i++)
			refused(program, "127.0.0.1", ports[i]);
		refused(program, "127.0.0.1", "8898", "more");
	}
	expect_no_packets();
}

/*
 * A contact is NAME=HOST:PORT. The client checks all contacts before its first prompt. Otherwise a
 * person would find out in the middle of a chat that one of them was mistyped.
 */
CASE(.name = "chat_client",
	.proves = "a malformed contact is refused with the usage, before any prompt",
	.clause = "RFC 3986 3.2.2; the demos' contract")
{
	static const char *const contacts[] = {"", "eve", "=127.0.0.1:8081", "eve=127.0.0.1",
		"eve=:8081", "eve=127.0.0.1:", "eve=127.0.0.1:0", "eve=127.0.0.1:65536",
		"eve=localhost:8081", "eve=::1:8081", "eve=[127.0.0.1]:8081", "eve=[::1]"};

	for (size_t i = 0; i < sizeof contacts / sizeof *contacts; i++)
		refused("udp_chat_client", "bob=127.0.0.1:8081", contacts[i]);
	expect_no_packets();
}

/* A missing argument is not an empty text. A writer that takes it for one empties the file. */
CASE(.name = "file", .proves = "missing, empty and too many arguments are refused with the usage",
	.clause = "the demos' contract")
{
	refused("file_exchange_writer");
	refused("file_exchange_writer", "shared.txt");
	refused("file_exchange_writer", "", "text");
	refused("file_exchange_writer", "shared.txt", "text", "more");
	refused("file_exchange_reader");
	refused("file_exchange_reader", "");
	refused("file_exchange_reader", "shared.txt", "more");
	expect_no_file("shared.txt");
	expect_no_packets();
}

/*
 * Parameters must have names that exist. Descriptors below 3 are the standard streams and are not
 * taken for sockets: what a program prints must never go to the peer of a socket.
 */
CASE(.name = "socket", .proves = "unknown names and descriptors below 3 are refused with the usage",
	.clause = "POSIX socket; the demos' contract")
{
	refused("socket_parameters");
	refused("socket_parameters", "AF_INET");
	refused("socket_parameters", "AF_NONE", "SOCK_STREAM");
	refused("socket_parameters", "AF_INET", "SOCK_NONE");
	refused("socket_parameters", "AF_INET", "SOCK_STREAM", "IPPROTO_NONE");
	refused("socket_parameters", "AF_INET", "SOCK_STREAM", "IPPROTO_TCP", "more");
	refused("socket_fileno");
	refused("socket_fileno", "");
	refused("socket_fileno", "2");
	refused("socket_fileno", "three");
	refused("socket_fileno", "3", "4");
	expect_no_packets();
}

/*
 * A PATH is one argument and not empty. For an empty path the kernel would choose a name by itself
 * (autobind), and nobody would find the server.
 */
CASE(.name = "unix", .proves = "no path, an empty path and two paths are refused with the usage",
	.clause = "unix(7) autobind; the demos' contract")
{
	static const char *const programs[] = {"unix_hello_server", "unix_hello_client",
		"unix_datagram_server", "unix_datagram_client"};

	for (size_t p = 0; p < sizeof programs / sizeof *programs; p++) {
		refused(programs[p]);
		refused(programs[p], "");
		refused(programs[p], "a.sock", "b.sock");
	}
	expect_no_packets();
}
