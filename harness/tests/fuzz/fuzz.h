/* What the fuzz targets share: each is one file NAME.c here, with its seeds in corpus/NAME. */
#ifndef WIRECHECK_FUZZ_H
#define WIRECHECK_FUZZ_H

#include "base/bytes.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/*
 * Looks at one input, whatever it is, and returns 0. An error ends the process: the sanitizers
 * do that, and FUZZ_CHECK. The name is libFuzzer's; replay.c calls it too. The same input does
 * the same each time.
 */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Ends the process, and says where, when something that always holds does not hold. */
#define FUZZ_CHECK(condition)                                                             \
	do {                                                                              \
		if (!(condition)) {                                                       \
			fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, \
				#condition);                                              \
			abort();                                                          \
		}                                                                         \
	} while (0)

#endif
