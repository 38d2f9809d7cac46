/* How like two names are: to guess what a wrong name was meant to be. */
#include "base/edit_distance.h"

#include <string.h>

/* Of a longer name, only the beginning is compared. */
#define NAME_MAXIMUM 128

static size_t least(size_t a, size_t b, size_t c)
{
	size_t smaller = a < b ? a : b;

	return smaller < c ? smaller : c;
}

size_t edit_distance(const char *a, const char *b)
{
	size_t row[NAME_MAXIMUM + 1];
	size_t length_a = strnlen(a, NAME_MAXIMUM), length_b = strnlen(b, NAME_MAXIMUM);

	for (size_t j = 0; j <= length_b; j++)
		row[j] = j;
	for (size_t i = 1; i <= length_a; i++) {
		size_t diagonal = row[0];
		row[0] = i;
		for (size_t j = 1; j <= length_b; j++) {
			size_t above = row[j];
			row[j] =
				least(above + 1, row[j - 1] + 1, diagonal + (a[i - 1] != b[j - 1]));
			diagonal = above;
		}
	}
	return row[length_b];
}
