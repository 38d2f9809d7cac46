/* The command as a user meets it: its options, and what bad input and a bad machine get. */
#include "kernel/capture.h"
#include "selftest.h"
#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* Seconds that a process may take to end once it was asked to: more is a hang, not slowness. */
#define PATIENCE 20

static const char *wirecheck(void)
{
	return build_path("wirecheck");
}

static const char *machine(void)
{
	return build_path("harness/tests/machine");
}

/* Runs a command, and checks its exit status and what its output and its errors have in them. */
static void check_run(const char *const arguments[], int status, const char *out, const char *err)
{
	struct command command;

	CU_ASSERT_TRUE_FATAL(command_run(&command, arguments, NULL));
	ASSERT_NUMBER(command.status, status);
	ASSERT_HAS(buffer_text(&command.out), out);
	ASSERT_HAS(buffer_text(&command.err), err);
	if (*out == '\0')
		ASSERT_TEXT(buffer_text(&command.out), "");
	if (*err == '\0')
		ASSERT_TEXT(buffer_text(&command.err), "");
	command_free(&command);
}

static void check_selftest(
	const char *const arguments[], int status, const char *out, const char *err)
{
	struct command command;

	CU_ASSERT_TRUE_FATAL(selftest_run(&command, arguments));
	ASSERT_NUMBER(command.status, status);
	ASSERT_HAS(buffer_text(&command.out), out);
	ASSERT_HAS(buffer_text(&command.err), err);
	command_free(&command);
}

/* ---- The command line ---- */

TEST(help_and_version_are_told)
{
	check_run(LINE(wirecheck(), "--help"), 0, "Usage: wirecheck [OPTIONS] [CASE...]", "");
	check_run(LINE(wirecheck(), "--version"), 0, "wirecheck ", "");
}

TEST(list_has_name_claim_and_clause)
{
	struct command command;

	CU_ASSERT_TRUE_FATAL(command_run(&command, LINE(wirecheck(), "--list"), NULL));
	ASSERT_NUMBER(command.status, 0);
	const char *first = strstr(buffer_text(&command.out), "restart/time_wait");
	const char *second = strstr(buffer_text(&command.out), "tcp/hello");
	CU_ASSERT_TRUE(first != NULL && second != NULL && first < second);
	ASSERT_HAS(buffer_text(&command.out), "a greeting and its answer arrive whole");
	ASSERT_HAS(buffer_text(&command.out), "[RFC 9293 3.5, 3.6]");
	command_free(&command);

	CU_ASSERT_TRUE_FATAL(command_run(&command, LINE(wirecheck(), "--list", "udp/*"), NULL));
	ASSERT_HAS(buffer_text(&command.out), "udp/hello");
	ASSERT_LACKS(buffer_text(&command.out), "tcp/hello");
	command_free(&command);
}

TEST(list_is_json_for_tools)
{
	struct command command;

	CU_ASSERT_TRUE_FATAL(
		command_run(&command, LINE(wirecheck(), "--list", "--json", "-", "tcp/h*"), NULL));
	ASSERT_NUMBER(command.status, 0);
	ASSERT_HAS(buffer_text(&command.out),
		"{\"name\":\"tcp/hello_ipv6\",\"file\":\"cases/tcp/hello.c\",\"line\":");
	ASSERT_HAS(buffer_text(&command.out), "\"clause\":\"RFC 9293 3.5, 3.6\"}\n");
	command_free(&command);
	check_run(LINE(wirecheck(), "--list", "--json", "/dev/full"), 2, "",
		"wirecheck: write /dev/full: No space left on device");
	check_run(LINE(wirecheck(), "--list", "--json", "/dev/null/x"), 2, "",
		"wirecheck: write /dev/null/x: Not a directory");
}

TEST(reports_that_cannot_be_written_as_asked_are_refused)
{
	CU_ASSERT_TRUE_FATAL(ground_make());
	const char *file = ground_path("report"), *other = ground_path("./report");

	check_run(LINE(wirecheck(), "tcp/hello", "--json", file, "--junit", other), 2, "",
		"wirecheck: --json and --junit go to the same file");
	check_run(LINE(wirecheck(), "tcp/hello", "--json", file, "--json", other), 2, "",
		"wirecheck: --json is given twice");
	check_run(LINE(wirecheck(), "--list", "--tap", file), 2, "",
		"wirecheck: --list runs nothing, and --tap would report a run");
	check_run(LINE(wirecheck(), "--clauses", "--json", file), 2, "",
		"wirecheck: --clauses runs nothing, and --json would report a run");
	check_run(LINE(wirecheck(), "--clauses", "--list"), 2, "",
		"wirecheck: --list and --clauses: one of them alone");
	ground_remove();
}

