/* Where a verb is in a case file. */
#ifndef WIRECHECK_PLACE_H
#define WIRECHECK_PLACE_H

/* Where a verb is in a case file, and its source text. The strings are static. */
struct place {
	const char *file;
	int line;
	const char *text;
};

#endif
