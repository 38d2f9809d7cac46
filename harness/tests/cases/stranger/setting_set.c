/* PASS: the sandbox has the setting that the case asked for, and no other sandbox has it. */
#include "wirecheck.h"

#include <stdio.h>
#include <stdlib.h>

static const char *first_line(const char *path)
{
	static char line[64];
	FILE *file = fopen(path, "re");

	if (file == NULL || fgets(line, sizeof line, file) == NULL)
		return "nothing";
	fclose(file);
	return line;
}

CASE(.proves = "what is opened after a setting was changed finds it changed",
	.clause = "sysctl(8); ip-sysctl tcp_fin_timeout")
{
	static const char path[] = "/proc/sys/net/ipv4/tcp_fin_timeout";

	expect_within(atoi(first_line(path)), 60, 60);
	set_sysctl("net.ipv4.tcp_fin_timeout", "7");
	expect_within(atoi(first_line(path)), 7, 7);
}
