/* socket_holders.c: who has a socket open, and how its address may be shared. */
#include "inside.h"
#include "kernel/socket_holders.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static uint32_t inode_of(int handle)
{
	struct stat status = {0};

	fstat(handle, &status);
	return (uint32_t)status.st_ino;
}

static int open_socket(int option)
{
	int on = 1, handle = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (option != 0)
		setsockopt(handle, SOL_SOCKET, option, &on, sizeof on);
	return handle;
}

TEST(a_socket_of_this_process_is_the_cases)
{
	struct processes none = {0};
	int handle = open_socket(SO_REUSEADDR), again = dup(handle);
	struct holders holders[] = {{.inode = inode_of(handle)}, {.inode = 1}};
	struct sharing sharing;

	CU_ASSERT_TRUE(holders_find(holders, 2, &none));
	ASSERT_NUMBER(holders[0].count, 1);
	ASSERT_TEXT(holders[0].first[0].name, "the case");
	ASSERT_NUMBER(holders[0].first[0].pid, getpid());
	ASSERT_NUMBER(holders[1].count, 0);
	CU_ASSERT_TRUE(holders_sharing(&holders[0], &sharing));
	CU_ASSERT_TRUE(sharing.reuse_address && !sharing.reuse_port);
	CU_ASSERT_FALSE(holders_sharing(&holders[1], &sharing));
	close(again);
	close(handle);
	CU_ASSERT_FALSE(holders_sharing(&holders[0], &sharing));
}

/* A child with a mark has the socket, and this process no longer. */
static void check_child(void)
{
	struct processes processes = {0};
	struct error error = {""};
	process_mark mark;
	int ends[2], handle = open_socket(SO_REUSEPORT);
	struct socket_fact fact = {.inode = inode_of(handle)}, unheld = {0};
	struct holders holders = {.inode = inode_of(handle)};
	struct sharing sharing;
	char byte;

	INSIDE(pipe(ends) == 0);
	INSIDE(process_mark_give(&mark, &error));
	pid_t child = fork();
	if (child == 0) {
		close(ends[1]);
		_exit(read(ends[0], &byte, 1) == 0 ? 0 : 1);
	}
	close(handle);
	INSIDE(processes_read(&processes, mark, &error));
	INSIDE_NUMBER(processes.count, 1);
	INSIDE(holders_find(&holders, 1, &processes));
	INSIDE_NUMBER(holders.count, 1);
	INSIDE_NUMBER(holders.first[0].pid, child);
	INSIDE_NUMBER(holders.first[0].descriptor, handle);
	INSIDE(socket_sharing(&fact, &processes, &sharing));
	INSIDE(sharing.reuse_port && !sharing.reuse_address);
	INSIDE(!socket_sharing(&unheld, &processes, &sharing));
	close(ends[1]);
	INSIDE(waitpid(child, NULL, 0) == child);
	processes_free(&processes);
}

TEST_INSIDE(a_socket_of_a_program_is_found)
{
	check_child();
}
