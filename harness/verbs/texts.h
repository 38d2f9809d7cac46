/* Texts and bytes for a case. */
#ifndef WIRECHECK_VERBS_TEXTS_H
#define WIRECHECK_VERBS_TEXTS_H

#include "base/bytes.h"
#include "verbs/verb.h"

#include <stddef.h>

/* A text made as printf(3) makes it; lives as long as the case. */
const char *case_format(const char *form, ...) __attribute__((__format__(__printf__, 1, 2)));
#define format(...) case_format(__VA_ARGS__)

/* So many bytes without a period; the same each time. They live as long as the case. */
struct bytes case_pattern(size_t length);
#define pattern(...) case_pattern(__VA_ARGS__)

/* The same as a text of small letters. */
const char *case_letters(size_t length);
#define letters(...) case_letters(__VA_ARGS__)

/* Bytes as a text, up to a NUL; a copy that lives as long as the case. */
const char *case_text_of(struct bytes bytes);
#define text_of(...) case_text_of(__VA_ARGS__)

#endif
