/* A growing buffer of bytes or text, up to a maximum. */
#include "base/buffer.h"

#include "base/cut.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void buffer_init(struct buffer *buffer, size_t maximum)
{
	*buffer = (struct buffer){.maximum = maximum};
}

/* Makes room for `more` bytes and the NUL after them. The sum is within the maximum. */
static bool buffer_grow(struct buffer *buffer, size_t more)
{
	size_t needed = buffer->length + more + 1;

	if (needed <= buffer->capacity)
		return true;

	size_t capacity = buffer->capacity * 2 > needed ? buffer->capacity * 2 : needed;
	if (capacity < 64)
		capacity = 64;
	if (capacity - 1 > buffer->maximum)
		capacity = buffer->maximum + 1;
	unsigned char *data = realloc(buffer->data, capacity);
	if (data == NULL)
		return false;
	buffer->data = data;
	buffer->capacity = capacity;
	return true;
}

/* Marks the end of a text in which something is missing. */
static void buffer_mark(struct buffer *buffer)
{
	if (buffer->full && buffer->is_text && buffer->data != NULL)
		buffer->length = cut_text((char *)buffer->data, buffer->length);
}

bool buffer_append(struct buffer *buffer, const void *data, size_t length)
{
	size_t room = buffer->maximum - buffer->length;
	size_t taken = length < room ? length : room;

	if (buffer->full)
		return false;
	if (taken < length)
		buffer->full = true;
	if (taken == 0) {
		buffer_mark(buffer);
		return !buffer->full;
	}
	if (!buffer_grow(buffer, taken)) {
		buffer->full = true;
		return false;
	}
	memcpy(buffer->data + buffer->length, data, taken);
	buffer->length += taken;
	buffer->data[buffer->length] = '\0';
	buffer_mark(buffer);
	return !buffer->full;
}

bool buffer_vprintf(struct buffer *buffer, const char *format, va_list arguments)
{
	char *text = NULL;
	int length = vasprintf(&text, format, arguments);

	buffer->is_text = true;
	if (length < 0) {
		buffer->full = true;
		return false;
	}
	bool whole = buffer_append(buffer, text, (size_t)length);
	free(text);
	return whole;
}

bool buffer_printf(struct buffer *buffer, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	bool whole = buffer_vprintf(buffer, format, arguments);
	va_end(arguments);
	return whole;
}

const char *buffer_text(const struct buffer *buffer)
{
	return buffer->data != NULL ? (const char *)buffer->data : "";
}

struct bytes buffer_bytes(const struct buffer *buffer)
{
	return (struct bytes){buffer->data, buffer->length};
}

void buffer_clear(struct buffer *buffer)
{
	buffer->length = 0;
	buffer->full = buffer->is_text = false;
	if (buffer->data != NULL)
		buffer->data[0] = '\0';
}

void buffer_free(struct buffer *buffer)
{
	free(buffer->data);
	buffer_init(buffer, buffer->maximum);
}
