#include "wirecheck.h"

CASE(.proves = "a program prints without end instead of listening",
	.clause = "none: fails on purpose")
{
	start("sh", "-c", "while :; do echo and on and on >&2; done");
	until_listening(TCP, 8898);
}
