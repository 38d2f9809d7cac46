/*
 * wirecheck.h, as a case sees it: a case compiles as plain C11 with all warnings, may use common
 * words for its own things, and reaches nothing by which it could change its verdict.
 */
#include "command.h"
#include "unit.h"

#include <ftw.h>
#include <glob.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define BEGIN "#include \"wirecheck.h\"\nCASE(.proves = \"it\", .clause = \"none\")\n{\n"
#define END   "\n}\n"

/* Compiles a text as a case. */
static void compile(struct command *command, const char *source)
{
	char path[4096], include[4096];

	snprintf(path, sizeof path, "%s/case.c", temporary_make());
	FILE *file = fopen(path, "we");
	CU_ASSERT_FATAL(file != NULL);
	CU_ASSERT_FATAL(fputs(source, file) >= 0 && fclose(file) == 0);
	snprintf(include, sizeof include, "%s", build_path("include"));
	CU_ASSERT_FATAL(command_run(command,
		LINE(CASE_COMPILER, "-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion",
			"-Wshadow", "-Werror", "-fsyntax-only", "-I", include, path),
		NULL));
	temporary_remove();
}

static void expect_compiled(const char *source)
{
	struct command command;

	compile(&command, source);
	ASSERT_TEXT(buffer_text(&command.err), "");
	ASSERT_NUMBER(command.status, 0);
	command_free(&command);
}

/* `because`: a part of what the compiler says. */
static void expect_refused(const char *source, const char *because)
{
	struct command command;

	compile(&command, source);
	ASSERT_HAS(buffer_text(&command.err), because);
	ASSERT_NUMBER(command.status, 1);
	command_free(&command);
}

TEST(a_case_compiles_as_plain_c)
{
	expect_compiled(BEGIN "struct program *server = start(\"tcp_hello_server\");\n"
			      "until_listening(TCP, 8898);\n"
			      "struct endpoint *client = connect_to(TCP, \"127.0.0.1\", 8898);\n"
			      "set_option(client, IPPROTO_TCP, TCP_NODELAY, 1);\n"
			      "send_bytes(client, bytes_of(\"hello\"));\n"
			      "send_signal(server, SIGTERM);\n"
			      "expect_killed(server, SIGTERM);\n"
			      "struct connection *conn = only_connection(8898);\n"
			      "expect_sent(conn, CLIENT, \"hello\");\n"
			      "expect(port_of(conn, SERVER) == 8898, \"port %d\", 1);\n"
			      "expect_datagrams(9000, from(CLIENT, \"a\"), from(SERVER, \"b\"));\n"
			      "record(\"%d\", errno);" END);
}

TEST(an_argument_with_commas_is_one_argument)
{
	expect_compiled(BEGIN "struct endpoint *client = open_socket(UDP);\n"
			      "static const unsigned char nul[] = {0, 1};\n"
			      "send_bytes(client, (struct bytes){nul, 2});\n"
			      "expect_received_bytes(client, (struct bytes){nul, 2});" END);
}

TEST(bytes_are_a_literal_wherever_they_stand)
{
	expect_compiled(
		"#include \"wirecheck.h\"\n"
		"static const struct message table[] = {\n"
		"\t{.from = CLIENT, .payload = STATIC_BYTES(\"a\\0b\")}};\n"
		"CASE(.proves = \"it\", .clause = \"none\")\n{\n"
		"struct endpoint *client = open_socket(UDP);\n"
		"send_bytes(client, BYTES(\"a\\0\" \"b\"));\n"
		"const struct message list[] = {from_bytes(CLIENT, BYTES(\"a\\0b\")),\n"
		"\tfrom_matching(SERVER, \"*\"), {.from = CLIENT, .payload = BYTES(\"\")}};\n"
		"expect_datagrams_unordered(9000, list, 3);\n"
		"expect_datagrams_unordered(9000, table, 1);\n"
		"expect_datagrams(9000, from_bytes(CLIENT, (struct bytes){NULL, 0}),\n"
		"\tfrom_bytes(SERVER, BYTES(\"a\\0b\")));\n"
		"expect_bytes(payload_of(datagram_of(9000, 1)), BYTES(\"a\\0b\"));" END);
	expect_refused(BEGIN
		"const char *text = \"a\";\nexpect_bytes(bytes_of(text), BYTES(text));" END,
		"before");
	expect_refused(BEGIN "expect_bytes(bytes_of(\"a\"), BYTES(1));" END, "before");
}

