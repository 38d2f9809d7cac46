/* Namespaces for what is measured against: a loopback with all ports free, without root. */
#ifndef BENCH_NAMESPACE_H
#define BENCH_NAMESPACE_H

#include <stdint.h>
#include <sys/types.h>

/*
 * Moves the calling process into user, network and mount namespaces of its own, of which its
 * children can make more. They get small tables of sockets, as wirecheck's sandboxes do.
 */
void namespace_enter(void);

/*
 * Forks into new network, PID and mount namespaces. Returns 0 there, the child's PID here. The
 * child ends with its parent.
 */
pid_t namespace_fork(void);

/* Brings up the loopback interface of the namespace that the process is in. */
void namespace_loopback_up(void);

/* Nanoseconds on the monotonic clock. */
int64_t now(void);

/* Ends the program, with `what` and errno on standard error, as the above do when they fail. */
_Noreturn void fail(const char *what);

#endif
