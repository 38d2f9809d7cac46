/* screen.c, lines.c and terminal.c: what a person reads while a run goes on and at its end. */
#include "telling.h"
#include "unit.h"

#define CLEAR "\r\033[K"

/* Where the run stands, in a line that is not wrapped. */
#define AT(count, name) "\033[?7l[" count "] " name "\033[?7h"

TEST(lines_name_each_case_and_then_what_did_not_pass)
{
	telling_begin(&lines_format, 4, false);
	telling_round(NULL, NULL);
	telling_verdict(PASS, "a", 1, NULL);
	telling_verdict(FAIL, "b", 1, "wrong");
	telling_verdict(BROKEN, "c", 2, "lost");
	telling_verdict(SKIP, "d", 1, "no IPv6");
	ASSERT_TEXT(telling_end(), "PASS a\n"
				   "FAIL b\n"
				   "  cases/tcp/hello.c:18: expect_exit(server, 0)\n"
				   "    wrong\n"
				   "BROKEN c (run 2)\n"
				   "  cases/tcp/hello.c:18: expect_exit(server, 0)\n"
				   "    lost\n"
				   "SKIP d\n"
				   "failed b\n"
				   "broken c\n"
				   "skipped d: no IPv6\n"
				   "1 passed, 1 failed, 1 broken, 1 skipped in 1.50 s\n");
}

TEST(verbose_lines_show_what_held_and_a_pass_once)
{
	telling_begin(&lines_format, 2, true);
	telling_round(NULL, NULL);
	telling_verdict(PASS, "a", 1, NULL);
	telling_verdict(SKIP, "b", 1, "no IPv6");
	ASSERT_TEXT(telling_end(), "PASS a\n"
				   "  held cases/tcp/hello.c:18: expect_exit(server, 0)\n"
				   "SKIP b\n"
				   "skipped b: no IPv6\n"
				   "1 passed, 0 failed, 0 broken, 1 skipped in 1.50 s\n");
}

TEST(a_matrix_has_a_heading_and_counts_for_each_cell)
{
	telling_begin(&lines_format, 2, false);
	telling_round("c", "c");
	telling_verdict(PASS, "a", 1, NULL);
	telling_round("c", "sh");
	telling_verdict(FAIL, "a", 1, "wrong");
	ASSERT_TEXT(telling_end(), "client c, server c\n"
				   "PASS a\n"
				   "1 passed, 0 failed, 0 broken, 0 skipped in 0.25 s\n\n"
				   "client c, server sh\n"
				   "FAIL a\n"
				   "  cases/tcp/hello.c:18: expect_exit(server, 0)\n"
				   "    wrong\n"
				   "0 passed, 1 failed, 0 broken, 0 skipped in 0.25 s\n\n"
				   "passed/failed/broken/skipped\n"
				   "client \\ server  c        sh\n"
				   "c                1/0/0/0  0/1/0/0\n"
				   "sh               -        -\n"
				   "failed a (client c, server sh)\n"
				   "1 passed, 1 failed, 0 broken, 0 skipped in 1.50 s\n");
}

TEST(a_terminal_has_one_line_that_is_written_over)
{
	telling_begin(&terminal_format, 3, false);
	telling_round(NULL, NULL);
	telling_verdict(PASS, "a", 1, NULL);
	telling_verdict(FAIL, "b", 1, "wrong");
	telling_verdict(SKIP, "c", 1, "no IPv6");
	ASSERT_TEXT(telling_end(), CLEAR AT("1/3", "a") CLEAR
		"FAIL b\n"
		"  cases/tcp/hello.c:18: expect_exit(server, 0)\n"
		"    wrong\n" CLEAR AT("2/3", "b") CLEAR AT("3/3", "c") CLEAR
		"failed b\n"
		"skipped c: no IPv6\n"
		"1 passed, 1 failed, 0 broken, 1 skipped in 1.50 s\n");
}

TEST(a_verbose_terminal_keeps_a_line_for_each_case)
{
	telling_begin(&terminal_format, 2, true);
	telling_round(NULL, NULL);
	telling_verdict(PASS, "a", 1, NULL);
	telling_verdict(SKIP, "b", 1, "no IPv6");
	ASSERT_TEXT(telling_end(),
		CLEAR "PASS a\n"
		      "  held cases/tcp/hello.c:18: expect_exit(server, 0)\n" CLEAR AT("1/2", "a")
			      CLEAR AT("2/2", "b") CLEAR
		"SKIP b\n" CLEAR "skipped b: no IPv6\n"
		"1 passed, 0 failed, 0 broken, 1 skipped in 1.50 s\n");
}
