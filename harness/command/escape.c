/* Text that came from programs, character by character: for formats that have to escape some. */
#include "command/escape.h"

#include "base/utf8.h"

struct character escape_next(struct bytes *text)
{
	struct character character = {.point = 0xfffd};
	size_t length = utf8_decode(*text, &character.point);

	character.valid = length > 0;
	length = length > 0 ? length : 1;
	character.bytes = (struct bytes){text->data, length};
	*text = (struct bytes){text->data + length, text->length - length};
	return character;
}

bool escape_is_control(uint32_t point)
{
	return point < 0x20 || (point >= 0x7f && point < 0xa0) || point == 0xfffe ||
	       point == 0xffff;
}
