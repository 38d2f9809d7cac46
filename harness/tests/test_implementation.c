/* Other implementations under test: what they lack, and one for each side. */
#include "implementation.h"
#include "selftest.h"
#include "unit.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Runs a command and checks its status, that its output has a text, and that it has no errors. */
static void check_run(
	const char *const arguments[], const char *environment, int status, const char *out)
{
	struct command command;

	CU_ASSERT_TRUE_FATAL(command_run(&command, arguments, LINE(environment)));
	ASSERT_NUMBER(command.status, status);
	if (strstr(buffer_text(&command.out), out) == NULL)
		ASSERT_TEXT(buffer_text(&command.out), out);
	ASSERT_TEXT(buffer_text(&command.err), "");
	command_free(&command);
}

/* An implementation in which `name` is this script, and nothing else is. */
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
		"skipped tcp/hello: tcp_hello_client: no such program in %s\n"
		"1 passed, 0 failed, 0 broken, 1 skipped in ",
		ground_path("programs"));
	check_run(LINE(build_path("wirecheck"), "--impl", ground_path("programs"), "--captures",
			  ground_path("captures"), "tcp/hello", "udp/hello"),
		NULL, 0, reason);
	ground_remove();
}

TEST(a_program_that_is_there_but_cannot_be_started_is_broken)
{
	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	CU_ASSERT_EQUAL(unlink(ground_path("programs/tcp_hello_client")), 0);
	CU_ASSERT_EQUAL(symlink("not_executable", ground_path("programs/tcp_hello_client")), 0);
	check_run(LINE(build_path("wirecheck"), "--impl", ground_path("programs"), "--captures",
			  ground_path("captures"), "tcp/hello"),
		NULL, 2, "/programs/tcp_hello_client is not executable\n");
	CU_ASSERT_EQUAL(unlink(ground_path("programs/tcp_hello_client")), 0);
	CU_ASSERT_EQUAL(symlink("nowhere", ground_path("programs/tcp_hello_client")), 0);
	check_run(LINE(build_path("wirecheck"), "--impl", ground_path("programs"), "--captures",
			  ground_path("captures"), "tcp/hello"),
		NULL, 2, "tcp_hello_client: no such program in ");
	ground_remove();
}

/* The tests' command has no built-in programs beside it. */
TEST(a_built_in_program_that_is_lacking_is_broken)
{
	char text[1024];

	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	snprintf(text, sizeof text,
		"BROKEN program/missing\n"
		"  harness/tests/cases/program/missing.c:5: start(\"no_such_server\", "
		"\"127.0.0.1\", \"8898\")\n"
		"    no_such_server: no such program in %s\n",
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

/* Runs tcp/hello with a fault, and the faulty programs on the sides that `first` and so on name. */
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
