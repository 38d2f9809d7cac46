/* What one run of a case found, in memory that the worker shares with the scheduler. */
#ifndef WIRECHECK_RESULTS_H
#define WIRECHECK_RESULTS_H

#include "base/buffer.h"
#include "base/place.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* PENDING until the worker has set another one; a worker that dies leaves it so. */
enum verdict { PENDING, PASS, FAIL, BROKEN, SKIP };

/* "PASS" and so on. */
const char *verdict_name(enum verdict verdict);

/*
 * Room for findings. Findings that do not fit are only counted. A text that does not fit is cut,
 * and says so (cut.h).
 */
#define FINDINGS_MAXIMUM 512
#define FINDINGS_TEXT    ((size_t)320 << 10)
#define HEADLINE_MAXIMUM 320
#define REPORT_TEXT      ((size_t)160 << 10)

/* Lines of a case whose iterations are counted, and ranges of iterations that a finding names. */
#define LINES_COUNTED    512
#define ITERATIONS_SHOWN 4

/* How often a verb at one place began: in a loop, more than once. */
struct line_count {
	uintptr_t place; /* identifies the place; not to be used as a pointer */
	uint32_t begun;
};

/* Iterations of a line, counted from 1, that follow each other. */
struct iterations {
	uint32_t first, last;
};

/*
 * One expectation that was looked at. Several at the same place are one finding when all of them
 * held, or when all failed with the same first line, apart from numbers in it. Texts are offsets
 * into the text of the results.
 */
struct finding {
	uint32_t headline; /* cases/tcp/hello.c:32: expect_exit(server, 0) */
	uint32_t text;     /* of the first one: what was expected and found; of a note, the note */
	uint32_t line;     /* in the case's file; 0 for a finding of the harness itself */
	uint32_t file;     /* length of the file's name, with which the headline begins; 0: none */
	uint32_t count;    /* how many expectations it stands for; at least 1 */
	uint32_t begun;    /* index in `lines`; LINES_COUNTED: not counted */
	struct iterations iterations[ITERATIONS_SHOWN];
	uint32_t range_count; /* in `iterations` */
	uint32_t in_ranges;   /* how many of `count` are in these ranges */
	bool held;            /* it did not fail; set for a note, too */
	bool noted;           /* it is a note, which neither held nor failed */
	bool follows; /* it failed only because the nearest earlier finding that is not `follows`
			 failed */
};

/*
 * Written by one worker, and read by the scheduler once `verdict` is set or the worker is dead. It
 * has no pointers: a worker that crashed may have left anything in it, so all of it is checked.
 */
struct results {
	_Atomic uint32_t verdict; /* enum verdict */
	_Atomic bool in_body;     /* the lines of the case's file are at work */
	_Atomic bool body_forked; /* a process that the body forked came to the body's end, too */
	_Atomic int64_t delayed;  /* nanoseconds that do not count against its limits */
	uint32_t held, failed;    /* how many expectations held, and how many failed */
	uint32_t noted;           /* how many notes there were */
	uint32_t finding_count;   /* in `findings` */
	struct finding findings[FINDINGS_MAXIMUM];
	uint32_t line_count; /* in `lines` */
	struct line_count lines[LINES_COUNTED];
	uint32_t iteration; /* of the line at work, from 1 */
	uint32_t text_length;
	char text[FINDINGS_TEXT];
	char doing[HEADLINE_MAXIMUM]; /* the verb at work: where a crash or a hang happened */
	uint32_t crash_signal;        /* that the worker died of; 0: it did not die of one */
	bool asked[2];                /* by enum side: the case asked for a program of this side */
	bool found[2];            /* by enum side: a program that the case asked for was there */
	bool no_right_to_capture; /* it is SKIP because of the machine, not of the case */
	uint32_t larger_ring_mib; /* packets were lost: the ring to do the run again with, in
				     MiB; 0: the verdict stands */
	uint32_t failed_besides_loss; /* of `failed`: failures other than the lost packets */
	char report[REPORT_TEXT];     /* programs, wire, capture: for a person; ended by a NUL. Of a
					 case that passed, what programs printed on standard error */
};

/* Makes them empty, for the next case. */
void results_clear(struct results *results);

/*
 * Adds a finding: `what` says how it failed, or is NULL when it held. The place is NULL for a
 * finding of the harness itself.
 */
void results_add(struct results *results, const struct place *place, const char *what);

/*
 * Adds a failure that only follows from the one before it, as when a wait ended without success. A
 * report shows only its line, under the failure that it follows from.
 */
void results_follow(struct results *results, const struct place *place, const char *what);

/* Adds a note: something that happened, and that is neither right nor wrong. */
void results_note(struct results *results, const struct place *place, const char *text);

/* Names the verb that begins, which is one more iteration of its line. */
void results_doing(struct results *results, const struct place *place);

/* Names a verb of before that is at work again, in that iteration of its line. */
void results_resume(struct results *results, const struct place *place, uint32_t iteration);

/*
 * For a finding that stands for more than one expectation: appends how many, and in which
 * iterations of their line: "50 times, iterations 1 to 50 of this line". Otherwise appends nothing.
 */
void results_count(
	struct buffer *out, const struct results *results, const struct finding *finding);

/* A text in the results, or "" when the offset is none; valid until they are cleared. */
const char *results_text(const struct results *results, uint32_t offset);

#endif
