/* One case from start to verdict: sandbox, capture, body, settling, clean-up. */
#include "worker/worker.h"

#include "kernel/counters.h"
#include "kernel/inherit.h"
#include "worker/accounting.h"
#include "worker/capture_file.h"
#include "worker/diagnosis.h"
#include "worker/host.h"
#include "worker/needs.h"
#include "worker/report.h"
#include "worker/settle.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * Holds all that most cases put on the wire; a run for which it was too small is done again with a
 * larger one. Its pages are zeroed for each case: with 8 MiB a case costs half as much again.
 */
#define RING_MIB 1u

/*
 * Where others talk all the time, a block of 256 KiB is handed over every 8 ms, however little they
 * say: this lasts for two seconds in which the machine does not let the worker run.
 */
#define RING_MIB_OF_HOST 64u

/* In the ring, what stands before each frame: its header, its address, and room to align them. */
#define FRAME_OVERHEAD 128

/*
 * The first process of a PID namespace ignores signals that it has no handler for, even its own
 * abort(3); and a crash is to be told by its number.
 */
static void crashed(int number)
{
	context.results->crash_signal = (uint32_t)number;
	_exit(128 + number);
}

/* A stack that overflowed cannot serve its handler. */
static bool catch_crashes(struct error *error)
{
	static char memory[65536];
	static const int numbers[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGSYS, SIGTRAP};
	stack_t stack = {.ss_sp = memory, .ss_size = sizeof memory};
	struct sigaction action = {.sa_handler = crashed, .sa_flags = SA_ONSTACK};

	if (sigaltstack(&stack, NULL) != 0)
		return error_errno(error, "sigaltstack");
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
		if (sigaction(numbers[i], &action, NULL) != 0)
			return error_errno(error, "sigaction");
	return true;
}

/* On the host nothing ends the programs of a worker that dies, so it ends them first. */
static void orphaned(int number)
{
	(void)sandbox_kill_children(); /* nobody is left to be told of a failure */
	_exit(128 + number);
}

static bool catch_orphaning(struct error *error)
{
	struct sigaction action = {.sa_handler = orphaned};
	sigset_t terminate;

	sigemptyset(&terminate);
	sigaddset(&terminate, SIGTERM);
	if (sigaction(SIGTERM, &action, NULL) != 0)
		return error_errno(error, "sigaction");
	if (sigprocmask(SIG_UNBLOCK, &terminate, NULL) != 0)
		return error_errno(error, "sigprocmask");
	return true;
}

/* The keyboard's signals are the scheduler's alone, and a worker does not outlive it. */
static bool detach(bool isolated, struct error *error)
{
	if (setsid() < 0)
		return error_errno(error, "setsid");
	if (!isolated && !catch_orphaning(error))
		return false;
	if (prctl(PR_SET_PDEATHSIG, isolated ? SIGKILL : SIGTERM, 0, 0, 0) != 0)
		return error_errno(error, "prctl(PR_SET_PDEATHSIG)");
	if (signal(SIGPIPE, SIG_IGN) == SIG_ERR)
		return error_errno(error, "signal");
	return true;
}

static unsigned ring_mib(unsigned needed)
{
	unsigned ring = context.info->ring_mib > 0 ? context.info->ring_mib : RING_MIB;

	if (!context.settings->isolated && ring < RING_MIB_OF_HOST)
		ring = RING_MIB_OF_HOST;
	return ring > needed ? ring : needed;
}

static bool open_capture(unsigned ring_needed, struct error *error)
{
	bool opened = capture_open(&context.capture, "lo", (size_t)ring_mib(ring_needed) << 20,
		&context.results->no_right_to_capture, error);

	if (!opened && context.results->no_right_to_capture)
		context.skipped = true;
	return opened;
}

/* On the host they have counted others' packets before. */
static bool keep_counters(struct error *error)
{
	static struct counters counters;

	context.counters = &counters;
	return counters_read(&counters, error);
}

/* That of who started wirecheck, for the files that are kept. */
static mode_t files_mask;

static bool enter(unsigned ring_needed, struct error *error)
{
	const struct settings *settings = context.settings;

	files_mask = umask(022); /* what programs inherit */
	if (!capture_file_open_folder(settings, error))
		return false;
	bool inside = settings->isolated
			      ? sandbox_enter(error)
			      : sandbox_enter_host(settings->scratch, error) && host_begin(error);

	return inside && sockets_open(&context.sockets, error) &&
	       open_capture(ring_needed, error) &&
	       (settings->isolated || (keep_counters(error) && host_watch(error)));
}

static void context_begin(const struct task *task, const struct settings *settings)
{
	static struct settings own;

	own = settings_for(settings, task->info);
	context.info = task->info;
	context.settings = &own;
	context.results = task->results;
	context.capture = CAPTURE_CLOSED;
	context.deadline = monotonic_now() + own.case_limit;
}

/* Runs the body. False when it ended early. */
static bool run_body(void)
{
	volatile bool completed = false;

	/* What opening the sandbox and its capture took is not the case's. */
	context.deadline = monotonic_now() + context.settings->case_limit;
	context.results->in_body = true;
	if (setjmp(context.over) == 0) {
		must_have_needs(context.info);
		context.info->body(context.info->row);
		completed = true;
	}
	context.results->in_body = false;
	return completed;
}

/* What stays true of a capture of which only a part was waited for. */
static bool nothing_lost(struct error *error)
{
	return context.capture.pcap == NULL || capture_certify(&context.capture, 0, error);
}

/*
 * Settles and accounts for the wire. A body that ended early left things undone, so what it did
 * not look at says nothing, and a wire that it left busy is no news; lost packets are.
 */
