#include "wirecheck.h"

CASE(.proves = "a program does not listen within the limit of a wait",
	.clause = "none: fails on purpose")
{
	start("udp_hello_server");
	until_listening(TCP, 8898);
}
