/*
 * A slot holds one run of one case: its worker processes, and what came of it.
 * Tested by test_command.c.
 */
#ifndef WIRECHECK_SLOT_H
#define WIRECHECK_SLOT_H

#include "base/error.h"
#include "command/outcome.h"
#include "worker/settings.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/*
 * FREE: it holds no run. RUNNING: a worker is at work. AGAIN: the run is to be done again with a
 * larger ring (larger_ring.h), once its worker is gone. JUDGED: the verdict is there.
 */
enum slot_state { FREE, RUNNING, AGAIN, JUDGED };

struct slot {
	const struct settings *settings;
	int done; /* the worker writes a byte to it when it has a verdict */
	enum slot_state state;
	uint64_t ticket; /* which run of all it is, counted from 0 */
	pid_t pid;       /* of the worker; 0 once it is reaped */
	int pidfd;       /* -1 with pid 0 */
	int64_t began;   /* the run, with its first worker; times are on the monotonic clock */
	int64_t started; /* the worker at work */
	int64_t limit;   /* when that worker is late */
	bool has_grace;  /* the limit was extended already, to let it settle and clean up */
	unsigned larger_ring_mib;   /* of the ring that the run is done again with; 0: it is not */
	char earlier_failure[1024]; /* what failed in the run with the smaller ring; or "" */
	struct outcome outcome;
	struct results *results; /* shared with the worker */
};

/* Starts the first worker of a run. Info, run and ticket say which one it is. */
bool slot_start(struct slot *slot, const struct case_info *info, unsigned run, uint64_t ticket,
	struct error *error);

/* Starts a worker for the run that is in the slot, with the larger ring if there is one. */
bool slot_start_worker(struct slot *slot, struct error *error);

/* Takes in what the worker has said, and whether it has ended. */
void slot_look(struct slot *slot);

/* When the worker at work is late, on the monotonic clock. */
int64_t slot_limit(const struct slot *slot);

/* Kills a worker that is late: the case is then BROKEN. `now` is the monotonic clock's. */
void slot_kill_late(struct slot *slot, int64_t now);

/* Ends the worker, whatever it does, and lets go of it. */
void slot_close(struct slot *slot);

#endif