/* A pipe that nobody reads is no reason to ignore a signal. */
TEST(a_signal_ends_the_wait_for_a_reader)
{
	struct command command;

	CU_ASSERT_TRUE_FATAL(ground_make());
	const char *pipe = ground_path("pipe");
	CU_ASSERT_EQUAL_FATAL(mkfifo(pipe, 0600), 0);
	CU_ASSERT_TRUE_FATAL(command_run(
		&command, LINE("timeout", "1", wirecheck(), "tcp/hello", "--json", pipe), NULL));
	ASSERT_NUMBER(command.status, 124);
	ASSERT_HAS(buffer_text(&command.err), "Interrupted system call");
	command_free(&command);
	ground_remove();
}

TEST(an_unknown_option_is_refused)
{
	check_run(LINE(wirecheck(), "--no-such-option"), 2, "", "See wirecheck --help.");
	check_run(LINE(wirecheck(), "--captures"), 2, "", "See wirecheck --help.");
	check_run(LINE(wirecheck(), "-x"), 2, "", "See wirecheck --help.");
}

TEST(an_unknown_case_is_refused_with_the_nearest_names)
{
	CU_ASSERT_TRUE_FATAL(ground_make());
	const char *captures = ground_path("unmade");
	check_run(LINE(wirecheck(), "--captures", captures, "tcp/hello", "tcp/helo"), 2, "",
		"wirecheck: no case is named tcp/helo; nearest: tcp/hello, ");
	check_run(LINE(wirecheck(), "--captures", captures, "nowhere/*"), 2, "",
		"no case is named nowhere/*");
	check_run(LINE(wirecheck(), "--captures", captures, ""), 2, "", "no case is named");
	ASSERT_NUMBER(folder_count(captures), -1);
	ground_remove();
}

TEST(bad_numbers_are_refused)
{
	static const char *const bad[][2] = {{"-j", "0"}, {"-j", "-1"}, {"-j", "many"}, {"-j", ""},
		{"-j", "1025"}, {"-j", " 1"}, {"--jobs", "99999999999999999999999"},
		{"--repeat", "0"}, {"--repeat", "1x"}, {"--repeat", "1.5"}, {"--repeat", "1000001"},
		{"--timeout", "0"}, {"--timeout", "-1"}, {"--timeout", "soon"}, {"--timeout", ""},
		{"--timeout", "nan"}, {"--timeout", "inf"}, {"--timeout", "1s"},
		{"--case-timeout", "1e9"}};

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		char message[128];
		snprintf(message, sizeof message, "wirecheck: %s %s: not a number ",
			strcmp(bad[i][0], "-j") == 0 ? "--jobs" : bad[i][0], bad[i][1]);
		check_run(LINE(wirecheck(), bad[i][0], bad[i][1], "tcp/hello"), 2, "", message);
	}
}

/* ---- Folders and files that cannot be used ---- */

TEST(a_captures_folder_that_cannot_be_written_is_refused_first)
{
	CU_ASSERT_TRUE_FATAL(ground_make());
	const char *file = ground_path("programs/no_interpreter");
	const char *below_file = ground_path("programs/no_interpreter/captures");
	const char *below_nothing = ground_path("no/such/folder");

	check_selftest(LINE("--captures", file, "worker/holds"), 2, "", ": not a folder");
	check_selftest(LINE("--captures", below_file, "worker/holds"), 2, "", "Not a directory");
	check_selftest(LINE("--captures", below_nothing, "worker/holds"), 2, "",
		"No such file or directory");
	check_selftest(LINE("--captures", "/dev/null/captures", "worker/holds"), 2, "",
		"wirecheck: captures folder /dev/null/captures: Not a directory");
	check_selftest(
		LINE("--captures", "/proc/self", "worker/holds"), 2, "", "cannot be written");
	ASSERT_NUMBER(folder_count(ground_path("scratch")), 0);
	ground_remove();
}

