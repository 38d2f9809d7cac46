#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "a socket listens, but on another port", .clause = "none: fails on purpose")
{
	plain_server(SOCK_STREAM, 8899);
	until_listening(TCP, 8898);
}
