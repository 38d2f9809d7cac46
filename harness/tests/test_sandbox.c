/* sandbox.c: what is inside is alone, finds nothing from before, and leaves nothing. */
#include "inside.h"
#include "kernel/network.h"
#include "kernel/orphans.h"
#include "kernel/sandbox.h"
#include "kernel/scratch.h"
#include "selftest.h"
#include "unit.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/capability.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static int bind_at(int family, int type, uint16_t port)
{
	struct sockaddr_in address = {.sin_family = AF_INET,
		.sin_port = htons(port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	struct sockaddr_in6 address6 = {.sin6_family = AF_INET6,
		.sin6_port = htons(port),
		.sin6_addr = IN6ADDR_LOOPBACK_INIT};
	int handle = socket(family, type, 0);
	int bound = family == AF_INET ? bind(handle, (struct sockaddr *)&address, sizeof address)
				      : bind(handle, (struct sockaddr *)&address6, sizeof address6);

	return bound == 0 ? handle : -1;
}

/* The number after `name` in a file of /proc, in that base. */
static unsigned long long number_in(const char *path, const char *name, int base)
{
	char line[1024];
	unsigned long long number = ULLONG_MAX;
	FILE *file = fopen(path, "re");

	while (file != NULL && fgets(line, sizeof line, file) != NULL)
		if (strncmp(line, name, strlen(name)) == 0)
			number = strtoull(line + strlen(name), NULL, base);
	if (file != NULL)
		fclose(file);
	return number;
}

TEST_INSIDE(it_is_the_first_and_only_process)
{
	INSIDE_NUMBER(getpid(), 1);
	INSIDE_NUMBER(process_count(), 1);
}

static uid_t user_expected;
static gid_t group_expected;

static void expected_user(void)
{
	INSIDE_NUMBER(getuid(), user_expected);
	INSIDE_NUMBER(geteuid(), user_expected);
	INSIDE_NUMBER(getgid(), group_expected);
}

/* Root is nobody inside, because it may do no more than nobody. */
TEST(programs_see_the_user_who_started_it_and_root_as_nobody)
{
	NEEDS_SANDBOXES();
	user_expected = geteuid() == 0 ? 65534 : geteuid();
	group_expected = geteuid() == 0 ? 65534 : getegid();
	RUN_INSIDE(expected_user);
}

/* What a login on a Debian has. */
TEST_INSIDE(the_host_has_a_name_and_files_of_its_own)
{
	char name[64] = "", line[256] = "";
	FILE *file = fopen("/etc/resolv.conf", "re");

	INSIDE(gethostname(name, sizeof name) == 0);
	INSIDE_TEXT(name, "sandbox");
	INSIDE(file != NULL && fgets(line, sizeof line, file) != NULL);
	INSIDE_TEXT(line, "nameserver 192.0.2.53\n");
	INSIDE(access("/etc/hosts", W_OK) != 0);
	INSIDE(fopen("/etc/hosts", "a") == NULL);
}

TEST_INSIDE(settings_of_the_network_are_the_documented_ones)
{
	if (access("/proc/sys/net/ipv4/tcp_max_tw_buckets", W_OK) != 0)
		return; /* as documented: where /proc/sys is read-only they stay */
	INSIDE_NUMBER(number_in("/proc/sys/net/ipv4/tcp_max_tw_buckets", "", 10), 16384);
	INSIDE_NUMBER(number_in("/proc/sys/net/ipv4/tcp_max_syn_backlog", "", 10), 256);
	INSIDE_NUMBER(number_in("/proc/sys/net/ipv4/ip_unprivileged_port_start", "", 10), 0);
}

/* Each is empty but for the scratch folder, and what is in it stays inside. */
TEST_INSIDE(shared_folders_are_its_own)
{
	static const char *const folders[] = {"/tmp", "/var/tmp", "/dev/shm"};
	char path[64];
	struct stat status;

	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
		if (access(folders[i], F_OK) != 0)
			continue;
		bool has_scratch = strncmp(inside_scratch, folders[i], strlen(folders[i])) == 0;
		INSIDE(stat(folders[i], &status) == 0 && (status.st_mode & 07777) == 01777);
		INSIDE_NUMBER(folder_count(folders[i]), has_scratch);
		snprintf(path, sizeof path, "%s/left", folders[i]);
		INSIDE(open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600) >= 0);
	}
}

TEST(nothing_is_left_in_shared_folders)
{
	CU_ASSERT_NOT_EQUAL(access("/tmp/left", F_OK), 0);
	CU_ASSERT_NOT_EQUAL(access("/var/tmp/left", F_OK), 0);
	CU_ASSERT_NOT_EQUAL(access("/dev/shm/left", F_OK), 0);
}

TEST_INSIDE(a_program_has_no_capability)
{
	int ends[2];
	char text[4096] = "";

	INSIDE(pipe(ends) == 0);
	pid_t child = fork();
	if (child == 0) {
		dup2(ends[1], STDOUT_FILENO);
		execl("/bin/sh", "sh", "-c", "grep ^Cap /proc/self/status", (char *)NULL);
		_exit(127);
	}
	close(ends[1]);
	waitpid(child, NULL, 0);
	INSIDE(read(ends[0], text, sizeof text - 1) > 0);
	INSIDE(strstr(text, "CapEff:\t0000000000000000\n") != NULL);
	INSIDE(strstr(text, "CapPrm:\t0000000000000000\n") != NULL);
	INSIDE(strstr(text, "CapAmb:\t0000000000000000\n") != NULL);
}

