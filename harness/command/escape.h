/* Text that came from programs, character by character: for formats that have to escape some. */
#ifndef WIRECHECK_ESCAPE_H
#define WIRECHECK_ESCAPE_H

#include "base/bytes.h"

#include <stdbool.h>
#include <stdint.h>

/* The first character of a text. */
struct character {
	struct bytes bytes; /* a part of the text; never empty */
	uint32_t point;     /* its code point; 0xfffd for a byte that is no part of a character */
	bool valid;         /* the bytes are one character in UTF-8 (RFC 3629) */
};

/* Takes the first character off a text that is not empty. */
struct character escape_next(struct bytes *text);

/*
 * Whether the code point is a control character (C0, DEL, C1) or no character at all. A terminal
 * may obey one, and a format of lines must not pass it on. Newline and tab are among them.
 */
bool escape_is_control(uint32_t point);

#endif
