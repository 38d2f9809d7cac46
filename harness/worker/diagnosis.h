/* What the kernel tells when a wait has ended in vain: whose sockets there are, what programs do.
 */
#ifndef WIRECHECK_DIAGNOSIS_H
#define WIRECHECK_DIAGNOSIS_H

#include "base/buffer.h"

/*
 * Keeps how the sockets and programs of the case are now, for its report. Of several calls the
 * first counts: what is wrong later is most often what follows. Never ends the case.
 */
void diagnose(void);

/*
 * Appends sections with what the programs' processes did and which sockets there were then; nothing
 * when no wait was in vain.
 */
void diagnosis_report(struct buffer *out);

#endif
