/* The comments in a case's capture file: the one about the case, and those of each packet. */
#ifndef WIRECHECK_CAPTURE_COMMENTS_H
#define WIRECHECK_CAPTURE_COMMENTS_H

#include "base/buffer.h"
#include "base/results.h"
#include "worker/capture_names.h"

/* The section's comment is one option, which has this room. */
#define SECTION_COMMENT_MAXIMUM 65535

/*
 * Appends the section's comment: the case's name, its verdict, what it proves, and its clause. Then
 * each failure with what was expected and found, as far as there is room, and how many failures are
 * left out. Then what the case recorded, the sides, and what programs printed to standard error.
 */
void comments_of_case(struct buffer *out, enum verdict verdict, const struct capture_names *names);

/* Finds the packets of failures about the case's sockets, and sorts the notes. Call it once. */
void comments_prepare(void);

/* The comments of one packet. Zero it first, and then use it for one packet after another. */
struct comments {
	struct buffer text; /* all comments, each ended by a NUL */
	size_t *offsets;    /* of each comment in `text` */
	size_t offset_capacity;
	const char **list; /* the same comments as texts */
	size_t list_capacity;
	size_t count, left_out;
	size_t next; /* the next note, by its place in the sorted list */
};

/*
 * Makes the comments of one packet, with failures first. Ask for packets in their order. The
 * comments are valid until the next call. False when memory ran out.
 */
bool comments_of_packet(struct comments *comments, size_t packet);

/* Frees all of it. */
void comments_free(struct comments *comments);

#endif
