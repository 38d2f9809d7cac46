/* Tells one format of verdicts that no case came to, and reads what it wrote. */
#ifndef WIRECHECK_TELLING_H
#define WIRECHECK_TELLING_H

#include "base/buffer.h"
#include "command/reporter.h"

#include <stdbool.h>
#include <stddef.h>

/* Begins a document in this format, with this many planned runs. */
void telling_begin(const struct format *format, size_t runs, bool verbose);

/* Begins a round, after ending the one before; both names NULL without a matrix. */
void telling_round(const char *client, const char *server);

/*
 * Tells of one run of a case, the only one unless `run` is larger than 1. `what` is the text of the
 * only finding, a failure or the reason of a SKIP; of a PASS it is not used.
 */
void telling_verdict(enum verdict verdict, const char *name, unsigned run, const char *what);

/* Ends the document and returns it; valid until the next one begins. */
const char *telling_end(void);

/* U+FFFD, which stands for bytes that are no character. */
#define REPLACEMENT "\xef\xbf\xbd"

/* Asserts that a format's function `write` appends this for a text. */
void check_written(void (*write)(struct buffer *out, const char *text), const char *text,
	const char *expected);

#endif