TEST(a_captures_folder_is_made)
{
	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	check_selftest(LINE("--captures", ground_path("new"), "worker/holds"), 0, "1 passed", "");
	ASSERT_NUMBER(folder_count(ground_path("new/worker")), 1);
	ASSERT_NUMBER(folder_count(ground_path("new")), 2); /* and verdicts.tsv */
	ground_remove();
}

TEST(a_programs_folder_that_is_none_is_refused)
{
	CU_ASSERT_TRUE_FATAL(ground_make());
	check_selftest(LINE("--impl", "/no/such/folder", "worker/holds"), 2, "",
		"wirecheck: /no/such/folder: No such file or directory");
	check_selftest(LINE("--impl", "/dev/null", "worker/holds"), 2, "",
		"wirecheck: /dev/null: not a folder");
	ground_remove();
}

TEST(without_a_place_for_scratch_nothing_runs)
{
	CU_ASSERT_TRUE_FATAL(ground_make());
	struct command command;
	CU_ASSERT_TRUE_FATAL(
		selftest_start(&command, LINE("worker/holds"), LINE("TMPDIR=/no/such/folder")));
	command_finish(&command);
	ASSERT_NUMBER(command.status, 2);
	ASSERT_TEXT(buffer_text(&command.out), "");
	ASSERT_HAS(buffer_text(&command.err), "make a scratch folder in /no/such/folder");
	command_free(&command);
	ground_remove();
}

/* ---- Where the output goes ---- */

/* Runs selftest by a shell; the script `line` has selftest and its arguments as "$0" "$@". */
static void check_shell(
	const char *line, const char *name, int status, const char *out, const char *err)
{
	check_run(LINE("sh", "-c", line, build_path("harness/tests/selftest"), "--impl",
			  ground_path("programs"), "--captures", ground_path("captures"), name),
		status, out, err);
}

TEST(output_that_cannot_be_written_is_no_pass)
{
	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	const char *told = "wirecheck: standard output could not be written\n";

	check_shell("\"$0\" \"$@\" > /dev/full", "worker/holds", 2, "", told);
	check_shell("\"$0\" \"$@\" >&-", "worker/holds", 2, "", told);
	check_shell("\"$0\" \"$@\" <&- >&-", "worker/holds", 2, "", told);
	check_shell("\"$0\" \"$@\" <&- >&- 2>&-", "worker/holds", 2, "", "");
	check_shell("\"$0\" \"$@\" 2>&-", "worker/holds", 0, "1 passed", "");
	check_shell("\"$0\" --list \"$@\" > /dev/full", "worker/holds", 2, "", told);
	check_shell("\"$0\" --help > /dev/full", "worker/holds", 2, "", told);
	check_shell("\"$0\" \"$@\" --json /dev/full", "worker/holds", 2, "1 passed",
		"wirecheck: the JSON could not be written\n");
	check_shell("\"$0\" \"$@\" --json /no/such/file", "worker/holds", 2, "",
		"wirecheck: write JSON to /no/such/file: No such file or directory\n");
	ASSERT_NUMBER(folder_count(ground_path("scratch")), 0);
	ground_remove();
}

/* Otherwise the first file that is opened would get the stream's number, and what is printed. */
TEST(what_is_told_to_a_closed_stream_goes_nowhere)
{
	struct buffer json;

	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	check_shell("\"$0\" \"$@\" --json \"$2\"/json > /dev/full 2>&-", "worker/holds", 2, "", "");
	buffer_init(&json, 65536);
	CU_ASSERT_TRUE_FATAL(read_file(ground_path("programs/json"), &json));
	ASSERT_HAS(buffer_text(&json), "\"PASS\"");
	ASSERT_LACKS(buffer_text(&json), "wirecheck: ");
	buffer_free(&json);
	ground_remove();
}

TEST(a_reader_that_goes_away_ends_the_run)
{
	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	check_shell("{ \"$0\" \"$@\" --repeat 100000; echo $? >&2; } | head -n 1",
		"tcp/wrong_bytes", 0, "FAIL tcp/wrong_bytes\n", "141\n");
	ASSERT_NUMBER(folder_count(ground_path("scratch")), 0);
	ground_remove();
}

