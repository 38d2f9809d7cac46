/* What one run of a case found, in memory that the worker shares with the scheduler. */
#ifndef WIRECHECK_RESULTS_H
#define WIRECHECK_RESULTS_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* PENDING until the worker has said; a worker that dies leaves it so. */
enum verdict { PENDING, PASS, FAIL, BROKEN, SKIP };

/* "PASS" and so on. */
const char *verdict_name(enum verdict verdict);

/* Where a verb stands in a case file, and its text there. Static strings, as macros make them. */
struct place {
	const char *file;
	int line;
	const char *text;
};

/* Room for findings. Those that do not fit are counted; failures are never lost from the count. */
#define FINDINGS_MAXIMUM 512
#define FINDINGS_TEXT    ((size_t)96 << 10)
#define REPORT_TEXT      ((size_t)160 << 10)

/* One expectation that was looked at. Texts are offsets into the results' text. */
struct finding {
	uint32_t headline; /* cases/tcp/hello.c:18: expect_exit(server, 0) */
	uint32_t text;     /* what was expected and found; of one that held, a note or empty */
	uint32_t line;     /* in the case's file; 0 for a finding of the harness itself */
	uint32_t file;     /* length of the file's name, with which the headline begins; 0: none */
	bool held;
	bool follows; /* it failed only because the last failure before it that does not follow did */
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
	uint32_t finding_count;   /* in `findings` */
	struct finding findings[FINDINGS_MAXIMUM];
	uint32_t text_length;
	char text[FINDINGS_TEXT];
	char doing[256];          /* the verb at work: where a crash or a hang happened */
	uint32_t crash_signal;    /* of a worker that died of one; 0: it did not */
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

/* A text in the results, or "" when the offset is none; valid until they are cleared. */
const char *results_text(const struct results *results, uint32_t offset);

#endif
