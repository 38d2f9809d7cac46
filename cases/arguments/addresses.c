/*
 * A mistyped argument is told at once, by exit status 2: a program that guesses what was meant
 * talks to somebody else, or listens where nobody looks. PORT is digits alone; HOST an address, no
 * name.
 */
#include "refused.h"

/* Programs with the arguments [HOST [PORT]]. */
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

CASE_EACH(row, pairs, .proves = "a bad address, a bad port and an argument too many get the usage",
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
