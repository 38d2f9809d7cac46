/* The host's loopback, without a sandbox: a case finds no other's sockets and leaves none. */
#ifndef WIRECHECK_HOST_H
#define WIRECHECK_HOST_H

#include "error.h"

#include <stdbool.h>

/* Takes down, in context.before, which sockets there are when the case begins. */
bool host_begin(struct error *error);

/*
 * Ends what the case leaves on its ports: TIME-WAIT, which would hold a port for a minute and so
 * decide the cases after it. To be called when its programs are gone and nothing looks at the wire
 * any more. What cannot be ended, the next case finds in context.before.
 */
void host_leave(void);

#endif
