/*
 * implementation.c: folders that the user names for the programs of one side or of both, and what
 * it means that a program is not in them.
 */
#include "kernel/implementation.h"
#include "selftest.h"
#include "unit.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Runs a command and checks its status, that its output has a text, and what its errors are. */
static void check_errors(const char *const arguments[], const char *environment, int status,
	const char *out, const char *errors)
{
	struct command command;

	CU_ASSERT_TRUE_FATAL(command_run(&command, arguments, LINE(environment)));
	ASSERT_NUMBER(command.status, status);
	if (strstr(buffer_text(&command.out), out) == NULL)
		ASSERT_TEXT(buffer_text(&command.out), out);
	ASSERT_TEXT(buffer_text(&command.err), errors);
	command_free(&command);
}

static void check_run(
	const char *const arguments[], const char *environment, int status, const char *out)
{
	check_errors(arguments, environment, status, out, "");
}

/* Makes the folder `scripts` on the ground, with this script as `name` and nothing else. */
static void make_script(const char *name, const char *text)
{
	CU_ASSERT_EQUAL_FATAL(mkdir(ground_path("scripts"), 0755), 0);
	FILE *file = fopen(ground_path("scripts/%s", name), "w");
	CU_ASSERT_PTR_NOT_NULL_FATAL(file);
	CU_ASSERT_TRUE(fputs(text, file) != EOF);
	CU_ASSERT_EQUAL(fclose(file), 0);
	CU_ASSERT_EQUAL(chmod(ground_path("scripts/%s", name), 0755), 0);
}

TEST(a_program_is_on_the_side_that_its_name_ends_in)
{
	static const char *const clients[] = {
		"tcp_hello_client", "can_hello_sender", "file_exchange_writer", "a_client"};
	static const char *const servers[] = {"tcp_hello_server", "can_hello_receiver",
		"file_exchange_reader", "socket_parameters", "client", "_client",
		"tcp_hello_client2", "client_of_all", ""};

	for (size_t i = 0; i < sizeof clients / sizeof *clients; i++)
		ASSERT_NUMBER(program_side(clients[i]), CLIENT);
	for (size_t i = 0; i < sizeof servers / sizeof *servers; i++)
		ASSERT_NUMBER(program_side(servers[i]), SERVER);
}

TEST(what_is_not_in_the_folder_is_lacking)
{
	CU_ASSERT_TRUE_FATAL(ground_make());
	CU_ASSERT_EQUAL(symlink("/no/such/program", ground_path("programs/leads_nowhere")), 0);
	CU_ASSERT_TRUE(implementation_lacks(ground_path("programs"), "no_such_server"));
	CU_ASSERT_FALSE(implementation_lacks(ground_path("programs"), "tcp_hello_server"));
	CU_ASSERT_FALSE(implementation_lacks(ground_path("programs"), "not_executable"));
	CU_ASSERT_FALSE(implementation_lacks(ground_path("programs"), "leads_nowhere"));
	ground_remove();
}

TEST(a_program_that_is_lacking_makes_its_cases_skip)
{
	char reason[1024];

	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	CU_ASSERT_EQUAL(unlink(ground_path("programs/tcp_hello_client")), 0);
	snprintf(reason, sizeof reason,
		"SKIP tcp/hello\nPASS udp/hello\n"
		"skipped tcp/hello: tcp_hello_client: no such program in %s; "
		"nearest: udp_hello_client, ",
		ground_path("programs"));
	check_run(LINE(build_path("wirecheck"), "--impl", ground_path("programs"), "--captures",
			  ground_path("captures"), "tcp/hello", "udp/hello"),
		NULL, 0, reason);
	check_run(LINE(build_path("wirecheck"), "--fail-on-skip", "--impl", ground_path("programs"),
			  "--captures", ground_path("captures"), "tcp/hello", "udp/hello"),
		NULL, 1, "1 passed, 0 failed, 0 broken, 1 skipped in ");
	check_errors(LINE(build_path("wirecheck"), "--impl", ground_path("programs"), "--captures",
			     ground_path("captures"), "tcp/hello"),
		NULL, 2, "0 passed, 0 failed, 0 broken, 1 skipped in ",
		"wirecheck: nothing was tested: no case passed and none failed\n");
	ground_remove();
}

