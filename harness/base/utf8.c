/* UTF-8 (RFC 3629): whether bytes are a character, and where it ends. */
#include "base/utf8.h"

#include <stdbool.h>

/* The smallest code point that a character of this many bytes may stand for (RFC 3629 3). */
static const uint32_t utf8_least[] = {0, 0, 0x80, 0x800, 0x10000};

size_t utf8_decode(struct bytes text, uint32_t *point)
{
	if (text.length == 0)
		return 0;

	unsigned char lead = text.data[0];
	size_t length = lead < 0x80 ? 1 : lead < 0xc0 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
	if (length == 0 || length > text.length || lead > 0xf4)
		return 0;

	uint32_t value = length == 1 ? lead : lead & (0x7fu >> length);
	for (size_t i = 1; i < length; i++) {
		if ((text.data[i] & 0xc0) != 0x80)
			return 0;
		value = value << 6 | (text.data[i] & 0x3fu);
	}
	bool surrogate = value >= 0xd800 && value < 0xe000;
	if (value < utf8_least[length] || value > 0x10ffff || surrogate)
		return 0;
	*point = value;
	return length;
}

size_t utf8_good(struct bytes text)
{
	uint32_t point;
	size_t good = 0, length;

	while ((length = utf8_decode(bytes_part(text, good, 4), &point)) > 0)
		good += length;
	return good;
}

void utf8_append(struct buffer *out, struct bytes text)
{
	while (text.length > 0) {
		size_t good = utf8_good(text);
		buffer_append(out, text.data, good);
		text = bytes_part(text, good, text.length);
		if (text.length > 0)
			buffer_printf(out, REPLACEMENT_CHARACTER);
		text = bytes_part(text, 1, text.length);
	}
}

size_t utf8_cut(struct bytes text, size_t maximum)
{
	uint32_t point;

	if (text.length <= maximum)
		return text.length;
	for (size_t back = 1; back <= 3 && back <= maximum; back++) {
		size_t at = maximum - back;
		if (utf8_decode((struct bytes){text.data + at, text.length - at}, &point) > back)
			return at;
	}
	return maximum;
}
