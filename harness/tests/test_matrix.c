/* matrix.c: every client with every server, the table of them, and what the formats say of it. */
#include "command/matrix.h"
#include "selftest.h"
#include "unit.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- The text of --matrix ---- */

static struct matrix matrix;

static void check_refused(const char *text, const char *message)
{
	struct error error = {""};

	memset(&matrix, 0, sizeof matrix);
	CU_ASSERT_FALSE(matrix_parse(&matrix, text, &error));
	ASSERT_TEXT(error.text, message);
}

TEST(names_and_folders_are_read)
{
	struct error error = {""};

	memset(&matrix, 0, sizeof matrix);
	CU_ASSERT_TRUE(matrix_parse(&matrix, "c=/tmp,my-Sh_2.0=/usr/../usr,d=/tmp", &error));
	ASSERT_TEXT(error.text, "");
	ASSERT_NUMBER(matrix.count, 3);
	ASSERT_TEXT(matrix.members[0].name, "c");
	ASSERT_TEXT(matrix.members[0].folder, "/tmp");
	ASSERT_TEXT(matrix.members[1].name, "my-Sh_2.0");
	ASSERT_TEXT(matrix.members[1].folder, "/usr");
	ASSERT_TEXT(matrix.members[2].name, "d");
}

TEST(what_is_no_matrix_is_refused)
{
	static const char name[] = " is no name: 1 to 32 letters, digits, '_', '-' and '.'";
	char text[256];

	check_refused("", "--matrix:  is not NAME=DIR");
	check_refused("c", "--matrix: c is not NAME=DIR");
	check_refused("c=", "--matrix: c= is not NAME=DIR");
	check_refused("c=/tmp,", "--matrix:  is not NAME=DIR");
	check_refused("c=/tmp,,d=/tmp", "--matrix:  is not NAME=DIR");
	check_refused("c,d=/tmp", "--matrix: c is not NAME=DIR");
	check_refused("c=/tmp,c=/usr", "--matrix: two are named c");
	check_refused("c=/no/such/folder", "/no/such/folder: No such file or directory");
	check_refused("c=/dev/null", "/dev/null: not a folder");
	static const char *const names[] = {
		"", ".", "..", "a/b", "a b", "\xc3\xa9", "a23456789012345678901234567890123"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		char message[256];
		snprintf(text, sizeof text, "%s=/tmp", names[i]);
		snprintf(message, sizeof message, "--matrix: %s%s", names[i], name);
		check_refused(text, message);
	}
}

TEST(there_are_at_most_sixteen)
{
	struct buffer text;
	struct error error = {""};

	buffer_init(&text, 4096);
	for (int i = 0; i < 16; i++)
		buffer_printf(&text, "%sname%d=/tmp", i > 0 ? "," : "", i);
	memset(&matrix, 0, sizeof matrix);
	CU_ASSERT_TRUE(matrix_parse(&matrix, buffer_text(&text), &error));
	buffer_printf(&text, ",one_more=/tmp");
	check_refused(buffer_text(&text), "--matrix: more than 16 implementations");
	buffer_free(&text);
}

/* ---- In which cells a line of the summary is ---- */

/* `cells` has a text for each client, and in it a letter for each server: x marks the cell. */
static void check_where(const char *const cells[], const char *expected)
{
	bool where[MATRIX_MAXIMUM][MATRIX_MAXIMUM] = {{false}};
	struct buffer out;

	memset(&matrix, 0, sizeof matrix);
	for (; cells[matrix.count] != NULL; matrix.count++) {
		matrix.members[matrix.count].name[0] = (char)('a' + (int)matrix.count);
		for (size_t server = 0; cells[matrix.count][server] != '\0'; server++)
			where[matrix.count][server] = cells[matrix.count][server] == 'x';
	}
	buffer_init(&out, 4096);
	matrix_describe(&matrix, (const bool(*)[MATRIX_MAXIMUM])where, &out);
	ASSERT_TEXT(buffer_text(&out), expected);
	buffer_free(&out);
}

TEST(what_every_cell_has_needs_no_place)
{
	check_where(LINE("x"), "");
	check_where(LINE("xx", "xx"), "");
}

