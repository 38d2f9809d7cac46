/*
 * Programs with a fault. Each fault of the programs in faulty/ is found by the case that
 * faulty/rows.h names, and the failure says what is written there. This test writes faults.txt
 * beside its executable: a table of all faults for people.
 */
#include "base/buffer.h"
#include "command.h"
#include "faulty/rows.h"
#include "selftest.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A run of one case with one fault, and what wirecheck printed. */
struct trial {
	const char *program;
	const struct row *row;
	char captures[128];
	struct command command;
	bool started;
};

static struct trial *trials; /* of all rows, in their order; made once */
static size_t trial_count;

/* How many commands run at once. With SIDE_BY_SIDE no wait runs out. WAITING ones mostly wait. */
#define SIDE_BY_SIDE 8
#define WAITING      32

static void list_trials(void)
{
	const char *folder = temporary_make();
	size_t total = 0;

	for (size_t g = 0; g < COUNT(groups); g++)
		total += groups[g].count;
	trials = calloc(total, sizeof *trials);
	if (folder == NULL || trials == NULL)
		return;
	for (size_t g = 0; g < COUNT(groups); g++)
		for (size_t i = 0; i < groups[g].count; i++) {
			struct trial *trial = &trials[trial_count];
			trial->program = groups[g].program;
			trial->row = &groups[g].rows[i];
			snprintf(trial->captures, sizeof trial->captures, "%s/%zu", folder,
				trial_count++);
		}
}

/* The limit of a wait is short where one is to run out, and long where none should. */
static void trial_start(struct trial *trial)
{
	char variable[256];

	snprintf(variable, sizeof variable, "WIRECHECK_FAULT=%s: %s", trial->program,
		trial->row->fault);
	const char *const arguments[] = {build_path("wirecheck"), "--impl",
		build_path("harness/tests/faulty"), "--captures", trial->captures, "--timeout",
		trial->row->finding == SEEN ? "5" : "1", trial->row->name, NULL};
	const char *const environment[] = {variable, NULL};
	trial->started = command_start(&trial->command, arguments, environment);
}

/* Does nothing when the trial is finished already, and so has its status. */
static void trial_finish(struct trial *trial)
{
	if (trial->started && trial->command.status < 0)
		command_finish(&trial->command);
}

/* Runs the trials in which a wait runs out, or all others, this many at once. */
static void run_those(bool waiting, size_t at_once)
{
	size_t running[WAITING], count = 0;

	for (size_t i = 0; i < trial_count; i++) {
		if ((trials[i].row->finding != SEEN) != waiting)
			continue;
		size_t *slot = &running[count++ % at_once];
		if (count > at_once)
			trial_finish(&trials[*slot]);
		trial_start(&trials[i]);
		*slot = i;
	}
	for (size_t i = 0; i < trial_count; i++)
		trial_finish(&trials[i]);
}

/* Runs all of them, once. */
static void run_trials(void)
{
	if (trials != NULL)
		return;
	list_trials();
	run_those(true, WAITING);
	run_those(false, SIDE_BY_SIDE);
	temporary_remove();
}

/* What the harness says when a wait of 5 s ran out. */
static bool wait_ran_out(const char *output)
{
	return strstr(output, "after 5 s") != NULL || strstr(output, "within 5 s") != NULL ||
	       strstr(output, "waited 5 s") != NULL;
}

/* What is wrong with a trial; NULL: the fault was found as it should be. */
static const char *trial_problem(const struct trial *trial)
{
	const char *output = trial->started ? buffer_text(&trial->command.out) : "";
	char verdict[128];

	snprintf(verdict, sizeof verdict, "FAIL %s\n", trial->row->name);
	if (!trial->started)
		return "wirecheck was not started";
	if (trial->command.status != 1)
		return "the exit status of wirecheck is not 1";
	if (strstr(output, verdict) == NULL)
		return "the case did not fail";
	if (strstr(output, trial->row->text) == NULL)
		return "the failure does not say what it should";
	if (trial->row->finding == SEEN && wait_ran_out(output))
		return "a wait ran out";
	return NULL;
}

static void describe_trial(struct buffer *out, const struct trial *trial, const char *problem)
{
	buffer_printf(out, "%s: %s\n%s: %s\nit should say: %s\n", trial->program, trial->row->fault,
		trial->row->name, problem, trial->row->text);
	if (trial->started)
		buffer_printf(out, "%s%s", buffer_text(&trial->command.out),
			buffer_text(&trial->command.err));
}

/* Checks all trials of a program; a failure shows the fault and what wirecheck printed. */
static void check(const char *program)
{
	size_t checked = 0;

	run_trials();
	for (size_t i = 0; i < trial_count; i++) {
		struct buffer text;
		const char *problem = trial_problem(&trials[i]);
		if (strcmp(trials[i].program, program) != 0)
			continue;
		buffer_init(&text, 1 << 20);
		if (problem != NULL)
			describe_trial(&text, &trials[i], problem);
		ASSERT_TEXT(buffer_text(&text), "");
		buffer_free(&text);
		checked++;
	}
	CU_ASSERT(checked > 0);
}

