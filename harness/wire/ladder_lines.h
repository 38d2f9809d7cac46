/*
 * The lines of a ladder (ladder_connection.h, ladder_datagrams.h): times, arrows, payloads.
 *
 * Tested by test_ladder.c.
 */
#ifndef WIRECHECK_LADDER_LINES_H
#define WIRECHECK_LADDER_LINES_H

#include "base/address.h"
#include "base/buffer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* No line is wider, and all lines are ASCII. */
#define LADDER_COLUMNS 100

/* A ladder has at least this many lines: a heading, the first, what was left out, and the last. */
#define LADDER_LINES 4

/* A ladder that is drawn line by line. The maximum of `line` keeps it within the columns. */
struct ladder {
	struct buffer *out;
	struct buffer line;
	int64_t start;     /* time of the first line */
	size_t head, tail; /* how many lines are drawn at the beginning and at the end */
};

/*
 * Begins a ladder of `count` lines. When they and a heading are more than `maximum` lines, or than
 * LADDER_LINES if that is more, the middle will be left out.
 */
void ladder_begin(struct ladder *ladder, struct buffer *out, size_t count, size_t maximum);

/*
 * Whether line `index` of `count` is drawn. At the first line that is not, adds a line that says
 * how many are left out; `what` names them.
 */
bool ladder_draws(struct ladder *ladder, size_t index, size_t count, const char *what);

/* Begins a line with its time, in milliseconds since the first line. */
void ladder_time(struct ladder *ladder, int64_t time);

/* Appends an arrow with a label, `shaft` columns wide or wider if the label needs it. */
void ladder_arrow(struct ladder *ladder, bool rightward, const char *label, size_t shaft);

/* Appends the beginning of a payload, as far as the line has room. */
void ladder_payload(struct ladder *ladder, struct bytes payload);

/* Writes an address, with the middle left out if it is too long. Returns `text`. */
const char *ladder_endpoint(const struct address *address, char text[ADDRESS_TEXT]);

/* Ends the line and appends it to `out`. */
void ladder_end_line(struct ladder *ladder);

/* Ends the ladder and frees its line. */
void ladder_end(struct ladder *ladder);

#endif
