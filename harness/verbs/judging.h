/* Verbs by which a case itself judges, and what it says about its own course. */
#ifndef WIRECHECK_VERBS_JUDGING_H
#define WIRECHECK_VERBS_JUDGING_H

#include "base/bytes.h"
#include "verbs/verb.h"

#include <stdbool.h>

/*
 * The condition holds. If it does not, the text says what was expected and found, as printf(3)
 * makes it: expect(port > 1023, "expected a port that all can bind, found %u", port). Of the texts
 * of a case 4095 bytes are kept, and 127 of what it says that it is at.
 */
void case_expect(const struct place *place, bool condition, const char *form, ...)
	__attribute__((__format__(__printf__, 3, 4)));
#define expect(condition, ...) VERB(expect, #condition ", " #__VA_ARGS__, condition, __VA_ARGS__)

/*
 * Bytes that the case has, from receive_bytes for instance, are exactly these: expect_bytes(found,
 * BYTES("a\0b")). Or they match a pattern: * stands for any bytes, everything else for itself.
 */
void case_expect_bytes(const struct place *place, struct bytes found, struct bytes expected);
void case_expect_matches(const struct place *place, struct bytes found, const char *pattern);
#define expect_bytes(...)   VERB(expect_bytes, #__VA_ARGS__, __VA_ARGS__)
#define expect_matches(...) VERB(expect_matches, #__VA_ARGS__, __VA_ARGS__)

/* Ends the case as SKIP: this machine, or the implementation, lacks something. The text says what.
 */
_Noreturn void case_skip(const struct place *place, const char *form, ...)
	__attribute__((__format__(__printf__, 2, 3)));
#define skip(...) VERB(skip, #__VA_ARGS__, __VA_ARGS__)

/* Ends the case as BROKEN: the case itself could not do what it had to. The text says what. */
_Noreturn void case_broken(const struct place *place, const char *form, ...)
	__attribute__((__format__(__printf__, 2, 3)));
#define broken(...) VERB(broken, #__VA_ARGS__, __VA_ARGS__)

/*
 * Names what the case is at, for its failures from now on: step("client %d", i) in a loop. Their
 * texts begin with it. step("") ends that.
 */
void case_step(const struct place *place, const char *form, ...)
	__attribute__((__format__(__printf__, 2, 3)));
#define step(...) VERB(step, #__VA_ARGS__, __VA_ARGS__)

#endif
