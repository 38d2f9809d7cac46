/* Verdicts are the same whatever the host has, and whoever runs wirecheck. */
#include "base/buffer.h"
#include "command.h"
#include "selftest.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A user that no system has, and that so has no subordinate users either. */
#define ORDINARY "54321"

#define AS_ORDINARY \
	"setpriv", "--reuid", ORDINARY, "--regid", ORDINARY, "--clear-groups", "--no-new-privs"

/* What a run printed, up to its counts: these have the time that it took. */
static void cut_counts(struct command *command)
{
	char *out = (char *)command->out.data;

	CU_ASSERT_PTR_NOT_NULL_FATAL(out);
	char *counts = strstr(out, "\nskipped ");
	if (counts == NULL)
		counts = strstr(out, " passed, ");
	CU_ASSERT_PTR_NOT_NULL_FATAL(counts);
	*counts = '\0';
}

/* Two runs of the same cases: both have the same verdicts, and no case fails. */
static void compare(struct command *usual, struct command *other)
{
	ASSERT_NUMBER(usual->status, 0);
	ASSERT_NUMBER(other->status, 0);
	ASSERT_TEXT(buffer_text(&other->err), "");
	cut_counts(usual);
	cut_counts(other);
	ASSERT_TEXT(buffer_text(&other->out), buffer_text(&usual->out));
	command_free(usual);
	command_free(other);
}

static const char *open_folder(const char *name)
{
	const char *path = ground_path("%s", name);

	CU_ASSERT_EQUAL_FATAL(mkdir(path, 0777), 0);
	CU_ASSERT_EQUAL_FATAL(chmod(path, 0777), 0);
	return path;
}

TEST(all_verdicts_are_the_same_on_another_host)
{
	struct command usual, other;

	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	CU_ASSERT_TRUE_FATAL(command_run(
		&usual, LINE(build_path("wirecheck"), "--captures", open_folder("usual")), NULL));
	CU_ASSERT_TRUE_FATAL(command_run(&other,
		LINE(build_path("harness/tests/machine"), "other", build_path("wirecheck"),
			"--captures", open_folder("other")),
		NULL));
	compare(&usual, &other);
	ground_remove();
}

/* These cases show in full what they find of a host. */
TEST(what_programs_find_is_the_same_on_another_host)
{
	struct command command;

	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	CU_ASSERT_TRUE_FATAL(command_run(&command,
		LINE(build_path("harness/tests/machine"), "other",
			build_path("harness/tests/selftest"), "--impl",
			build_path("harness/tests/programs"), "--captures", ground_path("captures"),
			"stranger/inherited", "stranger/looks_up", "stranger/member_any"),
		NULL));
	if (command.status != 0)
		ASSERT_TEXT(buffer_text(&command.out), "");
	ASSERT_NUMBER(command.status, 0);
	command_free(&command);
	ground_remove();
}

/* Only the tester may use the ground's folder. The other user must find its own below it. */
static bool ordinary_can(const char *path)
{
	struct command command;

	CU_ASSERT_TRUE_FATAL(command_run(&command, LINE(AS_ORDINARY, "test", "-x", path), NULL));
	bool can = command.status == 0;
	command_free(&command);
	return can;
}

TEST(all_verdicts_are_the_same_for_root_and_for_an_ordinary_user)
{
	struct command root, ordinary;

	if (geteuid() != 0)
		SKIP_TEST("needs root, to be both");
	NEEDS_SANDBOXES();
	if (!ordinary_can(build_path("wirecheck")))
		SKIP_TEST("user " ORDINARY " may not execute %s", build_path("wirecheck"));
	CU_ASSERT_TRUE_FATAL(ground_make());
	CU_ASSERT_EQUAL(chmod(ground_path("."), 0755), 0);
	CU_ASSERT_EQUAL(chmod(ground_path("scratch"), 0777), 0);
	CU_ASSERT_TRUE_FATAL(command_run(
		&root, LINE(build_path("wirecheck"), "--captures", open_folder("root")), NULL));
	CU_ASSERT_TRUE_FATAL(command_run(&ordinary,
		LINE(AS_ORDINARY, build_path("wirecheck"), "--captures", open_folder("ordinary")),
		NULL));
	compare(&root, &ordinary);
	ground_remove();
}

/* Where there are other users; where there are none the case is skipped, and says why. */
TEST(a_program_that_needs_users_has_them_or_the_case_is_skipped)
{
	struct command command;

	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	CU_ASSERT_TRUE_FATAL(command_run(&command,
		LINE(build_path("harness/tests/selftest"), "--impl",
			build_path("harness/tests/programs"), "--captures", ground_path("captures"),
			"host/becomes_nobody"),
		NULL));
	const char *said = buffer_text(&command.out);
	bool skipped = strstr(said, "may map none here (subuid(5), newuidmap(1))") != NULL;
	if (strncmp(said, "PASS", 4) != 0 && (!skipped || geteuid() == 0))
		ASSERT_TEXT(said, "PASS");
	command_free(&command);
	ground_remove();
}

