/* A case without a sandbox, on the host's loopback: how it begins, and what it must not leave. */
#ifndef WIRECHECK_WITHOUT_SANDBOX_H
#define WIRECHECK_WITHOUT_SANDBOX_H

#include "base/error.h"

#include <stdbool.h>

/*
 * Empties the scratch folder and makes it the working folder, adopts orphans, and reads into
 * context.sockets_before which sockets the host has when the case begins.
 */
bool without_sandbox_begin(struct error *error);

/*
 * Ends the sockets in TIME-WAIT that the case leaves. They would hold a port for a minute, and so
 * change the result of the next cases. Call this when the case's programs are gone and nothing
 * looks at the wire any more. The next case finds a socket that could not be ended in its
 * context.sockets_before.
 */
void without_sandbox_leave(void);

#endif
