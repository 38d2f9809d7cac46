/* markdown.c: text that would be markup, the document, and what it is in a CI's summary. */
#include "command/markdown.h"
#include "selftest.h"
#include "telling.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

TEST(code_is_between_more_backticks_than_it_has)
{
	check_written(markdown_code, "a | b <c> *d* [e](f) \\", "`a | b <c> *d* [e](f) \\`");
	check_written(markdown_code, "a`b", "`` a`b ``");
	check_written(markdown_code, "``", "``` `` ```");
	check_written(markdown_code, "a`b``c```", "```` a`b``c``` ````");
	check_written(markdown_code, " a ", "`  a  `");
}

TEST(code_is_one_line)
{
	check_written(markdown_code, "a\n\n# b\r\n\tc", "`a  # b" REPLACEMENT "  c`");
	check_written(markdown_code, "\x1b[1m\x7f\xc2\x9b\xff",
		"`" REPLACEMENT "[1m" REPLACEMENT REPLACEMENT REPLACEMENT "`");
	check_written(markdown_code, "h\xc3\xa9 \xf0\x9f\x98\x80", "`h\xc3\xa9 \xf0\x9f\x98\x80`");
}

TEST(html_has_no_elements)
{
	check_written(markdown_html, "</summary><script>&amp;\n",
		"&lt;/summary&gt;&lt;script&gt;&amp;amp; ");
	check_written(markdown_html, "\xe2\x82<\xff", REPLACEMENT REPLACEMENT "&lt;" REPLACEMENT);
	check_written(markdown_html, "", "");
}

TEST(a_block_is_between_longer_fences_than_it_has)
{
	check_written(markdown_block, "", "```text\n\n```\n");
	check_written(markdown_block, "a\n<b>\n", "```text\na\n<b>\n```\n");
	check_written(markdown_block, "a\n```\nb", "````text\na\n```\nb\n````\n");
	check_written(
		markdown_block, "a\n`````\n~~~~~~~\n", "``````text\na\n`````\n~~~~~~~\n``````\n");
	check_written(markdown_block, "a\tb\x1b\xff\r\n",
		"```text\na\tb" REPLACEMENT REPLACEMENT REPLACEMENT "\n```\n");
}

TEST(a_run_that_passed_is_its_counts)
{
	telling_begin(&markdown_format, 2, false);
	telling_round(NULL, NULL);
	telling_verdict(PASS, "a", 1, NULL);
	telling_verdict(PASS, "b", 1, NULL);
	ASSERT_TEXT(telling_end(), "## wirecheck\n\n"
				   "2 passed, 0 failed, 0 broken, 0 skipped in 0.25 s\n");
}

TEST(what_did_not_pass_has_its_reason_and_its_text)
{
	telling_begin(&markdown_format, 3, false);
	telling_round(NULL, NULL);
	telling_verdict(FAIL, "a<b>", 1, "expected `0`\n```\nfound 1");
	telling_verdict(BROKEN, "c", 2, "lost");
	telling_verdict(SKIP, "d", 1, "no\nIPv6");
	ASSERT_TEXT(telling_end(),
		"## wirecheck\n\n"
		"0 passed, 1 failed, 1 broken, 1 skipped in 0.25 s\n\n"
		"- FAIL `a<b>`: `` cases/tcp/hello.c:18: expect_exit(server, 0): expected `0` ``\n"
		"- BROKEN `c` (run 2): `cases/tcp/hello.c:18: expect_exit(server, 0): lost`\n"
		"- SKIP `d`: `no IPv6`\n\n"
		"<details><summary>FAIL a&lt;b&gt;</summary>\n\n"
		"````text\n"
		"  cases/tcp/hello.c:18: expect_exit(server, 0)\n"
		"    expected `0`\n"
		"    ```\n"
		"    found 1\n"
		"````\n\n"
		"</details>\n\n"
		"<details><summary>BROKEN c (run 2)</summary>\n\n"
		"```text\n"
		"  cases/tcp/hello.c:18: expect_exit(server, 0)\n"
		"    lost\n"
		"```\n\n"
		"</details>\n");
}

TEST(a_matrix_shows_cells_that_did_not_pass_and_a_table_of_all)
{
	telling_begin(&markdown_format, 3, false);
	telling_round("c", "c");
	telling_verdict(PASS, "a", 1, NULL);
	telling_round("c", "my_sh");
	telling_verdict(SKIP, "a", 1, "none");
	telling_round("my_sh", "c");
	telling_verdict(PASS, "a", 1, NULL);
	ASSERT_TEXT(telling_end(), "## wirecheck\n\n"
				   "### Client `c`, server `my_sh`\n\n"
				   "0 passed, 0 failed, 0 broken, 1 skipped in 0.25 s\n\n"
				   "- SKIP `a`: `none`\n\n"
				   "### All\n\n"
				   "passed/failed/broken/skipped\n\n"
				   "| client, server | `c` | `my_sh` |\n"
				   "| --- | --- | --- |\n"
				   "| `c` | 1/0/0/0 | 0/0/0/1 |\n"
				   "| `my_sh` | 1/0/0/0 | - |\n\n"
				   "2 passed, 0 failed, 0 broken, 1 skipped in 1.50 s\n");
}