TEST(it_runs_from_any_folder)
{
	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	char line[512];
	snprintf(line, sizeof line, "cd '%s' && exec \"$0\" tcp/hello", ground_path("scratch"));
	check_run(LINE("sh", "-c", line, wirecheck()), 0, "PASS tcp/hello\n1 passed", "");
	CU_ASSERT_EQUAL(access(ground_path("scratch/captures/tcp/hello.pcapng"), R_OK), 0);
	ground_remove();
}

TEST(json_has_a_line_for_each_verdict)
{
	struct command command;
	struct buffer json;

	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	buffer_init(&json, 1 << 20);
	check_selftest(LINE("-j2", "--repeat", "2", "--json", ground_path("verdicts"),
			       "worker/holds", "program/wrong_status"),
		1, "2 passed, 2 failed", "");
	CU_ASSERT_TRUE_FATAL(read_file(ground_path("verdicts"), &json));
	const char *first =
		"{\"name\":\"worker/holds\",\"run\":1,\"verdict\":\"PASS\",\"seconds\":";
	CU_ASSERT_EQUAL(strncmp(buffer_text(&json), first, strlen(first)), 0);
	ASSERT_HAS(buffer_text(&json),
		"\"asserts\":1,\"proves\":\"a case that holds, among those that fail\","
		"\"clause\":\"none: fails on purpose\",\"text\":\"\"}\n"
		"{\"name\":\"worker/holds\",\"run\":2,");
	ASSERT_HAS(buffer_text(&json), "\n{\"name\":\"program/wrong_status\",\"run\":1,"
				       "\"verdict\":\"FAIL\",");
	ASSERT_HAS(buffer_text(&json), "sh: expected exit status 0, found exit status 3\\n");
	buffer_free(&json);

	CU_ASSERT_TRUE_FATAL(selftest_run(&command, LINE("-v", "--json", "-", "worker/holds")));
	ASSERT_NUMBER(command.status, 0);
	CU_ASSERT_EQUAL(strncmp(buffer_text(&command.out), first, strlen(first)), 0);
	const char *end = strchr(buffer_text(&command.out), '\n');
	CU_ASSERT_TRUE(end != NULL && end[1] == '\0');
	command_free(&command);
	ground_remove();
}

/* ---- What a run shows ---- */

TEST(each_case_has_its_line_in_order_and_the_end_sums_up)
{
	struct command command;

	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	CU_ASSERT_TRUE_FATAL(
		selftest_run(&command, LINE("-j8", "worker/*", "program/not_executable")));
	ASSERT_NUMBER(command.status, 2);
	const char *at = buffer_text(&command.out);
	static const char *const order[] = {"BROKEN worker/abort\n", "BROKEN worker/exit\n",
		"PASS worker/holds\n", "BROKEN worker/segmentation_fault\n",
		"BROKEN worker/stack_overflow\n", "FAIL program/not_executable\n",
		"broken worker/abort\nbroken worker/exit\nbroken worker/segmentation_fault\n"
		"broken worker/stack_overflow\nfailed program/not_executable\n"
		"1 passed, 1 failed, 4 broken, 0 skipped in "};
	for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
		ASSERT_HAS(at, order[i]);
		at = strstr(at, order[i]) != NULL ? strstr(at, order[i]) + 1 : at;
	}
	command_free(&command);
	ground_remove();
}

TEST(repeated_runs_are_counted)
{
	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	check_selftest(LINE("--repeat", "3", "-j4", "worker/holds"), 0,
		"PASS worker/holds (3 runs)\n3 passed, 0 failed, 0 broken, 0 skipped in ", "");
	ASSERT_NUMBER(folder_count(ground_path("captures/worker")), 1);
	check_selftest(LINE("--repeat", "3", "program/wrong_status"), 1,
		"\nfailed program/wrong_status: 3 of 3 runs\n0 passed, 3 failed", "");
	CU_ASSERT_EQUAL(access(ground_path("captures/program/wrong_status.3.pcapng"), R_OK), 0);
	ground_remove();
}

