/* How near two names are: for what was meant by a name that is none. */
#ifndef WIRECHECK_EDIT_DISTANCE_H
#define WIRECHECK_EDIT_DISTANCE_H

#include <stddef.h>

/* How many letters to change, add or drop to make one name of the other (Levenshtein). */
size_t edit_distance(const char *a, const char *b);

#endif