/* GitHub takes a summary of at most 1 MiB; of a longer one it shows nothing. */
TEST(a_document_is_at_most_as_long_as_github_takes)
{
	static char text[300000];

	memset(text, '\xff', sizeof text - 1);
	telling_begin(&markdown_format, 5000, false);
	telling_round(NULL, NULL);
	for (unsigned i = 1; i <= 5000; i++)
		telling_verdict(i % 2 == 0 ? FAIL : SKIP, "a", i, i < 50 ? text : "short");
	const char *document = telling_end();
	size_t length = strlen(document);
	CU_ASSERT_TRUE(length > 700000 && length < 1048576);
	ASSERT_HAS(document, "0 passed, 2500 failed, 0 broken, 2500 skipped in ");
	ASSERT_HAS(document, " more did not pass: there is no room for them here.\n");
	ASSERT_HAS(document, "There is no room here for the text of ");
	ASSERT_NUMBER(count_of(document, "<details>"), count_of(document, "</details>"));
}

/* ---- As a user would ---- */

/* An implementation of udp_hello_client that prints this, by printf(1), and fails. */
static void make_client(const char *printed)
{
	FILE *file = fopen(ground_path("programs/printer"), "w");

	CU_ASSERT_PTR_NOT_NULL_FATAL(file);
	CU_ASSERT_TRUE(fprintf(file, "#!/bin/sh\nprintf '%s'; exit 1\n", printed) > 0);
	CU_ASSERT_EQUAL(fclose(file), 0);
	CU_ASSERT_EQUAL(chmod(ground_path("programs/printer"), 0755), 0);
	CU_ASSERT_EQUAL(unlink(ground_path("programs/udp_hello_client")), 0);
	CU_ASSERT_EQUAL(symlink("printer", ground_path("programs/udp_hello_client")), 0);
}

/* Fences stand at the beginning of a line, and come in pairs of the same length. */
static void check_fences(const char *document)
{
	size_t open = 0, pairs = 0;

	for (const char *line = document; *line != '\0'; line += strcspn(line, "\n") + 1) {
		size_t fence = strspn(line, "`");
		if (fence < 3 || (open > 0 && (fence < open || line[fence] != '\n')))
			continue;
		pairs += open > 0;
		open = open > 0 ? 0 : fence;
	}
	ASSERT_NUMBER(open, 0);
	ASSERT_NUMBER(pairs, 1);
}

TEST(a_program_that_prints_anything_stays_in_its_block)
{
	struct command command;
	struct buffer text;

	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	make_client("````\\n</details>\\n\\n# forged |\\n\\033[2J\\377\\001\\n");
	CU_ASSERT_TRUE_FATAL(command_run(&command,
		LINE(build_path("wirecheck"), "--impl", ground_path("programs"), "--captures",
			ground_path("captures"), "--timeout", "0.2", "--markdown",
			ground_path("summary.md"), "udp/hello"),
		NULL));
	ASSERT_NUMBER(command.status, 1);
	command_free(&command);
	buffer_init(&text, (size_t)2 << 20);
	CU_ASSERT_TRUE(read_file(ground_path("summary.md"), &text));
	const char *document = buffer_text(&text);
	static const char head[] = "## wirecheck\n\n0 passed, 1 failed, 0 broken, 0 skipped in ";
	CU_ASSERT_EQUAL(strncmp(document, head, sizeof head - 1), 0);
	ASSERT_HAS(document, "\n- FAIL `udp/hello`: ");
	ASSERT_LACKS(document, "\n# forged");
	ASSERT_LACKS(document, "\x1b");
	ASSERT_LACKS(document, "\xff");
	check_fences(document);
	buffer_free(&text);
	ground_remove();
}

TEST(standard_output_will_do)
{
	struct command command;

	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	CU_ASSERT_TRUE_FATAL(selftest_run(&command, LINE("--markdown", "-", "worker/holds")));
	ASSERT_NUMBER(command.status, 0);
	static const char head[] = "## wirecheck\n\n1 passed, 0 failed, 0 broken, 0 skipped in ";
	CU_ASSERT_EQUAL(strncmp(buffer_text(&command.out), head, sizeof head - 1), 0);
	ASSERT_NUMBER(count_of(buffer_text(&command.out), "\n"), 3);
	command_free(&command);
	ground_remove();
}
