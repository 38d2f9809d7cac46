/* A view of bytes that somebody else owns. */
#include "base/bytes.h"

#include <string.h>

struct bytes bytes_of(const char *text)
{
	return (struct bytes){(const unsigned char *)text, strlen(text)};
}

bool bytes_equal(struct bytes a, struct bytes b)
{
	return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

size_t bytes_same(struct bytes a, struct bytes b)
{
	size_t same = 0, length = a.length < b.length ? a.length : b.length;

	if (length == 0 || memcmp(a.data, b.data, length) == 0)
		return length;
	while (a.data[same] == b.data[same])
		same++;
	return same;
}
