/* What the kernel tells when a wait has ended in vain: whose sockets there are, what programs do. */
#ifndef WIRECHECK_DIAGNOSIS_H
#define WIRECHECK_DIAGNOSIS_H

#include "buffer.h"

#include <stddef.h>

/*
 * Keeps how the sockets and programs of the case are now, for its report. Of several calls the
 * first counts: what is wrong later is most often what follows. Never ends the case.
 */
void diagnose(void);

/* Appends a section with the sockets as they were then; nothing when no wait was in vain. */
void diagnosis_sockets(struct buffer *out);

/* Appends lines with what the processes of a program, by its index, did then. */
void diagnosis_program(struct buffer *out, size_t index);

#endif