TEST(how_a_tool_is_started_is_said_in_place)
{
	expect_compiled(
		BEGIN "start_tool_with(LAUNCH(.terminal = true,\n"
		      ".environment = ENVIRONMENT(\"A=B\", \"C=D\")), \"sh\", \"-c\", \":\");" END);
}

TEST(two_cases_share_a_file_and_a_table_is_many)
{
	expect_compiled(
		"#include \"wirecheck.h\"\n"
		"CASE(.name = \"a\", .proves = \"it\", .clause = \"none\")\n{\n}\n"
		"CASE(.name = \"b\", .proves = \"it\", .clause = \"none\")\n{\n}\n"
		"static const struct {\n\tstruct case_info info;\n\tint port;\n} rows[] = {\n"
		"\t{{.name = \"c\"}, 1}, {{.name = \"d\", .needs_ipv6 = true}, 2}};\n"
		"CASE_EACH(row, rows, .proves = \"it\", .clause = \"none\")\n"
		"{\n\texpect_within(row->port, 1, 2);\n}\n");
}

/* Every verb is a macro: its name is free for variables, and for a function once it is undefined.
 */
TEST(a_case_may_have_names_of_its_own)
{
	expect_compiled(BEGIN "int counter = 1, format = 2, from = 3, fill = 4;\n"
			      "expect(counter + format + from + fill == 10, \"sum\");" END);
	expect_compiled("#include \"wirecheck.h\"\n#undef fill\n#undef format\n#undef from\n"
			"#undef counter\n#undef pattern\n"
			"static int fill(int a, int b)\n{\n\treturn a + b;\n}\n"
			"static const char *format(int number)\n{\n\treturn number > 0 ? \"a\" : "
			"\"b\";\n}\n"
			"static int from(void)\n{\n\treturn 1;\n}\n"
			"static int counter(void)\n{\n\treturn 1;\n}\n"
			"static int pattern(void)\n{\n\treturn 1;\n}\n"
			"CASE(.proves = \"it\", .clause = \"none\")\n{\n"
			"record(\"%d\", 1);\n"
			"expect(fill(from(), counter()) == 2, \"%s\", format(pattern()));" END);
}

/* Appends "#undef start" and its like for each verb but `kept`. */
static void undefine_verbs(struct buffer *out, const char *kept)
{
	char path[4096], line[1024], name[64];
	glob_t headers;
	size_t count = 0;

	snprintf(path, sizeof path, "%s/harness/verbs/*.h", source_folder());
	CU_ASSERT_EQUAL_FATAL(glob(path, 0, NULL, &headers), 0);
	for (size_t i = 0; i < headers.gl_pathc; i++) {
		FILE *file = fopen(headers.gl_pathv[i], "re");
		CU_ASSERT_FATAL(file != NULL);
		while (fgets(line, sizeof line, file) != NULL)
			if (sscanf(line, "#define %63[a-z0-9_](", name) == 1 &&
				strcmp(name, kept) != 0) {
				buffer_printf(out, "#undef %s\n", name);
				count++;
			}
		fclose(file);
	}
	globfree(&headers);
	CU_ASSERT(count > 120);
}

/* A verb that is more than a call of its function works without all others. */
TEST(a_verb_needs_no_other_verb)
{
	static const char *const calls[][2] = {
		{"record", "record(\"%d\", 1);"},
		{"expect", "expect(1 > 0, \"%d\", 1);"},
		{"expect_within", "expect_within(1 + 1, 1, 2);"},
		{"start", "start(\"a\", \"b\");"},
		{"start_with", "start_with(LAUNCH(.environment = ENVIRONMENT(\"A=B\")), \"a\");"},
		{"start_on_terminal", "start_on_terminal(\"a\");"},
		{"start_tool", "start_tool(\"a\", \"b\");"},
		{"start_tool_with", "start_tool_with(LAUNCH(.folder = \"b\"), \"a\");"},
		{"expect_bound_to_all", "expect_bound_to_all(TCP, 1, \"::1\");"},
		{"expect_fragments", "expect_fragments(NULL, 0, 185);"},
		{"expect_datagrams", "expect_datagrams(1, {.from = CLIENT});"},
		{"expect_udplite_datagrams", "expect_udplite_datagrams(1, {.from = CLIENT});"},
		{"moment_now", "(void)moment_now();"},
		{"need_ipv6", "need_ipv6();"},
		{"need_unprivileged", "need_unprivileged();"},
		{"keep_time_wait", "keep_time_wait();"},
		{"expect_no_packets", "expect_no_packets();"},
		{"allow_other_traffic", "allow_other_traffic();"},
		{"wall_clock", "(void)wall_clock();"},
	};

	for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
		struct buffer source;
		buffer_init(&source, 65536);
		buffer_printf(&source, "#include \"wirecheck.h\"\n");
		undefine_verbs(&source, calls[i][0]);
		buffer_printf(&source, "CASE(.proves = \"it\")\n{\n%s" END, calls[i][1]);
		expect_compiled(buffer_text(&source));
		buffer_free(&source);
	}
}

