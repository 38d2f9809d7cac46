/* Runs one demo in a sandbox, misused or starved, and holds what must come of it. */
#ifndef WIRECHECK_DEMO_H
#define WIRECHECK_DEMO_H

#include "base/buffer.h"
#include "inside.h"
#include "selftest.h"
#include "unit.h"

#include <stdbool.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/types.h>

/* What is wrong with the streams or signals that a demo is started with. */
enum wrong {
	NOTHING_WRONG,
	INPUT_CLOSED,
	OUTPUT_CLOSED,
	ERROR_CLOSED,
	INPUT_FOLDER,  /* standard input cannot be read */
	OUTPUT_FULL,   /* /dev/full */
	OUTPUT_UNREAD, /* a pipe whose reader is gone */
	SIGNALS_OFF,   /* SIGINT and SIGTERM ignored and blocked, as by the parent */
};

/* One use of a demo and its end. A row of a table begins with HERE, which failures then name. */
struct use {
	const char *file;
	int line;
	const char *argv[6]; /* of build/impl; the first is the demo's name, after the last NULL */
	struct bytes input;  /* all of its standard input */
	enum wrong wrong;
	int inherited;     /* a descriptor that it gets too, by its number; 0: none */
	unsigned resource; /* setrlimit(2) */
	rlim_t limit;      /* 0: no such limit */

	int status;          /* as the shell has it: exit status, or 128 + signal */
	const char *error;   /* in standard error; NULL: anything, but after a failure something */
	struct bytes output; /* exactly its standard output */
};

/* Of each wait: longer is a hang, not slowness. */
#define DEMO_DEADLINE_MS 20000

#define HERE .file = __FILE__, .line = __LINE__

/* The prompts of the demos, as impl/README.md has them. */
#define SELECT  "Please select someone to chat with: "
#define MESSAGE "Please enter a message, enter q to end the chat: "
#define FORMAT  "Please enter a time format (for example %Y %m %d): "

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* The whole body of a TEST: runs `body` in a sandbox, or skips where there can be none. */
#define RUN_OR_SKIP(body)                     \
	do {                                  \
		char why[512];                \
		if (!sandboxes_possible(why)) \
			SKIP_TEST("%s", why); \
		RUN_INSIDE(body);             \
	} while (0)

/* A string literal as struct bytes, for static initialisers; NULs in it count. */
#define TEXT(literal)                                                 \
	{                                                             \
		(const unsigned char *)(literal), sizeof(literal) - 1 \
	}

/* A demo that was started; to be finished once. */
struct demo {
	pid_t pid;
	int watch;                /* pidfd_open(2): readable when it has ended */
	int output, error_output; /* memfd_create(2) */
};

/* To be called in a sandbox, see inside.h, as all that follows. */
void demo_start(struct demo *demo, const struct use *use);

/* Waits for its end and checks all that the use says of it. A hang fails, and is killed. */
void demo_finish(struct demo *demo, const struct use *use);

/* Both in one. */
void demo_run(const struct use *use);

/* Waits until there is something to receive or accept. False: the demo ended before. */
bool demo_until_readable(const struct demo *demo, int socket);

/*
 * Makes a socket and connects it, as soon as the demo listens there. -1: the demo ended before, or
 * never did. What is sent and received by it blocks no longer than the deadline.
 */
int demo_connect(const struct demo *demo, int type, const struct sockaddr *address, socklen_t size);

/* `length` times the letter x, at most 8 MiB; valid until the process ends. */
struct bytes demo_line(size_t length);

#endif
