/* Where a verb stands in a case file. */
#ifndef WIRECHECK_PLACE_H
#define WIRECHECK_PLACE_H

/* Where a verb stands in a case file, and its text there. Static strings, as macros make them. */
struct place {
	const char *file;
	int line;
	const char *text;
};

#endif
