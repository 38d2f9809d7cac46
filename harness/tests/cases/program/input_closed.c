#include "wirecheck.h"

CASE(.proves = "a program closes its standard input, and then the case types a line",
	.clause = "none: fails on purpose")
{
	struct program *program =
		start("sh", "-c", "mkfifo p; exec <&-; echo 'no more questions'; read line < p");
	until_printed(program, "no more questions\n");
	type_line(program, "hello");
}
