/* What all verbs are made of: where one stands in a case file, and the handles that they share. */
#ifndef WIRECHECK_VERB_H
#define WIRECHECK_VERB_H

#include "base/place.h"

/* What verbs return and take. They belong to the worker and are good until the case is over. */
struct connection;
struct datagram;
struct endpoint;
struct program;

/*
 * Where a verb stands. It lives as long as the process, because comments in the capture name it.
 * If the compiler complains about this line, a helper of the case may have a verb's name: #undef
 * that name after the includes.
 */
#define HERE(text)                                                                    \
	(__extension__({                                                              \
		static const struct place place_of_verb = {__FILE__, __LINE__, text}; \
		&place_of_verb;                                                       \
	}))

/* Calls the function of a verb, case_VERB. `text` is the verb's arguments as the case has them. */
#define VERB(verb, text, ...) case_##verb(HERE(#verb "(" text ")"), __VA_ARGS__)

#endif
