/* What one run of a case found, in memory that the worker shares with the scheduler. */
#ifndef WIRECHECK_RESULTS_H
#define WIRECHECK_RESULTS_H

#include "base/buffer.h"
#include "base/place.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* PENDING until the worker has said; a worker that dies leaves it so. */
enum verdict { PENDING, PASS, FAIL, BROKEN, SKIP };

/* "PASS" and so on. */
const char *verdict_name(enum verdict verdict);

/*
 * Room for findings. Those that do not fit are counted, and so are the failures among them; a text
 * that does not fit says so (cut.h).
 */
#define FINDINGS_MAXIMUM 512
#define FINDINGS_TEXT    ((size_t)320 << 10)
#define HEADLINE_MAXIMUM 320
#define REPORT_TEXT      ((size_t)160 << 10)

/* Lines of a case whose iterations are counted, and ranges of iterations that a finding names. */
#define LINES_COUNTED    512
#define ITERATIONS_SHOWN 4

/* How often a verb at one place began: a loop comes by more than once. */
struct line_count {
	uintptr_t place; /* a number that tells it from others, no more */
	uint32_t begun;
};

/* Iterations of a line, counted from 1, that follow each other. */
struct iterations {
	uint32_t first, last;
};

/*
 * One expectation that was looked at, or several at one place that came to the same: both held, or
 * they failed with the same first line, but for numbers. Texts are offsets into the results' text.
 */
struct finding {
	uint32_t headline; /* cases/tcp/hello.c:18: expect_exit(server, 0) */
	uint32_t text;     /* of the first: what was expected and found; or a note, or empty */
	uint32_t line;     /* in the case's file; 0 for a finding of the harness itself */
	uint32_t file;     /* length of the file's name, with which the headline begins; 0: none */
	uint32_t count;    /* how many they are, from 1 */
	uint32_t begun;    /* index in `lines`; LINES_COUNTED: not counted */
	struct iterations iterations[ITERATIONS_SHOWN];
	uint32_t range_count; /* in `iterations` */
	uint32_t in_ranges;   /* how many of `count` are in these ranges */
	bool held, noted;     /* what is noted neither held nor failed; `held` is set, too */
	bool follows; /* it failed only because the last failure before it that does not follow did
		       */
};

/*
 * Written by one worker, read by the scheduler once `verdict` is set or the worker is dead. No
 * pointers: what a crashed worker leaves is checked, not believed.
 */
struct results {
	_Atomic uint32_t verdict; /* enum verdict */
	_Atomic bool in_body;     /* the case's own lines are at work */
	_Atomic int64_t delayed;  /* nanoseconds that do not count against its limits */
	uint32_t held, failed;    /* how many expectations did either */
	uint32_t noted;           /* how many notes there were */
	uint32_t finding_count;   /* in `findings` */
	struct finding findings[FINDINGS_MAXIMUM];
	uint32_t line_count; /* in `lines` */
	struct line_count lines[LINES_COUNTED];
	uint32_t text_length;
	char text[FINDINGS_TEXT];
	char doing[HEADLINE_MAXIMUM]; /* the verb at work: where a crash or a hang happened */
	uint32_t crash_signal;        /* of a worker that died of one; 0: it did not */
	bool asked[2],
		found[2]; /* by enum side: the case asked for a program of it; it was there */
	bool no_right_to_capture; /* why it is SKIP: the machine, not the case */
	uint32_t ring_needed;     /* MiB for another run; 0: the verdict stands */
	uint32_t failed_before;   /* then: of the failed, those that the loss is not */
	char report[REPORT_TEXT]; /* programs, wire, capture: for a person; ended by a NUL. Of a
				     case that passed, what programs printed on standard error */
};

/* Makes them empty, for the next case. */
void results_clear(struct results *results);

/* Adds a finding; `what` NULL means that it held. The place may be NULL: the harness's own. */
void results_add(struct results *results, const struct place *place, const char *what);

/*
 * Adds a failure that only follows from the one before it: what a wait in vain left undone. It is
 * shown by its line alone, under the failure that it follows from.
 */
void results_follow(struct results *results, const struct place *place, const char *what);

/* Adds a note: something that happened, which nobody expected or not. */
void results_note(struct results *results, const struct place *place, const char *text);

/* Names the verb that begins. */
void results_doing(struct results *results, const struct place *place);

/*
 * Appends how many a failure stands for, and at which iterations of its line, when they are more
 * than one: "50 times, iterations 1 to 50 of this line". Otherwise appends nothing.
 */
void results_count(
	struct buffer *out, const struct results *results, const struct finding *finding);

/* A text in the results, or "" when the offset is none; valid until they are cleared. */
const char *results_text(const struct results *results, uint32_t offset);

#endif
