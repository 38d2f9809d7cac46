#include "wirecheck.h"

CASE(.proves = "a program listens on another address within the limit of a wait",
	.clause = "none: fails on purpose")
{
	listen_on("127.0.0.2", 8898);
	until_listening_at(TCP, "127.0.0.1", 8898);
}
