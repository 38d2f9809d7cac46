/* Texts and bytes for a case. */
#include "verbs/texts.h"

#include "worker/context.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* xorshift64 (Marsaglia 2003): no period that the size of a block could hide in. */
static uint64_t next_random(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

static unsigned char *memory_for(size_t length)
{
	unsigned char *memory = malloc(length + 1);

	if (memory == NULL)
		case_over(BROKEN, "no memory for %zu bytes", length);
	return memory;
}

struct bytes case_pattern(size_t length)
{
	unsigned char *bytes = memory_for(length);
	uint64_t state = UINT64_C(88172645463325252);

	for (size_t i = 0; i < length; i += sizeof state) {
		uint64_t word = next_random(&state);
		memcpy(bytes + i, &word, length - i < sizeof word ? length - i : sizeof word);
	}
	return (struct bytes){bytes, length};
}

const char *case_letters(size_t length)
{
	char *text = (char *)memory_for(length);
	uint64_t state = UINT64_C(88172645463325252);

	for (size_t i = 0; i < length; i++)
		text[i] = (char)('a' + next_random(&state) % 26);
	text[length] = '\0';
	return text;
}

/* The text is the worker's, which ends with the case. */
const char *case_format(const char *format, ...)
{
	char *text = NULL;
	va_list arguments;

	va_start(arguments, format);
	int length = vasprintf(&text, format, arguments);
	va_end(arguments);
	if (length < 0)
		case_over(BROKEN, "no memory for a text");
	return text;
}

const char *case_text_of(struct bytes bytes)
{
	char *text = (char *)memory_for(bytes.length);

	if (bytes.length > 0)
		memcpy(text, bytes.data, bytes.length);
	text[bytes.length] = '\0';
	return text;
}
