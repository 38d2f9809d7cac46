/* Texts and bytes for a case. Tested by test_failure_texts.c. */
#ifndef WIRECHECK_VERBS_TEXTS_H
#define WIRECHECK_VERBS_TEXTS_H

#include "base/bytes.h"

#include <stddef.h>

/* A text made as printf(3) makes it; lives as long as the case. */
const char *case_format(const char *format, ...) __attribute__((__format__(__printf__, 1, 2)));
#define format(...) case_format(__VA_ARGS__)

/*
 * `length` bytes that look random and are the same in each run. They live as long as the case.
 */
struct bytes case_pattern(size_t length);
#define pattern(...) case_pattern(__VA_ARGS__)

/* A text of `length` small letters, made in the same way. */
const char *case_letters(size_t length);
#define letters(...) case_letters(__VA_ARGS__)

/* Bytes as a text, up to a NUL; a copy that lives as long as the case. */
const char *case_text_of(struct bytes bytes);
#define text_of(...) case_text_of(__VA_ARGS__)

#endif