TEST(a_name_that_is_misspelt_in_the_folder_is_broken)
{
	char text[1024];

	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	CU_ASSERT_EQUAL(rename(ground_path("programs/tcp_hello_server"),
				ground_path("programs/tcp_helo_server")),
		0);
	snprintf(text, sizeof text,
		"    tcp_hello_server: no such program in %s, which has tcp_helo_server, the name "
		"of no program: is it misspelt?\n",
		ground_path("programs"));
	check_run(LINE(build_path("wirecheck"), "--impl", ground_path("programs"), "--captures",
			  ground_path("captures"), "tcp/hello"),
		NULL, 2, text);
	ground_remove();
}

TEST(a_folder_with_nothing_to_test_is_refused)
{
	char text[1024], members[1024];

	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	snprintf(
		text, sizeof text, "wirecheck: %s: no executable in it\n", ground_path("captures"));
	snprintf(members, sizeof members, "c=%s,none=%s", build_path("impl"),
		ground_path("captures"));
	check_errors(LINE(build_path("wirecheck"), "--impl", ground_path("captures"), "tcp/hello"),
		NULL, 2, "", text);
	check_errors(
		LINE(build_path("wirecheck"), "--matrix", members, "tcp/hello"), NULL, 2, "", text);
	ground_remove();
}

/* tcp/simultaneous_close starts no program: it passes whatever is in the folder. */
TEST(a_folder_of_which_no_program_is_asked_for_is_no_success)
{
	char text[1024];

	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	make_script("my_editor", "#!/bin/sh\n");
	snprintf(text, sizeof text,
		"wirecheck: %s: none of the programs that the cases asked for is in it\n",
		ground_path("scripts"));
	check_errors(LINE(build_path("wirecheck"), "--impl", ground_path("scripts"), "--captures",
			     ground_path("captures"), "tcp/hello", "tcp/simultaneous_close"),
		NULL, 2, "1 passed, 0 failed, 0 broken, 1 skipped in ", text);
	ground_remove();
}

/* Runs a case of selftest in the ground's folder, where ./a_tool is. */
static void check_tool(const char *name, int status, const char *out, const char *errors)
{
	char script[4096];

	snprintf(script, sizeof script,
		"cd '%s' && PATH='' exec '%s' --captures captures 'tool/%s'", ground_path("%s", ""),
		build_path("harness/tests/selftest"), name);
	check_errors(LINE("/bin/sh", "-c", script), NULL, status, out, errors);
}

TEST(a_tool_is_found_by_its_path)
{
	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	make_script("a_tool", "#!/bin/sh\nexit 4\n");
	CU_ASSERT_EQUAL(symlink("scripts/a_tool", ground_path("a_tool")), 0);
	FILE *file = fopen(ground_path("README"), "w");
	CU_ASSERT_PTR_NOT_NULL_FATAL(file);
	CU_ASSERT_EQUAL(fclose(file), 0);

	check_tool("by_path", 0, "PASS tool/by_path\n", "");
	check_tool("missing", 2, "skipped tool/missing: no_such_tool is not installed\n",
		"wirecheck: nothing was tested: no case passed and none failed\n");
	check_tool("not_executable", 2, "README is not executable\n", "");
	ground_remove();
}

TEST(a_program_that_is_there_but_cannot_be_started_fails)
{
	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	CU_ASSERT_EQUAL(unlink(ground_path("programs/tcp_hello_client")), 0);
	CU_ASSERT_EQUAL(symlink("not_executable", ground_path("programs/tcp_hello_client")), 0);
	check_run(LINE(build_path("wirecheck"), "--impl", ground_path("programs"), "--captures",
			  ground_path("captures"), "tcp/hello"),
		NULL, 1, "/programs/tcp_hello_client is not executable\n");
	CU_ASSERT_EQUAL(unlink(ground_path("programs/tcp_hello_client")), 0);
	CU_ASSERT_EQUAL(symlink("nowhere", ground_path("programs/tcp_hello_client")), 0);
	check_run(LINE(build_path("wirecheck"), "--impl", ground_path("programs"), "--captures",
			  ground_path("captures"), "tcp/hello"),
		NULL, 1, "tcp_hello_client: no such program in ");
	ground_remove();
}

