/* program.c: how programs start, what they print, and how they end. */
#include "kernel/program.h"
#include "kernel/program_signals.h"
#include "selftest.h"
#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Milliseconds for a program to do what it must: a hang, not slowness. */
#define PATIENCE 20000

static struct program program;

static void begin(const char *const arguments[])
{
	struct error error = {""};

	CU_ASSERT_TRUE_FATAL(ground_make());
	CU_ASSERT_TRUE(program_start(
		&program, ground_path("programs"), arguments, &(const struct launch){0}, &error));
	ASSERT_TEXT(error.text, "");
}

#define BEGIN(...) begin((const char *const[]){__VA_ARGS__, NULL})

/* Takes in what it prints until it has ended. */
static void until_ended(void)
{
	struct program *const all[] = {&program};
	struct error error = {""};

	while (!program.ended) {
		struct pollfd list[] = {{program.pidfd, POLLIN, 0},
			{program.outlets[0].descriptor, POLLIN, 0},
			{program.outlets[1].descriptor, POLLIN, 0}};
		if (poll(list, 3, PATIENCE) <= 0)
			break;
		CU_ASSERT_TRUE_FATAL(program_reap(all, 1, &error));
		CU_ASSERT_TRUE_FATAL(program_collect(&program, &error));
	}
	CU_ASSERT_TRUE(program.ended);
}

static void end(void)
{
	program_free(&program);
	program_free(&program);
	ground_remove();
}

static void check_end(const char *expected)
{
	struct buffer text;

	buffer_init(&text, 256);
	program_describe_end(&program, &text);
	ASSERT_TEXT(buffer_text(&text), expected);
	buffer_free(&text);
}

static const char *printed(enum output output)
{
	return buffer_text(&program.outlets[output].text);
}

TEST(both_outputs_are_collected_apart)
{
	BEGIN("sh", "-c", "echo one; echo two >&2; echo three");
	until_ended();
	ASSERT_TEXT(printed(STANDARD_OUTPUT), "one\nthree\n");
	ASSERT_TEXT(printed(STANDARD_ERROR), "two\n");
	ASSERT_TEXT(program.name, "sh");
	ASSERT_TEXT(buffer_text(&program.command), "sh -c 'echo one; echo two >&2; echo three'");
	check_end("exit status 0");
	end();
}

TEST(what_was_printed_last_before_the_end_is_there)
{
	for (int i = 0; i < 20; i++) {
		BEGIN("sh", "-c", "printf last");
		until_ended();
		ASSERT_TEXT(printed(STANDARD_OUTPUT), "last");
		end();
	}
}

TEST(an_exit_status_and_a_signal_are_told_apart)
{
	BEGIN("sh", "-c", "exit 139");
	check_end("still running");
	until_ended();
	CU_ASSERT_TRUE(WIFEXITED(program.status));
	check_end("exit status 139");
	end();

	BEGIN("sh", "-c", "kill -s SEGV $$");
	until_ended();
	CU_ASSERT_TRUE(WIFSIGNALED(program.status));
	check_end("killed by signal 11 (Segmentation fault)");
	end();
}

TEST(arguments_are_shown_as_a_shell_would_take_them)
{
	BEGIN("sh", "-c", ":", "plain-1.0/:@%+=,_[]", "", "two words", "it's", "$HOME", "a\nb");
	ASSERT_TEXT(buffer_text(&program.command),
		"sh -c : plain-1.0/:@%+=,_[] '' 'two words' 'it'\\''s' '$HOME' 'a\nb'");
	until_ended();
	end();
}

/* `before` and `after` are what the error has on both sides of the programs' folder. */
static void check_not_started(const char *name, const char *before, const char *after)
{
	char text[600];
	struct error error = {""};
	bool reached;
	const char *const arguments[] = {name, NULL};

	CU_ASSERT_TRUE_FATAL(ground_make());
	CU_ASSERT_FALSE(program_start(
		&program, ground_path("programs"), arguments, &(const struct launch){0}, &error));
	snprintf(text, sizeof text, "%s%s%s", before, ground_path("programs"), after);
	ASSERT_TEXT(error.text, text);
	check_end("never started");
	CU_ASSERT_TRUE(program_signal(&program, SIGTERM, &reached, &error));
	CU_ASSERT_FALSE(reached);
	end();
}

