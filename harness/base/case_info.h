/* A case as its file declares it. */
#ifndef WIRECHECK_CASE_INFO_H
#define WIRECHECK_CASE_INFO_H

#include "base/protocol.h"

#include <stdbool.h>

/*
 * A case, or what a row of a table of cases says of its own. The texts are static. What is left out
 * is zero.
 */
struct case_info {
	const char *name;   /* of the case: "hello_ipv6"; without it, the file's name */
	const char *proves; /* one sentence; may be left out */
	const char *clause; /* where the rule stands; may be left out */

	/* The case is SKIP where the machine lacks what it needs. */
	bool needs_ipv6;              /* on the loopback interface */
	bool needs_unprivileged;      /* programs without capabilities; without a sandbox, root's
					 have all */
	int needs_family;             /* sockets of this family: AF_CAN */
	enum protocol needs_protocol; /* UDPLITE, which is not in every kernel */
	const char *needs_tool;       /* "curl"; where it is looked for, start_tool says */
	const char *least_linux;      /* "5.10" */

	unsigned patience; /* multiplies the limits of waits and of the case; 0 counts as 1 */
	unsigned ring_mib; /* of the capture's ring, in MiB; 0: enough for most */

	/* Set by the macros that declare cases, and by the register. */
	const char *file; /* cases/tcp/hello.c */
	int line;         /* of the macro there */
	void (*body)(const void *row);
	const void *row; /* of a table; otherwise NULL */
};

#endif
