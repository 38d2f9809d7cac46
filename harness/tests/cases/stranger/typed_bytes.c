/* PASS: a program reads bytes with NULs and lines in pieces; of a terminal the longest line. */
#include "wirecheck.h"

CASE(.proves = "what is typed comes as it was typed", .clause = "verbs/dialogue.h, type_bytes")
{
	struct program *pipe = start_tool("cat");
	type_text(pipe, "one ");
	type_line(pipe, "line");
	type_bytes(pipe, BYTES("a\0b"));
	end_input(pipe);
	expect_output_bytes(pipe, BYTES("one line\na\0b"));
	expect_exit(pipe, 0);

	struct program *reader =
		start_tool_with(LAUNCH(.terminal = true, .environment = ENVIRONMENT("A=1", "B=2")),
			"sh", "-c", "read -r line; echo ${#line} $A$B; test -t 2");
	type_line(reader, letters(4095));
	until_error_printed(reader, "4095 12\n");
	expect_exit(reader, 0);
}