TEST(verbose_shows_what_held)
{
	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	check_selftest(LINE("-v", "worker/holds"), 0,
		"PASS worker/holds\n"
		"  proves a case that holds, among those that fail\n"
		"  clause none: fails on purpose\n"
		"  held harness/tests/cases/worker/holds.c:",
		"");
	check_selftest(LINE("-v", "program/wrong_output"), 1,
		"FAIL program/wrong_output\n"
		"  proves a program prints something else\n"
		"  clause none: fails on purpose\n"
		"  held harness/tests/cases/program/wrong_output.c:",
		"");
	ground_remove();
}

/* ---- Cases that do not behave ---- */

TEST(a_case_without_end_is_killed_and_the_others_go_on)
{
	struct command command;

	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	CU_ASSERT_TRUE_FATAL(selftest_run(
		&command, LINE("--case-timeout", "0.3", "-j1", "endless/loop", "worker/holds")));
	ASSERT_NUMBER(command.status, 2);
	ASSERT_HAS(buffer_text(&command.out),
		"BROKEN endless/loop\n"
		"  proves a case that never comes to an end\n"
		"  clause none: fails on purpose\n"
		"  harness/tests/cases/endless/loop.c:6: expect_exit(start(\"sh\", \"-c\", "
		"\"exit 0\"), 0)\n"
		"    the case did not come to an end and was killed after ");
	const char *after = strstr(buffer_text(&command.out), "killed after ");
	CU_ASSERT_TRUE(after != NULL && strtod(after + strlen("killed after "), NULL) < 15);
	ASSERT_HAS(buffer_text(&command.out), "PASS worker/holds\n");
	command_free(&command);
	ground_remove();
}

/* All that is shown is of the second run. */
TEST(a_run_whose_capture_dropped_packets_is_done_again_with_a_larger_ring)
{
	static const char again[] =
		"the whole case\n    done again, with a ring of 63 MiB: a smaller one was full\n";
	struct command command;

	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	CU_ASSERT_TRUE_FATAL(selftest_run(&command, LINE("-v", "capture/dropped_*")));
	ASSERT_NUMBER(command.status, 1);
	const char *text = buffer_text(&command.out);
	ASSERT_HAS(text, "1 passed, 3 failed, 0 broken, 0 skipped");
	ASSERT_HAS(text, "sh: expected exit status 0, found exit status 1\n");
	ASSERT_HAS(text, "expected 1 connection on port 8898, found 0\n");
	ASSERT_HAS(text, "PASS capture/dropped_once\n  proves ");
	for (int count = 0; count < 4; count++) {
		text = strstr(text, again);
		CU_ASSERT_PTR_NOT_NULL_FATAL(text);
		text++;
	}
	command_free(&command);
	ground_remove();
}

TEST(no_more_cases_that_compute_run_at_once_than_there_are_processors)
{
	struct command command;
	char *counter = NULL;

	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	CU_ASSERT_TRUE_FATAL(asprintf(&counter, "COUNTER=%s", ground_path("counter")) > 0);
	const char *const environment[] = {counter, NULL};
	CU_ASSERT_TRUE_FATAL(selftest_start(
		&command, LINE("-j32", "--repeat", "32", "schedule/patient"), environment));
	command_finish(&command);
	ASSERT_NUMBER(command.status, 0);
	ASSERT_HAS(buffer_text(&command.out), "32 passed, 0 failed, 0 broken, 0 skipped");
	free(counter);
	command_free(&command);
	ground_remove();
}

/* The program fails in its first run alone, whose capture lost packets; that counts, too. */
TEST(a_failure_is_not_forgotten_because_packets_were_lost)
{
	struct command command;

	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	char *counter = NULL;
	CU_ASSERT_TRUE_FATAL(asprintf(&counter, "COUNTER=%s", ground_path("counter")) > 0);
	const char *const environment[] = {counter, NULL};
	CU_ASSERT_TRUE_FATAL(selftest_start(&command, LINE("capture/failed_once"), environment));
	command_finish(&command);
	ASSERT_NUMBER(command.status, 1);
	ASSERT_HAS(buffer_text(&command.out),
		"  the whole case\n"
		"    failed when its capture lost packets, and not when it was done again: "
		"harness/tests/cases/capture/failed_once.c:10: expect_exit(start(\"sh\", \"-c\", "
		"flaky), 0): sh: expected exit status 0, found exit status 7\n");
	free(counter);
	command_free(&command);
	ground_remove();
}