TEST(whole_rows_and_columns_are_told_as_such)
{
	check_where(LINE(".x", ".x"), "server b with every client");
	check_where(LINE("xx", ".."), "client a with every server");
	check_where(LINE("xx.", "xx.", "xx."),
		"server a with every client; server b with every client");
	check_where(LINE("xxx", "..x", "..x"),
		"server c with every client; client a with every server");
}

TEST(other_cells_are_told_one_by_one)
{
	check_where(LINE("x.", ".."), "client a, server a");
	check_where(LINE(".x", "x."), "client a, server b; client b, server a");
	check_where(LINE(".x.", "xx.", ".x."), "server b with every client; client b, server a");
}

/* ---- As a user would ---- */

/* Makes the folder `name` on the ground, with the built-in programs of these names up to NULL. */
static void make_implementation(const char *name, const char *const programs[])
{
	CU_ASSERT_EQUAL_FATAL(mkdir(ground_path("%s", name), 0755), 0);
	for (; *programs != NULL; programs++)
		CU_ASSERT_EQUAL(symlink(build_path("impl/%s", *programs),
					ground_path("%s/%s", name, *programs)),
			0);
}

/* Runs tcp/hello and udp/hello with a matrix and at most 8 more options, up to NULL. */
static void run_matrix(struct command *command, const char *members, const char *fault,
	const char *const options[])
{
	const char *line[16] = {build_path("wirecheck"), "--captures", ground_path("captures"),
		"--matrix", members, "tcp/hello", "udp/hello"};

	for (size_t i = 0; i < 8 && options[i] != NULL; i++)
		line[7 + i] = options[i];
	CU_ASSERT_TRUE_FATAL(command_run(command, line, LINE(fault)));
	ASSERT_TEXT(buffer_text(&command->err), "");
}

/* Checks the table and what is below it. */
static void check_matrix(const char *members, const char *fault, int status, const char *table)
{
	struct command command;

	run_matrix(&command, members, fault, LINE(NULL));
	ASSERT_NUMBER(command.status, status);
	const char *found = strstr(buffer_text(&command.out), "\npassed/failed/broken/skipped\n");
	CU_ASSERT_PTR_NOT_NULL_FATAL(found);
	const char *end = strstr(found, " skipped in ");
	CU_ASSERT_PTR_NOT_NULL_FATAL(end);
	command.out.data[end - buffer_text(&command.out)] = '\0';
	ASSERT_TEXT(found, table);
	command_free(&command);
}

static const char *c_and_faulty(void)
{
	static char members[1024];

	snprintf(members, sizeof members, "c=%s,faulty=%s", build_path("impl"),
		build_path("harness/tests/faulty"));
	return members;
}

TEST(all_that_passes_needs_no_more_than_the_table)
{
	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	check_matrix(c_and_faulty(), NULL, 0,
		"\npassed/failed/broken/skipped\n"
		"client \\ server  c        faulty\n"
		"c                2/0/0/0  2/0/0/0\n"
		"faulty           2/0/0/0  2/0/0/0\n"
		"8 passed, 0 failed, 0 broken, 0");
	ground_remove();
}

TEST(a_faulty_server_fails_its_column)
{
	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	check_matrix(c_and_faulty(), "WIRECHECK_FAULT=tcp_hello_server: answers twice", 1,
		"\npassed/failed/broken/skipped\n"
		"client \\ server  c        faulty\n"
		"c                2/0/0/0  1/1/0/0\n"
		"faulty           2/0/0/0  1/1/0/0\n"
		"failed tcp/hello (server faulty with every client)\n"
		"6 passed, 2 failed, 0 broken, 0");
	ground_remove();
}

TEST(a_faulty_client_fails_its_row)
{
	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	check_matrix(c_and_faulty(), "WIRECHECK_FAULT=tcp_hello_client: greets twice", 1,
		"\npassed/failed/broken/skipped\n"
		"client \\ server  c        faulty\n"
		"c                2/0/0/0  2/0/0/0\n"
		"faulty           1/1/0/0  1/1/0/0\n"
		"failed tcp/hello (client faulty with every server)\n"
		"6 passed, 2 failed, 0 broken, 0");
	ground_remove();
}