static void finish(bool completed)
{
	struct error error;

	if (setjmp(context.over) != 0)
		return;
	context.place = NULL;
	context.deadline = monotonic_now() + context.settings->wait_limit;
	enum settled settled = settle(&error);
	if (settled == RESTLESS && completed && context.decoded > 0)
		context_note_next((uint32_t)context.decoded - 1);
	if (settled != SETTLED && completed)
		case_over(settled == RESTLESS ? FAIL : BROKEN, "%s", error.text);
	if (settled != SETTLED && !context.broken && !nothing_lost(&error))
		case_over(BROKEN, "%s", error.text);
	if (completed)
		account();
	if (completed && context.results->held + context.results->failed == 0)
		case_over(BROKEN, "the case has no expectation, so it shows nothing");
}

/* The reason of a SKIP is a finding too; with more of them, something failed before. */
static enum verdict judge(void)
{
	if (context.broken)
		return BROKEN;
	if (context.skipped && context.results->failed == 1)
		return SKIP;
	return context.results->failed > 0 ? FAIL : PASS;
}

static void harness_failed(const struct error *error)
{
	context.place = NULL;
	context.broken = !context.skipped;
	results_add(context.results, NULL, error->text);
}

/* The port of the first verb that named one, for telling datagrams' sides apart. */
static uint16_t first_port(void)
{
	return context.port_count > 0 ? context.ports[0] : 0;
}

/* Of a case that passed: what it may not have looked at. */
static void report_passed(struct buffer *out)
{
	for (size_t i = 0; i < context.program_count; i++)
		if (report_error_output(out, context.programs[i]))
			buffer_append(out, "\n", 1);
}

static void report_not_passed(struct buffer *out, unsigned run, const char *captured)
{
	char path[4096], part[4096];

	buffer_printf(out, "programs\n");
	report_programs(out, context.programs, context.program_count);
	diagnosis_report(out);
	buffer_printf(out, "wire\n");
	report_wire(out, &context.wire, first_port());
	capture_file_path(context.settings, context.info->name, run, path, part, sizeof path);
	if (context.capture.pcap != NULL)
		buffer_printf(out, "capture %s\n", *captured != '\0' ? captured : path);
}

static void write_report(enum verdict verdict, unsigned run, const char *captured)
{
	struct buffer out;

	if (verdict == SKIP)
		return;
	buffer_init(&out, REPORT_TEXT - 1);
	if (verdict == PASS)
		report_passed(&out);
	else
		report_not_passed(&out, run, captured);
	memcpy(context.results->report, buffer_text(&out), out.length + 1);
	buffer_free(&out);
}

/*
 * The ring for another run, in MiB, when this one was too small; 0 when it was not, or when there
 * is no larger one. Twice what was carried: a block is handed over before it is full. It may also
 * have been full of blocks with next to nothing in them, so it is twice as large in any case.
 */
static unsigned ring_needed(unsigned ring)
{
	uint64_t received = 0, dropped = 0;
	struct carried carried;
	struct error error;

	if (context.capture.pcap == NULL || ring >= RING_MIB_MAXIMUM ||
		!capture_statistics(&context.capture, &received, &dropped, &error) ||
		dropped == 0 || !capture_carried(&context.capture, &carried, &error))
		return 0;
	uint64_t mib = (2 * (carried.bytes + carried.frames * FRAME_OVERHEAD) >> 20) + 16;
	if (mib < 2 * ring)
		mib = 2 * ring;
	return mib < RING_MIB_MAXIMUM ? (unsigned)mib : RING_MIB_MAXIMUM;
}

/*
 * Writes the capture, of a first run and of later ones that did not pass, and the report. Returns
 * the verdict, which is another one when the capture could not be written.
 */
static enum verdict keep(const struct task *task, enum verdict verdict)
{
	struct error error = {""};

	umask(files_mask);
	if (verdict != SKIP && (task->run == 1 || verdict != PASS) &&
		context.capture.pcap != NULL &&
		!capture_file_write(&context, task->run, verdict, &error)) {
		harness_failed(&error);
		verdict = judge();
	}
	write_report(verdict, task->run, error.text);
	return verdict;
}

static void conclude(const struct task *task)
{
	struct error error;

	if (!sandbox_kill_all(context.settings->isolated, &error))
		harness_failed(&error);
	/* On the host a capture with gaps may leave behind what another run would trip over. */
	if (task->ring_mib == 0 && context.settings->isolated)
		context.results->ring_needed = ring_needed(ring_mib(0));
	context.results->failed_before = context.results->failed - context.broken;
	enum verdict verdict = judge();
	if (verdict == PASS && *task->failed_before != '\0') {
		context.place = NULL;
		expect_that(false,
			"failed when its capture lost packets, and not when it was done again: %s",
			task->failed_before);
		verdict = judge();
	}
	if (context.results->ring_needed == 0)
		verdict = keep(task, verdict);
	if (!context.settings->isolated)
		host_leave();
	context.results->verdict = verdict;
}

static void note_larger_ring(unsigned mib)
{
	char text[80];

	snprintf(text, sizeof text, "done again, with a ring of %u MiB: a smaller one was full",
		mib);
	results_note(context.results, NULL, text);
}

void worker_run(const struct task *task, const struct settings *settings)
{
	struct error error;

	context_begin(task, settings);
	if (task->ring_mib > 0)
		note_larger_ring(task->ring_mib);
	if (!detach(settings->isolated, &error) || !catch_crashes(&error) ||
		!enter(task->ring_mib, &error))
		harness_failed(&error);
	else
		finish(run_body());
	conclude(task);
	/* The scheduler may be gone; then nobody waits for the byte. */
	ssize_t written = write(task->done, "", 1);
	_exit(written == 1 ? 0 : 1);
}
