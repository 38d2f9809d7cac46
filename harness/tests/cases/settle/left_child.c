#include "../plain.h"
#include "wirecheck.h"
#include "worker/context.h"

#include <fcntl.h>
#include <sys/wait.h>

/* Starts a process that waits for a byte, sends one datagram and ends. */
static pid_t start_child(int *tell)
{
	int pair[2];
	char byte;

	plain_check(pipe2(pair, O_CLOEXEC));
	*tell = pair[1];
	pid_t child = plain_check(fork());
	if (child > 0)
		return child;
	plain_check(close(pair[1]));
	plain_check((int)read(pair[0], &byte, 1));
	plain_send_to(9000, 1);
	_exit(0);
}

CASE(.proves = "what a child sends is seen, even if it was started before the wire was quiet",
	.clause = "none: passes")
{
	int tell;
	pid_t child = start_child(&tell);

	expect_no_connection(8898);
	expect_no_connection(8898);
	expect_within(context.wire.datagrams.count, 0, 0);
	plain_check((int)write(tell, "x", 1));
	plain_check(waitpid(child, NULL, 0));
	expect_no_connection(8898);
	expect_within(context.wire.datagrams.count, 1, 1);
	allow_other_traffic();
}