TEST(what_an_implementation_lacks_is_skipped)
{
	char members[1024], table[4096];

	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	make_implementation("udp", LINE("udp_hello_server", "udp_hello_client"));
	snprintf(members, sizeof members, "c=%s,udp-alone=%s", build_path("impl"),
		ground_path("udp"));
	snprintf(table, sizeof table,
		"\npassed/failed/broken/skipped\n"
		"client \\ server  c        udp-alone\n"
		"c                2/0/0/0  1/0/0/1\n"
		"udp-alone        1/0/0/1  1/0/0/1\n"
		"skipped tcp/hello (server udp-alone with every client): "
		"tcp_hello_server: no such program in %s; nearest: udp_hello_server, "
		"udp_hello_client\n"
		"skipped tcp/hello (client udp-alone, server c): "
		"tcp_hello_client: no such program in %s; nearest: udp_hello_client, "
		"udp_hello_server\n"
		"5 passed, 0 failed, 0 broken, 3",
		ground_path("udp"), ground_path("udp"));
	check_matrix(members, NULL, 0, table);
	ground_remove();
}

TEST(a_broken_cell_makes_the_matrix_broken)
{
	char members[1024];

	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	make_implementation(
		"bad", LINE("udp_hello_server", "udp_hello_client", "tcp_hello_server"));
	/* A name that is misspelt shows nothing about any program. */
	CU_ASSERT_EQUAL(
		symlink(build_path("impl/tcp_hello_client"), ground_path("bad/tcp_helo_client")),
		0);
	snprintf(members, sizeof members, "c=%s,bad=%s", build_path("harness/tests/faulty"),
		ground_path("bad"));
	check_matrix(members, "WIRECHECK_FAULT=tcp_hello_server: answers twice", 2,
		"\npassed/failed/broken/skipped\n"
		"client \\ server  c        bad\n"
		"c                1/1/0/0  2/0/0/0\n"
		"bad              1/0/1/0  1/0/1/0\n"
		"failed tcp/hello (client c, server c)\n"
		"broken tcp/hello (client bad with every server)\n"
		"5 passed, 1 failed, 2 broken, 0");
	ground_remove();
}

TEST(each_cell_has_its_heading_its_cases_and_its_captures)
{
	struct command command;

	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	run_matrix(&command, c_and_faulty(), NULL, LINE("--repeat", "2"));
	const char *at = buffer_text(&command.out);
	static const char *const order[] = {"client c, server c\nPASS tcp/hello (2 runs)\n",
		"PASS udp/hello (2 runs)\n4 passed, 0 failed, 0 broken, 0 skipped in ",
		"\n\nclient c, server faulty\nPASS tcp/hello (2 runs)\n",
		"\n\nclient faulty, server c\nPASS", "\n\nclient faulty, server faulty\nPASS",
		"\n\npassed/failed/broken/skipped\n", "16 passed, "};
	for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
		const char *found = strstr(at, order[i]);
		if (found == NULL)
			ASSERT_TEXT(at, order[i]);
		at = found != NULL ? found + 1 : at;
	}
	static const char *const cells[] = {"c/c", "c/faulty", "faulty/c", "faulty/faulty"};
	for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
		CU_ASSERT_EQUAL(
			access(ground_path("captures/matrix/%s/tcp/hello.pcapng", cells[i]), R_OK),
			0);
	ASSERT_NUMBER(folder_count(ground_path("captures")), 1);
	ASSERT_NUMBER(folder_count(ground_path("scratch")), 0);
	command_free(&command);
	ground_remove();
}

TEST(json_names_client_and_server)
{
	struct command command;

	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	run_matrix(&command, c_and_faulty(), NULL, LINE("--json", "-"));
	const char *out = buffer_text(&command.out);
	CU_ASSERT_EQUAL(strncmp(out, "{\"name\":\"tcp/hello\",\"run\":1,", 28), 0);
	ASSERT_NUMBER(count_of(out, "\n"), 8);
	ASSERT_NUMBER(count_of(out, ",\"client\":\"c\",\"server\":\"c\"}\n"), 2);
	ASSERT_NUMBER(count_of(out, ",\"client\":\"c\",\"server\":\"faulty\"}\n"), 2);
	ASSERT_NUMBER(count_of(out, ",\"client\":\"faulty\",\"server\":\"c\"}\n"), 2);
	ASSERT_NUMBER(count_of(out, ",\"client\":\"faulty\",\"server\":\"faulty\"}\n"), 2);
	command_free(&command);
	ground_remove();
}