TEST(why_a_program_cannot_be_started_is_told)
{
	check_not_started("no_such_program", "no_such_program: no such program in ", "");
	check_not_started("not_executable", "", "/not_executable is not executable");
	check_not_started(
		"no_interpreter", "", "/no_interpreter is there, but not the interpreter it names");
	check_not_started("../programs", "", "/../programs is not executable");
}

TEST(a_path_that_is_too_long_is_told)
{
	static char name[5000];
	struct error error = {""};
	const char *const arguments[] = {name, NULL};

	memset(name, 'n', sizeof name - 1);
	CU_ASSERT_FALSE(
		program_start(&program, "/programs", arguments, &(const struct launch){0}, &error));
	CU_ASSERT_PTR_NOT_NULL(strstr(error.text, "nnnn"));
	ASSERT_NUMBER(strlen(program.name), sizeof program.name - 1);
	program_free(&program);
}

/* Its child would go on printing for ever. That must not fill the reader's memory. */
TEST(a_program_that_prints_without_end_is_stopped)
{
	BEGIN("sh", "-c", "while :; do echo and on and on; done");
	until_ended();
	CU_ASSERT_TRUE(program.flooded);
	ASSERT_NUMBER(program.outlets[STANDARD_OUTPUT].text.length, OUTPUT_MAXIMUM);
	CU_ASSERT_TRUE(WIFSIGNALED(program.status) && WTERMSIG(program.status) == SIGKILL);
	check_end("stopped by the harness: it printed more than 4194304 bytes");
	end();
}

TEST(as_much_as_is_kept_is_no_flood)
{
	BEGIN("sh", "-c", "head -c 4194304 /dev/zero");
	until_ended();
	CU_ASSERT_FALSE(program.flooded);
	ASSERT_NUMBER(program.outlets[STANDARD_OUTPUT].text.length, OUTPUT_MAXIMUM);
	end();
}

/* As a shell would start it, whatever the harness itself blocks and ignores. */
TEST(signals_are_at_their_defaults)
{
	sigset_t blocked, before;

	sigemptyset(&blocked);
	sigaddset(&blocked, SIGTERM);
	CU_ASSERT_EQUAL(sigprocmask(SIG_BLOCK, &blocked, &before), 0);
	signal(SIGPIPE, SIG_IGN);
	BEGIN("sh", "-c", "kill -s TERM $$; echo survived");
	until_ended();
	check_end("killed by signal 15 (Terminated)");
	end();
	BEGIN("sh", "-c", "kill -s PIPE $$; echo survived");
	until_ended();
	check_end("killed by signal 13 (Broken pipe)");
	end();
	signal(SIGPIPE, SIG_DFL);
	CU_ASSERT_EQUAL(sigprocmask(SIG_SETMASK, &before, NULL), 0);
}

TEST(standard_input_can_be_ended_and_nothing_else_is_open)
{
	struct error error = {""};
	int inherited = dup(STDERR_FILENO); /* without O_CLOEXEC */

	BEGIN("sh", "-c", "cat; ls /proc/self/fd");
	CU_ASSERT_TRUE(program_end_input(&program, &error));
	until_ended();
	ASSERT_TEXT(printed(STANDARD_OUTPUT), "0\n1\n2\n3\n"); /* 3: the folder that ls reads */
	close(inherited);
	end();
}

TEST(it_has_a_process_group_of_its_own)
{
	struct error error = {""};

	BEGIN("sh", "-c", "read line; exit 0");
	ASSERT_NUMBER(getpgid(program.pid), program.pid);
	CU_ASSERT_TRUE(program_end_input(&program, &error));
	until_ended();
	end();
}

/* Looks at it until it is stopped. */
static void hold(void)
{
	struct holding holding = {0};
	struct error error = {""};
	bool stopped = false;

	for (int i = 0; !stopped && i < PATIENCE; i++) {
		CU_ASSERT_TRUE_FATAL(program_hold(&program, &holding, &stopped, &error));
		poll(NULL, 0, 1);
	}
	CU_ASSERT_TRUE(stopped);
	CU_ASSERT_PTR_NULL(processes_beyond(&holding.processes, THREADS_STOPPED));
	program_hold_end(&holding);
	program.held = true;
}