TEST(a_ring_that_was_full_of_single_packets_is_made_larger_too)
{
	struct command command;

	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	CU_ASSERT_TRUE_FATAL(selftest_run(&command, LINE("-v", "capture/trickled")));
	ASSERT_NUMBER(command.status, 0);
	ASSERT_HAS(buffer_text(&command.out),
		"done again, with a ring of 16 MiB: a smaller one was full\n");
	command_free(&command);
	ground_remove();
}

TEST(what_is_sent_after_the_wire_was_quiet_is_seen)
{
	struct command command;

	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	CU_ASSERT_TRUE_FATAL(selftest_run(&command, LINE("settle/*")));
	ASSERT_NUMBER(command.status, 0);
	ASSERT_HAS(buffer_text(&command.out), "2 passed, 0 failed, 0 broken, 0 skipped");
	command_free(&command);
	ground_remove();
}

TEST(a_capture_that_dropped_packets_twice_is_broken)
{
	struct command command;
	unsigned long dropped = 0, received = 0;

	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	CU_ASSERT_TRUE_FATAL(selftest_run(&command, LINE("--timeout", "20", "capture/dropped")));
	ASSERT_NUMBER(command.status, 2);
	ASSERT_HAS(buffer_text(&command.out), "0 passed, 0 failed, 1 broken, 0 skipped");
	const char *at = strstr(buffer_text(&command.out), "the capture dropped ");
	CU_ASSERT_PTR_NOT_NULL_FATAL(at);
	ASSERT_NUMBER(sscanf(at, "the capture dropped %lu of %lu packets", &dropped, &received), 2);
	CU_ASSERT_TRUE(dropped > 0 && dropped < received && received >= 5000);
	ASSERT_HAS(at, "its ring of 256 MiB was full");
	command_free(&command);
	ground_remove();
}

TEST(a_capture_without_bytes_that_were_acknowledged_is_broken)
{
	struct command command;

	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	CU_ASSERT_TRUE_FATAL(selftest_run(&command, LINE("capture/undecoded")));
	ASSERT_NUMBER(command.status, 2);
	ASSERT_HAS(buffer_text(&command.out), "the capture lacks what CLIENT 127.0.0.1:");
	ASSERT_HAS(buffer_text(&command.out),
		" sent to 127.0.0.1:8898: bytes 0 to 999 of that stream were acknowledged and are "
		"not in it\n");
	command_free(&command);
	ground_remove();
}

/* ---- Machines that lack something ---- */

TEST(without_namespaces_nothing_runs_and_the_remedy_is_told)
{
	struct command command;

	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	CU_ASSERT_TRUE_FATAL(command_run(&command,
		LINE(machine(), "no-namespaces", wirecheck(), "--captures", ground_path("captures"),
			"tcp/hello"),
		NULL));
	ASSERT_NUMBER(command.status, 2);
	ASSERT_TEXT(buffer_text(&command.out), "");
	ASSERT_HAS(buffer_text(&command.err), "wirecheck: no sandbox here: ");
	ASSERT_HAS(buffer_text(&command.err), "or use --no-sandbox\n");
	CU_ASSERT_PTR_EQUAL(strchr(buffer_text(&command.err), '\n'),
		buffer_text(&command.err) + command.err.length - 1);
	ASSERT_NUMBER(folder_count(ground_path("scratch")), 0);
	command_free(&command);
	ground_remove();
}

TEST(without_the_right_to_capture_all_is_skipped_and_the_status_tells)
{
	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	check_run(LINE(machine(), "no-capture", wirecheck(), "--no-sandbox", "--captures",
			  ground_path("captures"), "tcp/hello", "udp/hello"),
		2,
		"SKIP tcp/hello\nSKIP udp/hello\n"
		"skipped tcp/hello: capture on lo: ",
		"wirecheck: nothing was tested: no case passed and none failed\n");
	ASSERT_NUMBER(folder_count(ground_path("captures")), 1); /* verdicts.tsv */
	ASSERT_NUMBER(folder_count(ground_path("scratch")), 0);
	ground_remove();
}

