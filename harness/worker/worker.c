/* One case from start to verdict: sandbox, capture, body, settling, clean-up. */
#include "worker/worker.h"

#include "base/clock.h"
#include "kernel/counters.h"
#include "kernel/orphans.h"
#include "kernel/sandbox.h"
#include "worker/accounting.h"
#include "worker/capture_file.h"
#include "worker/context.h"
#include "worker/diagnosis.h"
#include "worker/disturbance_report.h"
#include "worker/joined_packets.h"
#include "worker/needs.h"
#include "worker/patience.h"
#include "worker/report.h"
#include "worker/ring.h"
#include "worker/settle.h"
#include "worker/without_sandbox.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * Without a handler the first process of a PID namespace ignores signals, even that of its own
 * abort(3). The handler keeps the number, which says how the case crashed.
 */
static void crashed(int number)
{
	context.results->crash_signal = (uint32_t)number;
	_exit(128 + number);
}

/* The handler has a stack of its own: the other one may have overflowed. */
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

/*
 * Ctrl-C is a signal for the scheduler alone, which then ends the workers. A worker does not
 * outlive the scheduler.
 */
static bool detach(const struct settings *settings, struct error *error)
{
	if (setsid() < 0)
		return error_errno(error, "setsid");
	if (!settings->isolated && !orphans_prevent(error))
		return false;
	if (prctl(PR_SET_PDEATHSIG, settings->isolated ? SIGKILL : SIGTERM, 0, 0, 0) != 0)
		return error_errno(error, "prctl(PR_SET_PDEATHSIG)");
	if (signal(SIGPIPE, SIG_IGN) == SIG_ERR)
		return error_errno(error, "signal");
	return true;
}

static bool open_capture(unsigned ring_mib, struct error *error)
{
	bool opened = capture_open(&context.capture, "lo", (size_t)ring_mib << 20,
		&context.results->no_right_to_capture, error);

	if (!opened && context.results->no_right_to_capture)
		context.skipped = true;
	return opened;
}

/* On the host the counters already have packets of others in them, so their start is kept. */
static bool keep_counters(struct error *error)
{
	static struct counters counters;

	context.counters = &counters;
	return counters_read(&counters, error);
}

/* The umask that wirecheck was started with, for the files that are kept. */
static mode_t files_mask;

static bool enter(unsigned ring_mib, struct error *error)
{
	const struct settings *settings = context.settings;

	files_mask = umask(022); /* what programs inherit */
	if (!capture_file_open_folder(settings, error))
		return false;
	bool inside = settings->isolated ? sandbox_enter(error) : without_sandbox_begin(error);

	return inside && sockets_open(&context.sockets, error) && open_capture(ring_mib, error) &&
	       (settings->isolated || (keep_counters(error) && joined_packets_watch(error)));
}

static void context_begin(const struct task *task, const struct settings *settings)
{
	static struct settings own;

	own = patience_settings(settings, task->info);
	context.info = task->info;
	context.settings = &own;
	context.results = task->results;
	context.capture = CAPTURE_CLOSED;
	context.deadline = monotonic_now() + own.case_limit;
}

/*
 * Runs the body. False when it ended early. Only the worker comes back: what it goes on with, a
 * process that the body forked would do once more.
 */
static bool run_body(void)
{
	volatile bool completed = false;
	const pid_t worker = getpid();

	/* The time that it took to open the sandbox and the capture does not count. */
	context.deadline = monotonic_now() + context.settings->case_limit;
	context.results->in_body = true;
	if (setjmp(context.over) == 0) {
		must_have_needs(context.info);
		context.info->body(context.info->row);
		completed = true;
	}
	if (getpid() != worker) {
		context.results->body_forked = true;
		_exit(1);
	}
	context.results->in_body = false;
	return completed;
}

/* Whether the capture lost nothing so far; it did not settle, so more packets may come. */
static bool nothing_lost(struct error *error)
{
	return context.capture.pcap == NULL || capture_certify(&context.capture, 0, error);
}

/*
 * Settles and accounts for the wire. A body that ended early did not look at everything and may
 * have left programs that still send: neither is a failure of its own then. Lost packets still are.
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
	if (completed) {
		disturbances_account();
		account();
	}
	if (completed && context.results->held + context.results->failed == 0)
		case_over(BROKEN, "the case has no expectation, so it shows nothing");
}

/* The reason of a SKIP is a finding, too. If there are more findings, something failed before. */
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

