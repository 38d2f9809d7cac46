/* How like two names are: to guess what a wrong name was meant to be. */
#ifndef WIRECHECK_EDIT_DISTANCE_H
#define WIRECHECK_EDIT_DISTANCE_H

#include <stddef.h>

/*
 * How many letters must be changed, added or dropped to get one name from the other (Levenshtein).
 */
size_t edit_distance(const char *a, const char *b);

#endif
