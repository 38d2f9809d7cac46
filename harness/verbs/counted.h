/* By how much a counter of the kernel has grown, for verbs. Tested by test_failure_texts.c. */
#ifndef WIRECHECK_COUNTED_H
#define WIRECHECK_COUNTED_H

#include <stdint.h>

/* By how much it has grown since the case began. Ends the case as SKIP when the kernel lacks it. */
int64_t counted(const char *group, const char *name);

#endif