TEST_INSIDE(the_scratch_folder_is_empty_and_its_own)
{
	char here[4096] = "";
	struct stat status;

	INSIDE_TEXT(getcwd(here, sizeof here), inside_scratch);
	INSIDE_NUMBER(folder_count("."), 0);
	int file = open("left", O_WRONLY | O_CREAT, 0600);
	INSIDE(file >= 0 && write(file, "x", 1) == 1);
	INSIDE(stat(inside_scratch, &status) == 0 && (status.st_mode & 0777) == 0755);
	INSIDE_NUMBER(status.st_uid, geteuid());
}

/* Leaves a file in the scratch folder and stays until it gets a byte. */
_Noreturn static void leave_file(const char *scratch, int ready, int go)
{
	char byte;

	int file = open("left", O_WRONLY | O_CREAT, 0600);
	if (file < 0 || folder_count(scratch) != 1)
		_exit(2);
	_exit(write(ready, "x", 1) == 1 && read(go, &byte, 1) == 1 ? 0 : 3);
}

/* Looked at from outside while the process inside has it mounted. */
TEST(what_is_in_the_scratch_folder_stays_inside)
{
	char why[512], byte;
	int ready[2], go[2], status = -1;

	if (!sandboxes_possible(why))
		SKIP_TEST("%s", why);
	const char *scratch = temporary_make();
	CU_ASSERT_PTR_NOT_NULL_FATAL(scratch);
	CU_ASSERT_TRUE_FATAL(pipe2(ready, O_CLOEXEC) == 0 && pipe2(go, O_CLOEXEC) == 0);
	pid_t child = fork_inside(scratch);
	if (child == 0)
		leave_file(scratch, ready[1], go[0]);
	close(ready[1]);
	CU_ASSERT_EQUAL(read(ready[0], &byte, 1), 1);
	ASSERT_NUMBER(folder_count(scratch), 0);
	CU_ASSERT_EQUAL(rmdir(scratch), 0);
	CU_ASSERT_EQUAL(write(go[1], "x", 1), 1);
	CU_ASSERT_EQUAL(waitpid(child, &status, 0), child);
	ASSERT_NUMBER(status, 0);
	close(ready[0]);
	close(go[0]);
	close(go[1]);
	temporary_remove();
}

TEST_INSIDE(loopback_is_up_for_both_families)
{
	struct sockaddr_in6 address = {.sin6_family = AF_INET6,
		.sin6_port = htons(8898),
		.sin6_addr = IN6ADDR_LOOPBACK_INIT};
	int listener = bind_at(AF_INET6, SOCK_STREAM, 8898);
	int client = socket(AF_INET6, SOCK_STREAM, 0);

	INSIDE(bind_at(AF_INET, SOCK_STREAM, 8898) >= 0);
	INSIDE(listener >= 0 && listen(listener, 1) == 0);
	INSIDE(connect(client, (struct sockaddr *)&address, sizeof address) == 0);
}

/* A program has none of these; this process still does. */
static bool drop_capabilities(void)
{
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct none[2] = {{0}};

	return syscall(SYS_capset, &header, none) == 0;
}

TEST_INSIDE(ports_below_1024_can_be_bound)
{
	if (access("/proc/sys/net/ipv4/ip_unprivileged_port_start", W_OK) != 0)
		return; /* as documented: where /proc/sys is read-only they stay closed */
	INSIDE(drop_capabilities());
	INSIDE(bind_at(AF_INET, SOCK_STREAM, 80) >= 0);
	INSIDE(bind_at(AF_INET6, SOCK_DGRAM, 1) >= 0);
}

TEST_INSIDE(the_kernels_counters_start_at_zero)
{
	char line[2048];
	unsigned long long received = 1;
	FILE *file = fopen("/proc/net/snmp", "re");

	INSIDE(file != NULL);
	while (fgets(line, sizeof line, file) != NULL)
		if (strncmp(line, "Udp: ", 5) == 0 && line[5] >= '0' && line[5] <= '9')
			received = strtoull(line + 5, NULL, 10);
	fclose(file);
	INSIDE_NUMBER(received, 0);
	INSIDE_NUMBER(number_in("/proc/net/sockstat", "TCP: inuse ", 10), 0);
}

static int port_outside;

static void nobody_there(void)
{
	struct sockaddr_in address = {.sin_family = AF_INET,
		.sin_port = htons((uint16_t)port_outside),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int client = socket(AF_INET, SOCK_STREAM, 0);

	INSIDE(connect(client, (struct sockaddr *)&address, sizeof address) != 0 &&
		errno == ECONNREFUSED);
	INSIDE(bind_at(AF_INET, SOCK_STREAM, (uint16_t)port_outside) >= 0);
}

TEST(ports_of_the_host_are_free_inside)
{
	char why[512];
	struct sockaddr_in address = {0};
	socklen_t length = sizeof address;
	int listener = bind_at(AF_INET, SOCK_STREAM, 0);

	if (!sandboxes_possible(why))
		SKIP_TEST("%s", why);
	CU_ASSERT_TRUE_FATAL(listener >= 0 && listen(listener, 1) == 0);
	CU_ASSERT_EQUAL(getsockname(listener, (struct sockaddr *)&address, &length), 0);
	port_outside = ntohs(address.sin_port);
	RUN_INSIDE(nobody_there);
	close(listener);
}

TEST(why_a_sandbox_cannot_be_made_is_told)
{
	struct error error = {""};
	char why[512];

	if (!sandboxes_possible(why))
		SKIP_TEST("%s", why);
	CU_ASSERT_FALSE(prepare_in_child("/no/such/folder", &error));
	ASSERT_TEXT(error.text, "mount tmpfs on /no/such/folder: No such file or directory");
}

TEST(an_interface_that_is_none_is_told)
{
	struct error error = {""};

	CU_ASSERT_FALSE(network_interface_up("nothing0", &error));
	CU_ASSERT_PTR_NOT_NULL(strstr(error.text, "bring up nothing0: "));
}
