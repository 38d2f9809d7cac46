/* PASS: files named by process ID or by fixed names do not meet those of other cases. */
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