TEST(a_protocol_that_the_kernel_lacks_is_told)
{
	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	check_run(LINE(machine(), "no-udplite", wirecheck(), "--captures", ground_path("captures"),
			  "udp/lite"),
		2, "SKIP udp/lite\nskipped udp/lite: this kernel has no UDP-Lite: ",
		"wirecheck: nothing was tested: no case passed and none failed\n");
	ground_remove();
}

/* ---- The host's loopback ---- */

/* A TIME-WAIT that one run or case left on the host would make the next one fail. */
TEST(the_hosts_loopback_serves_beside_others_and_twice_in_a_row)
{
	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	check_run(LINE(machine(), "shared", "sh", "-c", "\"$0\" \"$@\" && \"$0\" \"$@\"",
			  wirecheck(), "--no-sandbox", "-j4", "--captures", ground_path("captures"),
			  "restart/option_only_*", "restart/time_wait", "tcp/hello", "udp/hello"),
		0, "5 passed, 0 failed, 0 broken, 0 skipped", "");
	ASSERT_NUMBER(folder_count(ground_path("scratch")), 0);
	ground_remove();
}

/* The connections of others are on port 5555. */
TEST(what_others_say_on_the_hosts_loopback_is_not_kept)
{
	struct command command;
	struct capture capture;
	struct error error = {""};

	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	CU_ASSERT_TRUE_FATAL(command_run(&command,
		LINE(machine(), "shared", build_path("harness/tests/selftest"), "--no-sandbox",
			"--impl", ground_path("programs"), "--captures", ground_path("captures"),
			"tcp/wrong_bytes", "udp/nobody_there", "tcp/two_connections"),
		NULL));
	ASSERT_NUMBER(command.status, 1);
	ASSERT_LACKS(buffer_text(&command.out), "5555");
	ASSERT_HAS(buffer_text(&command.out), "0 passed, 3 failed, 0 broken, 0 skipped");
	CU_ASSERT_TRUE_FATAL(capture_open_file(
		&capture, ground_path("captures/udp/nobody_there.pcapng"), &error));
	ASSERT_NUMBER(capture.count, 2);
	capture_close(&capture);
	command_free(&command);
	ground_remove();
}

TEST(a_port_of_the_host_that_is_taken_is_named)
{
	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	check_run(LINE(machine(), "taken", "8898", wirecheck(), "--no-sandbox", "--captures",
			  ground_path("captures"), "tcp/hello"),
		2, "port 8898 was taken before the case began: TCP 127.0.0.1:8898 in LISTEN\n", "");
	check_run(LINE(machine(), "time-wait", "8898", wirecheck(), "--no-sandbox", "--captures",
			  ground_path("captures"), "restart/reuseaddr"),
		2, " in TIME-WAIT, which lasts for a minute\n", "");
	ground_remove();
}

/* ---- Runs that are ended early ---- */

static int check_capture(const char *path, const struct stat *status, int type, struct FTW *walk)
{
	struct capture capture;
	struct error error = {""};

	(void)status;
	(void)walk;
	if (type != FTW_F)
		return 0;
	ASSERT_LACKS(path, ".part");
	CU_ASSERT_TRUE(capture_open_file(&capture, path, &error));
	ASSERT_TEXT(error.text, "");
	CU_ASSERT_TRUE(capture.count > 0);
	capture_close(&capture);
	return 0;
}

/* Orphans become children of this process. Waits until the last one has ended. */
static bool all_are_gone(void)
{
	const struct timespec patience = {.tv_sec = PATIENCE};
	sigset_t child;
	pid_t gone;

	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	sigprocmask(SIG_BLOCK, &child, NULL);
	while ((gone = waitpid(-1, NULL, WNOHANG)) >= 0)
		if (gone == 0 && sigtimedwait(&child, NULL, &patience) < 0 && errno == EAGAIN)
			break;
	sigprocmask(SIG_UNBLOCK, &child, NULL);
	return gone < 0 && errno == ECHILD;
}

