/* PASS: a program inherits the same things whatever the host and the user have. */
#include "wirecheck.h"

CASE(.proves = "environment, limits, umask and name of the host are as documented",
	.clause = "README: what a case finds")
{
	struct program *program = start_tool("sh", "-c",
		"umask; ulimit -Sn; ulimit -Sc; ulimit -Ss; ulimit -Sf; uname -n;"
		"echo $LANG,$LC_ALL,$TZ,$TERM,$TMPDIR,$http_proxy,$HTTPS_PROXY,$RES_OPTIONS;"
		"date +%Z; cat /proc/sys/net/ipv4/tcp_rmem /proc/sys/net/ipv4/ip_forward");
	expect_exit(program, 0);
	expect_output(program,
		"0022\n1024\n0\n8192\nunlimited\nsandbox\n"
		"C.UTF-8,,UTC,dumb,,,,\nUTC\n4096\t131072\t6291456\n0\n");
	expect_no_packets();
}
