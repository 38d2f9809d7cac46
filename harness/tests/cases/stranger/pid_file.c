/* PASS: files by process ID and of fixed names are of no other case, in any shared folder. */
#include "wirecheck.h"

CASE(.proves = "no two cases share /tmp, /var/tmp and /dev/shm", .clause = "FHS 3.0 3.18")
{
	for (int i = 0; i < 3; i++) {
		static const char *const folders[] = {"/tmp", "/var/tmp", "/dev/shm"};
		struct program *program = start_tool("sh", "-c",
			"test ! -d $0 || { set -C && : >$0/lock.$$ && : >$0/lock && sleep 0.05; }",
			folders[i]);
		expect_exit(program, 0);
	}
	expect_no_packets();
}
