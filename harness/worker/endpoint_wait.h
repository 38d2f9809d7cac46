/*
 * A call on a socket of the case that may have to wait for it. For endpoint.c and
 * endpoint_receive.c. Tested by test_failure_texts.c.
 */
#ifndef WIRECHECK_ENDPOINT_WAIT_H
#define WIRECHECK_ENDPOINT_WAIT_H

#include "worker/endpoint.h"

/* Makes the call on the non-blocking socket. Returns 0 or an errno; EAGAIN: wait and call again. */
typedef int endpoint_call(struct endpoint *endpoint, void *argument);

/*
 * Calls, and waits for these events of poll(2) before each further call. Returns what the last call
 * did, or NO_ANSWER when the limit of a wait is over.
 */
int endpoint_wait(struct endpoint *endpoint, short events, endpoint_call *call, void *argument);

/* 0 or the errno of a call that returned this. Programs may answer a call that succeeded. */
int endpoint_result(int returned);

/* Keeps the addresses of a connection: the socket may be closed when the case is over. */
void endpoint_learn_addresses(struct endpoint *endpoint);

#endif