TEST(an_ordinary_user_without_others_is_told_so)
{
	struct command command;

	if (geteuid() != 0)
		SKIP_TEST("needs root, to be such a user");
	NEEDS_SANDBOXES();
	if (!ordinary_can(build_path("harness/tests/selftest")))
		SKIP_TEST("user " ORDINARY " may not execute %s", build_path("wirecheck"));
	CU_ASSERT_TRUE_FATAL(ground_make());
	CU_ASSERT_EQUAL(chmod(ground_path("."), 0755), 0);
	CU_ASSERT_EQUAL(chmod(ground_path("scratch"), 0777), 0);
	CU_ASSERT_TRUE_FATAL(command_run(&command,
		LINE(AS_ORDINARY, build_path("harness/tests/selftest"), "--impl",
			build_path("harness/tests/programs"), "--captures", open_folder("told"),
			"host/becomes_nobody"),
		NULL));
	CU_ASSERT_PTR_NOT_NULL(strstr(buffer_text(&command.out),
		"skipped host/becomes_nobody: becomes_nobody is to be root and needs other users: "
		"user " ORDINARY " may map none here (subuid(5), newuidmap(1))\n"));
	command_free(&command);
	ground_remove();
}

TEST(a_case_two_folders_deep_runs_alone)
{
	struct command command;

	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	CU_ASSERT_TRUE_FATAL(selftest_run(&command, LINE("host/deep/two_folders")));
	ASSERT_NUMBER(command.status, 0);
	CU_ASSERT_EQUAL(access(ground_path("captures/host/deep/two_folders.pcapng"), F_OK), 0);
	command_free(&command);
	ground_remove();
}

/* A project in /tmp stays visible, wherever links lead, and so do its captures. */
TEST(programs_and_captures_may_be_in_a_shared_folder)
{
	char folder[] = "/tmp/wirecheck-test.XXXXXX", link[64], path[128];
	struct command command;

	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(folder));
	snprintf(link, sizeof link, "%s.link", folder);
	CU_ASSERT_EQUAL(symlink(folder, link), 0);
	snprintf(path, sizeof path, "%s/impl", folder);
	CU_ASSERT_EQUAL(symlink(build_path("impl"), path), 0);
	snprintf(path, sizeof path, "%s/impl", link);
	for (int i = 0; i < 2; i++) {
		const char *scratch = i == 0 ? "TMPDIR=" : "TMPDIR=/dev/shm";
		CU_ASSERT_TRUE_FATAL(command_run(&command,
			LINE(build_path("wirecheck"), "--impl", path, "--captures", link,
				"tcp/hello"),
			LINE(scratch)));
		ASSERT_TEXT(buffer_text(&command.err), "");
		ASSERT_NUMBER(command.status, 0);
		command_free(&command);
	}
	CU_ASSERT_TRUE_FATAL(command_run(&command, LINE("rm", "-r", folder, link), NULL));
	ASSERT_NUMBER(command.status, 0);
	command_free(&command);
	ground_remove();
}

/* The folder itself: its programs are found, captures come into it, and otherwise it is empty. */
TEST(programs_and_captures_may_be_a_shared_folder_itself)
{
	struct command command;
	const char *const script =
		"mount -t tmpfs x /dev/shm && cp $0/tcp_hello_* /dev/shm && cd /dev/shm && "
		"$1 --impl /dev/shm --captures /dev/shm tcp/hello && "
		"test -f /dev/shm/tcp/hello.pcapng && ls /dev/shm";

	NEEDS_SANDBOXES();
	if (access("/dev/shm", W_OK) != 0)
		SKIP_TEST("no /dev/shm here");
	CU_ASSERT_TRUE_FATAL(ground_make());
	CU_ASSERT_TRUE_FATAL(command_run(&command,
		LINE("unshare", "-rm", "sh", "-c", script, build_path("impl"),
			build_path("wirecheck")),
		NULL));
	ASSERT_TEXT(buffer_text(&command.err), "");
	if (command.status != 0)
		ASSERT_TEXT(buffer_text(&command.out), "");
	ASSERT_NUMBER(command.status, 0);
	CU_ASSERT_PTR_NOT_NULL(strstr(buffer_text(&command.out),
		"tcp\ntcp_hello_client\ntcp_hello_server\nverdicts.tsv"));
	command_free(&command);
	ground_remove();
}
