/* One case from start to verdict: sandbox, capture, body, settling, clean-up. */
#include "worker.h"

#include "accounting.h"
#include "capture_file.h"
#include "counters.h"
#include "host.h"
#include "report.h"
#include "settle.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

/* In MiB. Took a burst of 1,000 datagrams of 1,400 bytes with their ICMP answers; 2 did not. */
#define RING_MIB 8u

/*
 * Where others talk all the time, each tick of the clock fills one block of 256 KiB, however little
 * they say: with 8 MiB a worker that the machine kept waiting for 128 ms lost packets.
 */
#define RING_SIZE_OF_HOST ((size_t)64 << 20)

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

static bool open_capture(struct error *error)
{
	size_t ring_mib = context.info->ring_mib > 0 ? context.info->ring_mib : RING_MIB;
	size_t ring = ring_mib << 20;
	if (!context.settings->isolated && ring < RING_SIZE_OF_HOST)
		ring = RING_SIZE_OF_HOST;
	bool opened = capture_open(
		&context.capture, "lo", ring, &context.results->no_right_to_capture, error);

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

static bool enter(struct error *error)
{
	const struct settings *settings = context.settings;
	bool inside = settings->isolated
			      ? sandbox_enter(settings->scratch, error)
			      : sandbox_enter_host(settings->scratch, error) && host_begin(error);

	return inside && sockets_open(&context.sockets, error) && open_capture(error) &&
	       (settings->isolated || keep_counters(error));
}

static void context_begin(
	const struct case_info *info, const struct settings *settings, struct results *results)
{
	static struct settings own;

	own = settings_for(settings, info);
	context.info = info;
	context.settings = &own;
	context.results = results;
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
		context.info->body();
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
	bool settled = settle(&error);
	if (!settled && (completed || (!context.broken && !nothing_lost(&error))))
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

static void write_report(enum verdict verdict, unsigned run, const char *captured)
{
	struct buffer out;
	char path[4096], part[4096];

	if (verdict == PASS || verdict == SKIP)
		return;
	buffer_init(&out, REPORT_TEXT - 1);
	buffer_printf(&out, "programs\n");
	report_programs(&out, context.programs, context.program_count);
	buffer_printf(&out, "wire\n");
	report_wire(&out, &context.wire, first_port());
	capture_file_path(
		context.settings, context.info->name, run, path, part, sizeof path);
	buffer_printf(&out, "capture %s\n", *captured != '\0' ? captured : path);
	memcpy(context.results->report, buffer_text(&out), out.length + 1);
	buffer_free(&out);
}

/* The first run's capture is kept; of later ones those that did not pass. */
static void conclude(unsigned run)
{
	struct error error = {""};

	if (!sandbox_kill_all(context.settings->isolated, &error))
		harness_failed(&error);
	enum verdict verdict = judge();
	if (verdict != SKIP && (run == 1 || verdict != PASS) && context.capture.pcap != NULL &&
		!capture_file_write(&context, run, verdict, &error)) {
		harness_failed(&error);
		verdict = judge();
	}
	write_report(verdict, run, error.text);
	if (!context.settings->isolated)
		host_leave();
	context.results->verdict = verdict;
}

void worker_run(const struct case_info *info, unsigned run, const struct settings *settings,
	struct results *results, int done)
{
	struct error error;

	context_begin(info, settings, results);
	if (!detach(settings->isolated, &error) || !catch_crashes(&error) || !enter(&error))
		harness_failed(&error);
	else
		finish(run_body());
	conclude(run);
	/* The scheduler may be gone; then nobody waits for the byte. */
	ssize_t written = write(done, "", 1);
	_exit(written == 1 ? 0 : 1);
}