TEST(junit_has_a_suite_for_each_cell)
{
	struct command command;

	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	run_matrix(&command, c_and_faulty(), "WIRECHECK_FAULT=tcp_hello_server: answers twice",
		LINE("--junit", "-"));
	const char *out = buffer_text(&command.out);
	ASSERT_NUMBER(command.status, 1);
	ASSERT_NUMBER(count_of(out, "<testsuite name=\"client c, server c\" tests=\"2\" "
				    "failures=\"0\" errors=\"0\" skipped=\"0\" time=\""),
		1);
	ASSERT_NUMBER(count_of(out, "<testsuite name=\"client faulty, server faulty\" tests=\"2\" "
				    "failures=\"1\" errors=\"0\" skipped=\"0\" time=\""),
		1);
	ASSERT_NUMBER(count_of(out, "<testsuite "), 4);
	ASSERT_NUMBER(count_of(out, "<testcase "), 8);
	ASSERT_NUMBER(count_of(out, "<testcase classname=\"wirecheck.c.faulty\" "), 2);
	ASSERT_NUMBER(count_of(out, "<failure "), 2);
	command_free(&command);
	ground_remove();
}

TEST(what_does_not_go_with_a_matrix_is_refused)
{
	static const char *const options[] = {"--impl", "--server-impl", "--client-impl"};
	struct command command;

	CU_ASSERT_TRUE_FATAL(ground_make());
	for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
		CU_ASSERT_TRUE_FATAL(command_run(&command,
			LINE(build_path("wirecheck"), "--captures", ground_path("unmade"),
				"--matrix", c_and_faulty(), options[i], build_path("impl")),
			NULL));
		ASSERT_NUMBER(command.status, 2);
		ASSERT_TEXT(buffer_text(&command.out), "");
		ASSERT_TEXT(buffer_text(&command.err),
			"wirecheck: --matrix names all implementations: no --impl, --server-impl "
			"or --client-impl beside it\n");
		command_free(&command);
	}
	ASSERT_NUMBER(folder_count(ground_path("unmade")), -1);
	ground_remove();
}

TEST(fail_fast_ends_the_matrix)
{
	struct command command;

	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	run_matrix(&command, c_and_faulty(), "WIRECHECK_FAULT=udp_hello_server: answers twice",
		LINE("--fail-fast"));
	ASSERT_NUMBER(command.status, 1);
	const char *table = strstr(buffer_text(&command.out), "client \\ server");
	CU_ASSERT_PTR_NOT_NULL_FATAL(table);
	ASSERT_NUMBER(count_of(table, "client \\ server  c        faulty\n"
				      "c                2/0/0/0  1/1/0/0\n"
				      "faulty           -        -\n"
				      "failed udp/hello (client c, server faulty)\n"),
		1);
	command_free(&command);
	ground_remove();
}

TEST(an_interrupted_matrix_shows_what_it_has)
{
	char members[1024];
	struct command command;

	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	snprintf(members, sizeof members, "a=%s,b=%s", ground_path("programs"),
		ground_path("programs"));
	CU_ASSERT_TRUE_FATAL(command_start(&command,
		LINE(build_path("harness/tests/selftest"), "--captures", ground_path("captures"),
			"--matrix", members, "--repeat", "100000", "tcp/wrong_bytes"),
		NULL));
	CU_ASSERT_TRUE(command_until_printed(&command, "(run 10)"));
	CU_ASSERT_EQUAL(kill(command.pid, SIGINT), 0);
	command_finish(&command);
	ASSERT_NUMBER(command.status, 130);
	const char *table = strstr(buffer_text(&command.out), "\npassed/failed/broken/skipped\n");
	CU_ASSERT_PTR_NOT_NULL_FATAL(table);
	ASSERT_NUMBER(count_of(table, "\na                0/"), 1);
	ASSERT_NUMBER(count_of(table, "  -\n"), 2);
	ASSERT_NUMBER(count_of(table, "\nb                -"), 1);
	ASSERT_NUMBER(folder_count(ground_path("scratch")), 0);
	command_free(&command);
	ground_remove();
}