static void signal_it(int number, bool expected)
{
	struct error error = {""};
	bool reached;

	CU_ASSERT_TRUE(program_signal(&program, number, &reached, &error));
	ASSERT_TEXT(error.text, "");
	ASSERT_NUMBER(reached, expected);
}

TEST(a_held_program_goes_on_when_it_is_released)
{
	struct error error = {""};

	BEGIN("sh", "-c", "exec tail -f /dev/null");
	hold();
	check_end("held");
	CU_ASSERT_TRUE(program_release(&program, &error));
	CU_ASSERT_FALSE(program.held);
	check_end("still running");
	signal_it(SIGTERM, true);
	until_ended();
	check_end("killed by signal 15 (Terminated)");
	signal_it(SIGTERM, false);
	end();
}

/* How many processes it has, without those that have ended. */
static size_t count_left(void)
{
	struct processes left = {0};
	struct error error = {""};
	size_t count = 0;

	CU_ASSERT_TRUE(processes_read(&left, program.mark, &error));
	for (size_t i = 0; i < left.count; i++)
		count += (left.list[i].states & ~THREADS_ENDED) != 0;
	processes_free(&left);
	return count;
}

static void until_left(size_t count)
{
	for (int i = 0; count_left() != count && i < PATIENCE; i++)
		poll(NULL, 0, 1);
	ASSERT_NUMBER(count_left(), count);
}

/* A daemon: its parent has ended, and it is in a session of its own. */
TEST(a_daemon_can_be_held_and_signalled)
{
	struct error error = {""};

	BEGIN("sh", "-c", "setsid sh -c 'sleep 1000 & exec sleep 1000' &");
	until_ended();
	until_left(2);
	hold();
	CU_ASSERT_TRUE(program_release(&program, &error));
	signal_it(SIGTERM, true);
	until_left(0);
	signal_it(SIGTERM, false);
	end();
}

/* The first process moves to the group that its child has made. Another one stays. */
TEST(both_groups_of_a_program_get_a_signal)
{
	BEGIN("sh", "-c",
		"sleep 1000 & exec perl -e '$child = fork; setpgrp($child, $child), setpgrp(0, "
		"$child) if $child; sleep 1000'");
	until_left(3);
	for (int i = 0; getpgid(program.pid) == program.pid && i < PATIENCE; i++)
		poll(NULL, 0, 1);
	CU_ASSERT_NOT_EQUAL(getpgid(program.pid), program.pid);
	signal_it(SIGTERM, true);
	until_ended();
	until_left(0);
	end();
}

TEST(a_signal_to_the_first_process_leaves_the_others_alone)
{
	struct error error = {""};
	bool reached;

	BEGIN("sh", "-c", "sleep 1000 & read line");
	until_left(2);
	CU_ASSERT_TRUE(program_signal_first(&program, SIGTERM, &reached, &error));
	CU_ASSERT_TRUE(reached);
	until_ended();
	check_end("killed by signal 15 (Terminated)");
	until_left(1);
	CU_ASSERT_TRUE(program_signal_first(&program, SIGTERM, &reached, &error));
	CU_ASSERT_FALSE(reached);
	signal_it(SIGKILL, true);
	until_left(0);
	end();
}

TEST(other_children_are_reaped_too)
{
	struct program *const all[] = {&program};
	struct error error = {""};
	siginfo_t news;

	BEGIN("sh", "-c", "exit 5");
	pid_t other = fork();
	if (other == 0)
		_exit(6);
	CU_ASSERT_EQUAL(waitid(P_PID, (id_t)other, &news, WEXITED | WNOWAIT), 0);
	until_ended();
	check_end("exit status 5");
	CU_ASSERT_TRUE(program_reap(all, 1, &error));
	CU_ASSERT_TRUE(waitpid(other, NULL, WNOHANG) == -1 && errno == ECHILD);
	end();
}

TEST(outputs_have_names)
{
	struct program piped = {.terminal = false}, typed = {.terminal = true};

	ASSERT_TEXT(output_name(&piped, STANDARD_OUTPUT), "standard output");
	ASSERT_TEXT(output_name(&piped, STANDARD_ERROR), "standard error");
	ASSERT_TEXT(output_name(&typed, STANDARD_OUTPUT), "terminal");
	ASSERT_TEXT(output_name(&typed, STANDARD_ERROR), "terminal");
}
