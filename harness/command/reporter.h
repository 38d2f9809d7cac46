/*
 * The formats in which a run is reported, behind one interface: each format is one file that
 * defines its struct format. Those that go to a file are listed here; the command line, --help and
 * all calls follow from the list.
 */
#ifndef WIRECHECK_REPORTER_H
#define WIRECHECK_REPORTER_H

#include "base/error.h"
#include "command/matrix.h"
#include "command/outcome.h"
#include "command/tally.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* The formats that go to a file: NAME.c defines NAME_format. A new one is one line here. */
#define FILE_FORMATS(FORMAT) \
	FORMAT(json)         \
	FORMAT(junit)        \
	FORMAT(tap)          \
	FORMAT(markdown)

/* What is known before the first case begins. */
struct plan {
	size_t runs;     /* of all cases in all rounds together */
	unsigned repeat; /* how often each case is run in a round */
	bool verbose;    /* expectations that held are wanted too */
};

/*
 * One round: all cases with the programs of one client and one server. A matrix has a round for
 * each of its cells; without a matrix there is one round.
 */
struct round {
	const char *client, *server; /* the matrix's names for them; both NULL without a matrix */
	const struct tally *tally;   /* of this round so far */
	size_t runs;                 /* that there are to be in this round */
	double seconds;              /* that the round took; set when it is over */
};

/* The end of all rounds. */
struct summary {
	size_t counts[SKIP + 1];     /* runs in all rounds, by enum verdict */
	double seconds;              /* since wirecheck was started */
	const struct tally *tally;   /* of the only round; NULL with a matrix */
	const struct matrix *matrix; /* NULL without a matrix */
};

/* One format that is being written. Made by reporter_open, and gone after reporter_close. */
struct reporter {
	const struct format *format;
	const struct plan *plan;
	FILE *out;
	void *state; /* `state_size` bytes for the format alone, all 0 before `open` */
	bool failed; /* something could not be written; the format may set it */
};

/*
 * A format. Each function is called with the reporter; one that is NULL has nothing to do. What a
 * function is given stays the caller's and is good until it returns. A format writes to
 * reporter->out and does not look at errors of that: reporter_close does.
 */
struct format {
	const char *option; /* --OPTION FILE asks for it; NULL: a format of standard output */
	const char *name;   /* in messages: "JUnit XML" */
	const char *help;   /* in --help: what FILE gets, at most 58 characters */
	size_t state_size;

	/* Before the first round. False: it cannot be begun, and `close` is not called. */
	bool (*open)(struct reporter *reporter, struct error *error);

	void (*round_begins)(struct reporter *reporter, const struct round *round);

	/*
	 * A run of a case was judged and is in the tally. `text` is UTF-8: the failure, or why the
	 * run was skipped; of a PASS it is empty, or with plan->verbose what held.
	 */
	void (*judged)(struct reporter *reporter, const struct round *round,
		const struct outcome *outcome, const char *text);

	/* All runs of a case were judged; the tally's case_counts are of them. */
	void (*case_over)(
		struct reporter *reporter, const struct round *round, const struct case_info *info);

	void (*round_over)(struct reporter *reporter, const struct round *round);

	/* After the last round, also when not all that was planned was run. */
	void (*run_over)(struct reporter *reporter, const struct summary *summary);

	/* The last call, also when nothing was run: ends the document, frees what `open` made. */
	void (*close)(struct reporter *reporter);
};

#define FORMAT_DECLARED(name) extern const struct format name##_format;
FILE_FORMATS(FORMAT_DECLARED)
FORMAT_DECLARED(terminal)
FORMAT_DECLARED(lines)

/* Which FILE_FORMATS there are, by number: indexes of file_formats. */
#define FORMAT_NUMBER(name) FORMAT_NUMBER_##name,
enum { FILE_FORMATS(FORMAT_NUMBER) FILE_FORMAT_COUNT };

extern const struct format *const file_formats[FILE_FORMAT_COUNT];

/*
 * Begins a format in the file at `path`; "-" is standard output. The plan must outlive the
 * reporter. False with an error when the file cannot be written; then there is nothing to close.
 */
bool reporter_open(struct reporter *reporter, const struct format *format, const char *path,
	const struct plan *plan, struct error *error);

/* Begins what a person reads on standard output: the terminal's format, or lines for a pipe. */
bool reporter_open_screen(struct reporter *reporter, const struct plan *plan, struct error *error);

/*
 * Ends it. False with an error when a part could not be written to a file. Of standard output this
 * is no error here: main looks at it.
 */
bool reporter_close(struct reporter *reporter, struct error *error);

/* " (run 2)" of a run after the first, otherwise "". `out` has RUN_SUFFIX bytes. */
#define RUN_SUFFIX 32
const char *reporter_run_suffix(unsigned run, char out[RUN_SUFFIX]);

#endif
