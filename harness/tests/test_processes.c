/*
 * processes.c and process_mark.c: the processes of a program are found, and their states are known.
 */
#include "kernel/processes.h"
#include "unit.h"

#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* A process and its child, which both wait. When the child is killed, the other ends too. */
struct family {
	process_mark mark;
	pid_t parent, child;
};

_Noreturn static void be_parent(int to)
{
	pid_t child = fork();

	if (child == 0)
		for (;;)
			pause();
	prctl(PR_SET_NAME, "a long\tname of ");
	bool written = write(to, &child, sizeof child) == sizeof child;
	_exit(written && waitpid(child, NULL, 0) == child ? 0 : 1);
}

static struct family family_start(void)
{
	struct family family = {0};
	struct error error = {""};
	int ends[2];

	CU_ASSERT_TRUE_FATAL(pipe(ends) == 0);
	CU_ASSERT_TRUE(process_mark_give(&family.mark, &error));
	ASSERT_TEXT(error.text, "");
	family.parent = fork();
	if (family.parent == 0)
		be_parent(ends[1]);
	CU_ASSERT_EQUAL_FATAL(
		read(ends[0], &family.child, sizeof family.child), sizeof family.child);
	close(ends[0]);
	close(ends[1]);
	return family;
}

static void family_end(const struct family *family)
{
	CU_ASSERT_EQUAL(kill(family->child, SIGKILL), 0);
	CU_ASSERT_EQUAL(waitpid(family->parent, NULL, 0), family->parent);
}

static size_t count_with(process_mark mark, struct processes *processes)
{
	struct error error = {""};

	CU_ASSERT_TRUE(processes_read(processes, mark, &error));
	ASSERT_TEXT(error.text, "");
	return processes->count;
}

TEST(a_process_and_its_child_have_the_mark)
{
	struct processes processes = {0};
	struct family first = family_start(), second = family_start();

	CU_ASSERT_NOT_EQUAL(first.mark, second.mark);
	ASSERT_NUMBER(count_with(first.mark, &processes), 2);
	CU_ASSERT_PTR_NOT_NULL(processes_find(&processes, first.parent));
	CU_ASSERT_PTR_NULL(processes_find(&processes, second.parent));
	CU_ASSERT_PTR_NULL(processes_find(&processes, getpid()));
	ASSERT_NUMBER(count_with(0, &processes), 4);
	family_end(&first);
	ASSERT_NUMBER(count_with(first.mark, &processes), 0);
	ASSERT_NUMBER(count_with(second.mark, &processes), 2);
	family_end(&second);
	processes_free(&processes);
}

TEST(a_name_has_no_character_that_a_terminal_obeys)
{
	struct processes processes = {0};
	struct family family = family_start();

	count_with(family.mark, &processes);
	const struct process *parent = processes_find(&processes, family.parent);
	CU_ASSERT_PTR_NOT_NULL_FATAL(parent);
	CU_ASSERT_PTR_NULL(strchr(parent->name, '\t'));
	CU_ASSERT_TRUE(strlen(parent->name) > 0);
	family_end(&family);
	processes_free(&processes);
}

/* Until the kernel has stopped it, which it does in its own time. */
static const struct process *until_stopped(const struct family *family, struct processes *processes)
{
	const struct process *parent;

	do {
		count_with(family->mark, processes);
		parent = processes_find(processes, family->parent);
	} while (parent != NULL && (parent->states & THREADS_IN('T')) == 0);
	return parent;
}

TEST(states_are_those_of_the_threads)
{
	struct processes processes = {0};
	struct family family = family_start();
	pid_t threads[2];

	CU_ASSERT_EQUAL(kill(family.parent, SIGSTOP), 0);
	const struct process *parent = until_stopped(&family, &processes);
	CU_ASSERT_PTR_NOT_NULL_FATAL(parent);
	ASSERT_NUMBER(process_state_beyond(parent, THREADS_ENDED), 'T');
	ASSERT_NUMBER(process_state_beyond(parent, THREADS_STOPPED), 0);
	CU_ASSERT_PTR_EQUAL(processes_beyond(&processes, THREADS_ASLEEP), parent);
	CU_ASSERT_PTR_NULL(processes_beyond(&processes, UINT64_MAX));
	ASSERT_NUMBER(process_threads(parent, threads, 2), 1);
	ASSERT_NUMBER(process_thread_state(parent, threads[0]), 'T');
	ASSERT_NUMBER(process_threads(parent, threads, 0), 1);
	CU_ASSERT_EQUAL(kill(family.parent, SIGCONT), 0);
	const struct process gone = *parent;
	family_end(&family);
	ASSERT_NUMBER(process_threads(&gone, threads, 2), 0);
	ASSERT_NUMBER(process_thread_state(&gone, threads[0]), 0);
	processes_free(&processes);
}

TEST(states_have_names)
{
	ASSERT_TEXT(process_state_name('R'), "running");
	ASSERT_TEXT(process_state_name('S'), "sleeping");
	ASSERT_TEXT(process_state_name('D'), "in a wait that no signal ends");
	ASSERT_TEXT(process_state_name('T'), "stopped");
	ASSERT_TEXT(process_state_name('t'), "stopped by a tracer");
	ASSERT_TEXT(process_state_name('Z'),
		"a zombie: it has ended, and its parent has not waited for it");
	ASSERT_TEXT(process_state_name(0), "gone");
	ASSERT_TEXT(process_state_name('X'), "gone");
	ASSERT_TEXT(process_state_name('I'), "in a state without a name");
}

/* A tracer has it in state t, in which it gives up the processor only when it goes on. */
TEST(a_traced_process_is_in_one_and_the_same_stop)
{
	struct processes processes = {0};
	struct error error = {""};
	process_mark mark;
	int status = 0;

	CU_ASSERT_TRUE(process_mark_give(&mark, &error));
	pid_t child = fork();
	if (child == 0) {
		if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0)
			raise(SIGSTOP);
		_exit(3);
	}
	CU_ASSERT_EQUAL_FATAL(waitpid(child, &status, 0), child);
	if (!WIFSTOPPED(status))
		SKIP_TEST("this machine allows no tracing");
	ASSERT_NUMBER(count_with(mark, &processes), 1);
	const struct process first = processes.list[0];
	ASSERT_NUMBER(process_state_beyond(&first, 0), 't');
	ASSERT_NUMBER(first.tracer, getpid());
	CU_ASSERT_TRUE(first.traced_switches > 0);
	ASSERT_NUMBER(count_with(mark, &processes), 1);
	ASSERT_NUMBER(processes.list[0].traced_switches, first.traced_switches);
	CU_ASSERT_EQUAL(kill(child, SIGKILL), 0);
	CU_ASSERT_EQUAL(waitpid(child, NULL, 0), child);
	processes_free(&processes);
}

TEST(a_limit_that_leaves_no_room_for_marks_is_an_error)
{
	const struct rlimit none = {0, 0};
	struct error error = {""};
	process_mark mark;
	int status = -1;
	pid_t child = fork();

	if (child == 0)
		_exit(setrlimit(RLIMIT_LOCKS, &none) == 0 && !process_mark_give(&mark, &error) &&
					strstr(error.text, "setrlimit(RLIMIT_LOCKS, ") != NULL
				? 0
				: 1);
	CU_ASSERT_EQUAL(waitpid(child, &status, 0), child);
	ASSERT_NUMBER(status, 0);
}
