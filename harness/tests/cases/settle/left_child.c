#include "../plain.h"
#include "worker/context.h"
#include "wirecheck.h"

#include <fcntl.h>
#include <sys/wait.h>

/* A process that sends one datagram when it is told to, and ends. */
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

CASE(.proves = "what a child sends that was left behind when the wire was quiet is seen",
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
