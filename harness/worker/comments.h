/* What a case's capture file says in its comments: of the case, and of each packet. */
#ifndef WIRECHECK_COMMENTS_H
#define WIRECHECK_COMMENTS_H

#include "base/buffer.h"
#include "worker/context.h"
#include "worker/sides.h"

/* The section's comment has the room of an option. */
#define SECTION_COMMENT_MAXIMUM 65535

/*
 * Appends the section's comment: which case, what it proves, its clause, how it went; each failure
 * with what was expected and found, as far as there is room, and how many there was none for; what
 * the case recorded; the sides; and what programs printed on standard error.
 */
void comments_of_case(struct buffer *out, enum verdict verdict, const struct sides *sides);

/* Finds the packets of failures about what sockets received, and sorts the notes. Call it once. */
void comments_prepare(void);

/* The comments of one packet. Zeroed when it is new, and used for one after another. */
struct comments {
	struct buffer text; /* each ended by a NUL */
	size_t *offsets;    /* of each in it */
	size_t offset_capacity;
	const char **list; /* the same as texts */
	size_t list_capacity;
	size_t count, left_out;
	size_t next; /* note, in the sorted list */
};

/*
 * Makes those of the next packet, failures first; packets are asked for in their order. They are
 * valid until the next call. False when memory ran out.
 */
bool comments_of_packet(struct comments *comments, size_t packet);

/* Frees all of it. */
void comments_free(struct comments *comments);

#endif