static void check_interrupted(int number)
{
	struct command command;

	CU_ASSERT_TRUE_FATAL(ground_make());
	CU_ASSERT_EQUAL(prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0), 0);
	CU_ASSERT_TRUE_FATAL(selftest_start(&command,
		LINE("--timeout", "60", "-j8", "--repeat", "100000", "tcp/wrong_bytes"), NULL));
	CU_ASSERT_TRUE(command_until_printed(&command, "(run 40)"));
	CU_ASSERT_EQUAL(kill(command.pid, number), 0);
	command_finish(&command);
	ASSERT_NUMBER(command.status, 128 + number);
	ASSERT_TEXT(buffer_text(&command.err), "");
	ASSERT_HAS(buffer_text(&command.out), "0 passed, ");
	CU_ASSERT_TRUE(all_are_gone());
	ASSERT_NUMBER(folder_count(ground_path("scratch")), 0);
	CU_ASSERT_TRUE(folder_count(ground_path("captures/tcp")) >= 40);
	CU_ASSERT_EQUAL(nftw(ground_path("captures"), check_capture, 8, FTW_PHYS), 0);
	command_free(&command);
	ground_remove();
}

TEST(interrupted_by_ctrl_c_it_leaves_nothing_behind)
{
	NEEDS_SANDBOXES();
	check_interrupted(SIGINT);
}

TEST(terminated_it_leaves_nothing_behind)
{
	NEEDS_SANDBOXES();
	check_interrupted(SIGTERM);
}

TEST(hung_up_on_it_leaves_nothing_behind)
{
	NEEDS_SANDBOXES();
	check_interrupted(SIGHUP);
}

/* The reading end of a pipe that the case endless/waits and all it started hold open. */
static int open_alive(void)
{
	CU_ASSERT_EQUAL_FATAL(mkfifo(ground_path("alive"), 0600), 0);
	int alive = open(ground_path("alive"), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	CU_ASSERT_TRUE_FATAL(alive >= 0);
	return alive;
}

/* Waits until somebody wrote to it. */
static bool has_started(int alive)
{
	struct pollfd wait = {.fd = alive, .events = POLLIN};
	char text[64];

	return poll(&wait, 1, PATIENCE * 1000) == 1 && (wait.revents & POLLIN) != 0 &&
	       read(alive, text, sizeof text) > 0;
}

/* Waits until nobody has it open any more. */
static bool have_all_closed(int alive)
{
	struct pollfd wait = {.fd = alive, .events = POLLIN};
	char text[64];

	return poll(&wait, 1, PATIENCE * 1000) == 1 && read(alive, text, sizeof text) == 0;
}

/* Ends the command by a signal while its case is at work. Returns the command's status. */
static int end_while_waiting(const char *const line[], const char *daemon, int number)
{
	char path[600];
	struct command command;
	int alive = open_alive();

	snprintf(path, sizeof path, "WIRECHECK_ALIVE=%s", ground_path("alive"));
	CU_ASSERT_TRUE_FATAL(command_start(&command, line, LINE(path, daemon)));
	CU_ASSERT_TRUE(has_started(alive));
	CU_ASSERT_EQUAL(kill(command.pid, number), 0);
	CU_ASSERT_TRUE(have_all_closed(alive)); /* before the limit of the case ends them */
	command_finish(&command);
	ASSERT_TEXT(buffer_text(&command.err), "");
	int status = command.status;
	command_free(&command);
	close(alive);
	return status;
}

static void check_all_end(bool on_host, const char *daemon, int number, int status)
{
	CU_ASSERT_TRUE_FATAL(ground_make());
	const char *line[] = {machine(), "shared", build_path("harness/tests/selftest"), "--impl",
		ground_path("programs"), "--captures", ground_path("captures"), "--timeout", "60",
		"endless/waits", on_host ? "--no-sandbox" : NULL, NULL};

	ASSERT_NUMBER(end_while_waiting(on_host ? line : line + 2, daemon, number), status);
	ground_remove();
}

TEST(programs_and_daemons_end_with_an_interrupted_run)
{
	NEEDS_SANDBOXES();
	check_all_end(false, "WIRECHECK_DAEMON=1", SIGINT, 130);
}

TEST(programs_and_daemons_end_with_a_killed_scheduler)
{
	NEEDS_SANDBOXES();
	check_all_end(false, "WIRECHECK_DAEMON=1", SIGKILL, 137);
}

TEST(programs_on_the_host_end_with_a_killed_scheduler)
{
	NEEDS_SANDBOXES();
	check_all_end(true, NULL, SIGKILL, 137);
}