TEST(a_case_reaches_nothing_of_the_harness)
{
	expect_refused(BEGIN "context.results->failed = 0;" END, "undeclared");
	expect_refused(BEGIN "only_connection(8898)->looked_at = true;" END, "undefined type");
	expect_refused(BEGIN "start(\"x\")->looked_at = true;" END, "undefined type");
	expect_refused(BEGIN "datagram_of(8898, 1)->looked_at = true;" END, "undefined type");
	expect_refused(BEGIN "open_socket(TCP)->descriptor = 1;" END, "undefined type");
	expect_refused(
		BEGIN "struct moment now = moment_now();\nnow.held_up = 1;" END, "no member");
	expect_refused(BEGIN "const struct case_info **all;\nsize_t count;\n"
			     "cases_declared(&all, &count);" END,
		"implicit declaration");
	expect_refused("#include \"verbs/case_register.h\"\n" BEGIN END, "No such file");
	expect_refused("#include \"context.h\"\n" BEGIN END, "No such file");
	expect_refused("#include \"worker/context.h\"\n" BEGIN END, "No such file");
	expect_refused("#include \"base/results.h\"\n" BEGIN END, "No such file");
}

TEST(a_row_must_have_its_case)
{
	expect_refused("#include \"wirecheck.h\"\nstatic const int rows[] = {1, 2};\n"
		       "CASE_EACH(row, rows, .proves = \"it\")\n{\n\tskip(\"%d\", *row);\n}\n",
		"info");
}

static size_t files_looked_at;

/* Fails, with the file's name, when a case includes anything but wirecheck.h and the system's. */
static int check_includes(const char *path, const struct stat *status, int type, struct FTW *walk)
{
	char line[1024], included[256];

	(void)status;
	(void)walk;
	if (type != FTW_F)
		return 0;
	FILE *file = fopen(path, "re");
	CU_ASSERT_FATAL(file != NULL);
	while (fgets(line, sizeof line, file) != NULL)
		if (sscanf(line, " # include \"%255[^\"]\"", included) == 1 &&
			strcmp(included, "wirecheck.h") != 0)
			ASSERT_TEXT(path, included);
	fclose(file);
	files_looked_at++;
	return 0;
}

TEST(cases_include_nothing_else_of_the_harness)
{
	char folder[4096];

	snprintf(folder, sizeof folder, "%s/cases", source_folder());
	CU_ASSERT_EQUAL(nftw(folder, check_includes, 8, FTW_PHYS), 0);
	CU_ASSERT(files_looked_at > 50);
}

/* Fails, with its name, for a global name of the command that is none of the public headers'. */
static void check_name(const char *name)
{
	static const char *const public_names[] = {
		"case_", "bytes_", "side_", "protocol_", "state_name", "main", "_"};

	for (size_t i = 0; i < sizeof public_names / sizeof *public_names; i++)
		if (strncmp(name, public_names[i], strlen(public_names[i])) == 0)
			return;
	ASSERT_TEXT(name, "a name that cases may have");
}

/* A function of a case, whatever its name, stands in the place of none of the harness's. */
TEST(a_case_takes_no_name_from_the_harness)
{
	struct command command;
	char line[512];
	size_t names = 0;

	NEEDS_TOOL("nm");
	CU_ASSERT_FATAL(command_run(
		&command, LINE("nm", "-g", "--defined-only", build_path("command.o")), NULL));
	ASSERT_NUMBER(command.status, 0);
	FILE *lines = fmemopen(command.out.data, command.out.length, "r");
	CU_ASSERT_FATAL(lines != NULL);
	for (; fgets(line, sizeof line, lines) != NULL; names++) {
		line[strcspn(line, "\n")] = '\0';
		const char *space = strrchr(line, ' ');
		CU_ASSERT_FATAL(space != NULL);
		check_name(space + 1);
	}
	fclose(lines);
	CU_ASSERT(names > 100);
	command_free(&command);
}
