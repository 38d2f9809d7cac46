/*
 * What the case itself judges and says: its own conditions, figures and steps.
 * Tested by test_failure_texts.c.
 */
#ifndef WIRECHECK_VERBS_JUDGING_H
#define WIRECHECK_VERBS_JUDGING_H

#include "base/bytes.h"
#include "verbs/texts.h"
#include "verbs/verb.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * The condition holds. If it does not, the text says what was expected and found, as printf(3)
 * makes it: expect(port > 1023, "expected a port that all can bind, found %u", port). The text
 * of a failure has at most 4095 bytes, and that of a step 127; a longer one is cut.
 */
void case_expect(const struct place *place, bool condition, const char *format, ...)
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

/* A figure, which the case has counted itself, is from `low` to `high`. */
void case_expect_within(
	const struct place *place, const char *figure, int64_t found, int64_t low, int64_t high);
#define expect_within(figure, low, high) \
	VERB(expect_within, #figure ", " #low ", " #high, #figure, (int64_t)(figure), low, high)

/* Keeps a figure, as printf(3) makes it: for the output under -v and the capture's comment. */
void case_record(const struct place *place, const char *text);
#define record(...) VERB(record, #__VA_ARGS__, case_format(__VA_ARGS__))

/* Ends the case as SKIP: the machine or the implementation lacks what the text says. */
_Noreturn void case_skip(const struct place *place, const char *format, ...)
	__attribute__((__format__(__printf__, 2, 3)));
#define skip(...) VERB(skip, #__VA_ARGS__, __VA_ARGS__)

/* Ends the case as BROKEN: the case itself could not do what it had to. The text says what. */
_Noreturn void case_broken(const struct place *place, const char *format, ...)
	__attribute__((__format__(__printf__, 2, 3)));
#define broken(...) VERB(broken, #__VA_ARGS__, __VA_ARGS__)

/*
 * Names the step that the case is doing, until the next step or end_step(). The texts of its
 * failures then begin with the name: step("client %d", i) in a loop.
 */
void case_step(const struct place *place, const char *format, ...)
	__attribute__((__format__(__printf__, 2, 3)));
void case_end_step(const struct place *place);
#define step(...)  VERB(step, #__VA_ARGS__, __VA_ARGS__)
#define end_step() case_end_step(HERE("end_step()"))

#endif
