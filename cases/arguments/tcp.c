/*
 * A mistyped argument is told at once, by exit status 2: a program that guesses what was meant
 * talks to somebody else, or listens where nobody looks. PORT is digits alone; HOST an address, no
 * name.
 */
#include "wirecheck.h"

/* The program says how it is used, and does nothing. */
#define refused(...)                                          \
	do {                                                  \
		struct program *program = start(__VA_ARGS__); \
		until_given_up(program);                      \
		expect_exit(program, 2);                      \
		expect_error(program, "usage");               \
		expect_output(program, "");                   \
	} while (0)

CASE(.proves = "a bad address, a bad port and an argument too many get the usage",
	.clause = "inet_pton(3); the demos' contract")
{
	static const char *const programs[] = {
		"tcp_hello_server", "tcp_hello_client", "tcp_restart_server"};
	static const char *const hosts[] = {
		"", "localhost", "127.0.0.1 ", "127.1", "::1%lo", "[::1]"};
	static const char *const ports[] = {
		"", "0", "65536", "-1", "+8898", " 8898", "8898x", "http"};

	for (size_t p = 0; p < sizeof programs / sizeof *programs; p++) {
		for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++)
			refused(programs[p], hosts[i]);
		for (size_t i = 0; i < sizeof ports / sizeof *ports; i++)
			refused(programs[p], "127.0.0.1", ports[i]);
		refused(programs[p], "127.0.0.1", "8898", "more");
	}
	expect_no_packets();
}