#define PROGRAM(name)              \
	TEST(name)                 \
	{                          \
		NEEDS_SANDBOXES(); \
		check(#name);      \
	}

PROGRAM(tcp_hello_server)
PROGRAM(tcp_restart_server)
PROGRAM(tcp_hello_client)
PROGRAM(udp_hello_server)
PROGRAM(udp_hello_client)
PROGRAM(udp_chat_server)
PROGRAM(udp_chat_client)
PROGRAM(udp_time_server)
PROGRAM(udp_time_client)
PROGRAM(unix_hello_server)
PROGRAM(unix_hello_client)
PROGRAM(unix_datagram_server)
PROGRAM(unix_datagram_client)
PROGRAM(file_exchange_writer)
PROGRAM(file_exchange_reader)
PROGRAM(socket_parameters)
PROGRAM(socket_fileno)
PROGRAM(http_hello_server)

/* The line of the failure that has the text, without the spaces before it. */
static void append_message(struct buffer *out, const struct trial *trial)
{
	const char *output = trial->started ? buffer_text(&trial->command.out) : "";
	const char *line = strstr(output, trial->row->text);

	if (line == NULL) {
		buffer_printf(out, "NOT CAUGHT\n");
		return;
	}
	while (line > output && line[-1] != '\n')
		line--;
	line += strspn(line, " ");
	buffer_printf(out, "%.*s\n", (int)strcspn(line, "\n"), line);
}

/* Writes faults.txt: which fault is found by which case, and what the failure says. */
TEST(table)
{
	static const char *const findings[] = {
		[SEEN] = "seen", [SEEN_AND_WAIT] = "seen, and a wait", [WAIT] = "a wait"};
	struct buffer text;

	NEEDS_SANDBOXES();
	run_trials();
	buffer_init(&text, 1 << 20);
	for (size_t i = 0; i < trial_count; i++) {
		const struct row *row = trials[i].row;
		buffer_printf(&text, "%-18s  %-45s  %-26s  %-16s  ", trials[i].program, row->fault,
			row->name, findings[row->finding]);
		append_message(&text, &trials[i]);
	}
	FILE *file = fopen(build_path("harness/tests/faults.txt"), "w");
	CU_ASSERT(file != NULL);
	if (file != NULL) {
		fputs(buffer_text(&text), file);
		CU_ASSERT(fclose(file) == 0);
	}
	buffer_free(&text);
}

/* Adds a case to a list of at most 64 unless it is there. */
static size_t add_case(const char *list[], size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(list[i], name) == 0)
			return count;
	if (count < 64)
		list[count++] = name;
	return count;
}

/* Without a fault the programs pass every case that catches one. */
TEST(no_fault)
{
	const char *arguments[5 + 64 + 1] = {build_path("wirecheck"), "--impl",
		build_path("harness/tests/faulty"), "--captures"};
	const char *const environment[] = {"WIRECHECK_FAULT=none", NULL};
	size_t count = 0;
	struct command command;

	NEEDS_SANDBOXES();
	arguments[4] = temporary_make();
	for (size_t g = 0; g < COUNT(groups); g++)
		for (size_t i = 0; i < groups[g].count; i++)
			count = add_case(arguments + 5, count, groups[g].rows[i].name);
	CU_ASSERT(command_run(&command, arguments, environment));
	ASSERT_NUMBER(command.status, 0);
	CU_ASSERT(count > 0);
	if (command.status != 0)
		ASSERT_TEXT(buffer_text(&command.out), "");
	command_free(&command);
	temporary_remove();
}

/* Whether a row has this fault; fault.c is shared by all programs, so its rows may be of any. */
static bool has_row(const char *program, const char *fault, size_t length)
{
	for (size_t g = 0; g < COUNT(groups); g++)
		for (size_t i = 0; i < groups[g].count; i++)
			if ((strcmp(program, "fault") == 0 ||
				    strcmp(program, groups[g].program) == 0) &&
				strlen(groups[g].rows[i].fault) == length &&
				memcmp(groups[g].rows[i].fault, fault, length) == 0)
				return true;
	return false;
}

/* Appends the faults that a program's source has and no row has. */
static void append_rowless(struct buffer *out, const char *program)
{
	static const char call[] = "fault(\"";
	struct buffer source;
	char path[4096];

	snprintf(path, sizeof path, "%s/harness/tests/faulty/%s.c", source_folder(), program);
	buffer_init(&source, 1 << 20);
	CU_ASSERT_TRUE(read_file(path, &source));
	const char *next = buffer_text(&source);
	while ((next = strstr(next, call)) != NULL) {
		next += strlen(call);
		size_t length = strcspn(next, "\"");
		if (!has_row(program, next, length))
			buffer_printf(out, "%s: %.*s\n", program, (int)length, next);
	}
	buffer_free(&source);
}

TEST(every_fault_has_a_row)
{
	struct buffer rowless;

	buffer_init(&rowless, 65536);
	append_rowless(&rowless, "fault");
	for (size_t g = 0; g < COUNT(groups); g++)
		append_rowless(&rowless, groups[g].program);
	ASSERT_TEXT(buffer_text(&rowless), "");
	buffer_free(&rowless);
}
