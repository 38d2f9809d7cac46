/*
 * What the kernel says when a wait was in vain: which sockets there are, and what programs do.
 *
 * Tested by test_failure_texts.c.
 */
#ifndef WIRECHECK_DIAGNOSIS_H
#define WIRECHECK_DIAGNOSIS_H

#include "base/buffer.h"

/*
 * Keeps the state of the case's sockets and programs now, for its report. Only the first call does
 * something: what is wrong later mostly follows from what was wrong first. Never ends the case.
 */
void diagnose(void);

/*
 * Appends what diagnose() kept: a section with what the processes did, and one with the sockets.
 * Appends nothing when no wait was in vain.
 */
void diagnosis_report(struct buffer *out);

#endif