/* The port that a verb named first: the side on it is the SERVER of datagrams. */
static uint16_t first_port(void)
{
	return context.port_count > 0 ? context.ports[0] : 0;
}

/* What programs of a case that passed printed on standard error: it may not have looked at that. */
static void report_passed(struct buffer *out)
{
	for (size_t i = 0; i < context.program_count; i++)
		if (report_error_output(out, context.programs[i]))
			buffer_append(out, "\n", 1);
}

static void report_not_passed(struct buffer *out, unsigned run, const char *capture_error)
{
	char path[4096], part[4096];

	buffer_printf(out, "programs\n");
	report_programs(out, context.programs, context.program_count);
	diagnosis_report(out);
	buffer_printf(out, "wire\n");
	report_wire(out, &context.wire, first_port());
	capture_file_path(context.settings, context.info->name, run, path, part, sizeof path);
	if (context.capture.pcap != NULL)
		buffer_printf(out, "capture %s\n", *capture_error != '\0' ? capture_error : path);
}

static void write_report(enum verdict verdict, unsigned run, const char *capture_error)
{
	struct buffer out;

	if (verdict == SKIP)
		return;
	buffer_init(&out, REPORT_TEXT - 1);
	if (verdict == PASS)
		report_passed(&out);
	else
		report_not_passed(&out, run, capture_error);
	memcpy(context.results->report, buffer_text(&out), out.length + 1);
	buffer_free(&out);
}

/*
 * Writes the report, and the capture of the first run and of each later run that did not pass.
 * Returns the verdict: another one when the capture could not be written.
 */
static enum verdict keep(const struct task *task, enum verdict verdict)
{
	struct error error = {""};

	umask(files_mask);
	disturbances_mark();
	if (verdict != SKIP && (task->run == 1 || verdict != PASS) &&
		context.capture.pcap != NULL && !capture_file_write(task->run, verdict, &error)) {
		harness_failed(&error);
		verdict = judge();
	}
	write_report(verdict, task->run, error.text);
	return verdict;
}

/*
 * Asks for a larger ring when this one was too small. Not on the host: what a run left there may be
 * in the way of another run.
 */
static void ask_for_larger_ring(const struct task *task, unsigned ring_mib)
{
	struct results *results = context.results;

	if (task->larger_ring_mib == 0 && context.settings->isolated)
		results->larger_ring_mib = ring_larger(&context.capture, ring_mib);
	results->failed_besides_loss = results->failed - context.broken;
}

/* The verdict; a run that passes does not make up for what failed before it was done again. */
static enum verdict judge_again(const struct task *task)
{
	enum verdict verdict = judge();

	if (verdict != PASS || *task->earlier_failure == '\0')
		return verdict;
	context.place = NULL;
	expect_that(false,
		"failed when its capture lost packets, and not when it was done again: %s",
		task->earlier_failure);
	return judge();
}

static void conclude(const struct task *task, unsigned ring_mib)
{
	struct error error;

	if (!orphans_kill_all(context.settings->isolated, &error))
		harness_failed(&error);
	if (context.results->body_forked) {
		error_set(&error,
			"a process that the case forked came to the end of the case's body");
		harness_failed(&error);
	}
	ask_for_larger_ring(task, ring_mib);
	enum verdict verdict = judge_again(task);
	if (context.results->larger_ring_mib == 0)
		verdict = keep(task, verdict);
	if (!context.settings->isolated)
		without_sandbox_leave();
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
	unsigned ring_mib = ring_choose(settings, task->info->ring_mib, task->larger_ring_mib);
	struct error error;

	context_begin(task, settings);
	if (task->larger_ring_mib > 0)
		note_larger_ring(task->larger_ring_mib);
	if (!detach(settings, &error) || !catch_crashes(&error) || !enter(ring_mib, &error))
		harness_failed(&error);
	else
		finish(run_body());
	conclude(task, ring_mib);
	/* The scheduler may be gone; then nobody waits for the byte. */
	ssize_t written = write(task->done, "", 1);
	_exit(written == 1 ? 0 : 1);
}