/* There is no folder `impl` beside selftest, so it has no built-in programs. */
TEST(a_built_in_program_that_is_lacking_is_broken)
{
	char text[1024];

	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	snprintf(text, sizeof text,
		"BROKEN program/missing\n"
		"  proves a program is not there\n"
		"  clause none: fails on purpose\n"
		"  harness/tests/cases/program/missing.c:5: start(\"no_such_server\", "
		"\"127.0.0.1\", \"8898\")\n"
		"    no_such_server: no such program in %s, which has no executable\n",
		build_path("harness/tests/impl"));
	check_run(LINE(build_path("harness/tests/selftest"), "--captures", ground_path("captures"),
			  "program/missing"),
		NULL, 2, text);
	ground_remove();
}

TEST(a_program_may_be_a_script)
{
	char text[1024];

	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	snprintf(text, sizeof text, "#!/bin/sh\nexec '%s' \"$@\"\n",
		build_path("impl/tcp_hello_server"));
	make_script("tcp_hello_server", text);
	check_run(LINE(build_path("wirecheck"), "--server-impl", ground_path("scripts"),
			  "--captures", ground_path("captures"), "tcp/hello", "udp/hello"),
		NULL, 0, "PASS tcp/hello\nSKIP udp/hello\n");
	ground_remove();
}

/* Runs tcp/hello with one fault, and with the folders that two options name. */
static void check_sides(const char *fault, const char *first, const char *first_folder,
	const char *second, const char *second_folder, const char *out)
{
	check_run(LINE(build_path("wirecheck"), "--captures", ground_path("captures"), "tcp/hello",
			  first, first_folder, second, second_folder),
		fault, strncmp(out, "PASS", 4) == 0 ? 0 : 1, out);
}

TEST(the_sides_are_set_apart)
{
	static const char server[] = "WIRECHECK_FAULT=tcp_hello_server: answers twice";
	static const char client[] = "WIRECHECK_FAULT=tcp_hello_client: greets twice";
	char faulty[PATH_MAX], good[PATH_MAX];

	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	snprintf(faulty, sizeof faulty, "%s", build_path("harness/tests/faulty"));
	snprintf(good, sizeof good, "%s", build_path("impl"));
	check_sides(server, "--server-impl", faulty, NULL, NULL, "FAIL tcp/hello\n");
	check_sides(client, "--server-impl", faulty, NULL, NULL, "PASS tcp/hello\n");
	check_sides(server, "--client-impl", faulty, NULL, NULL, "PASS tcp/hello\n");
	check_sides(client, "--client-impl", faulty, NULL, NULL, "FAIL tcp/hello\n");
	check_sides(server, "--server-impl", good, "--impl", faulty, "PASS tcp/hello\n");
	check_sides(client, "--server-impl", good, "--impl", faulty, "FAIL tcp/hello\n");
	check_sides(client, "--impl", faulty, "--client-impl", good, "PASS tcp/hello\n");
	ground_remove();
}

TEST(a_folder_that_is_none_is_refused_on_either_side)
{
	static const char *const options[] = {"--impl", "--server-impl", "--client-impl"};
	struct command command;

	for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
		CU_ASSERT_TRUE_FATAL(command_run(&command,
			LINE(build_path("wirecheck"), options[i], "/no/such/folder", "tcp/hello"),
			NULL));
		ASSERT_NUMBER(command.status, 2);
		ASSERT_TEXT(buffer_text(&command.err),
			"wirecheck: /no/such/folder: No such file or directory\n");
		ASSERT_TEXT(buffer_text(&command.out), "");
		command_free(&command);
	}
}
