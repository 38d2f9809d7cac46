/* PASS: names are looked up as on any host, and unknown names fail without a packet. */
#include "wirecheck.h"

CASE(.proves = "look-ups depend on the sandbox alone, and AI_ADDRCONFIG finds both families",
	.clause = "POSIX getaddrinfo; RFC 6724 10.3",
	.needs_ipv6 = true)
{
	struct program *program = start("looks_up", "127.0.0.1", "::1", "localhost", "sandbox",
		"www.example.com", "sandbox.example");
	expect_exit(program, 0);
	expect_output(program,
		"127.0.0.1: 127.0.0.1\n"
		"::1: ::1\n"
		"localhost: 127.0.0.1 ::1\n"
		"sandbox: 192.0.2.1 2001:db8::1\n"
		"www.example.com: not found\n"
		"sandbox.example: 192.0.2.1 2001:db8::1\n");
	expect_no_packets();
}
