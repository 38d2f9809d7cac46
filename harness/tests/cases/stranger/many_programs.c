/* PASS: a case starts as many programs as it may, and a program prints megabytes. */
#include "wirecheck.h"

CASE(.proves = "there is room for many programs, and for much output", .clause = "verbs/starting.h")
{
	struct program *programs[128];
	for (int i = 0; i < 128; i++)
		programs[i] = start_tool("true");
	for (int i = 0; i < 128; i++)
		expect_exit(programs[i], 0);
	struct program *loud = start_tool("head", "-c", "4000000", "/dev/zero");
	expect_exit(loud, 0);
	static const unsigned char zeros[4000000];
	expect_output_bytes(loud, (struct bytes){zeros, sizeof zeros});
}
