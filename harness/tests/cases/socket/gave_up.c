#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "a program ends instead of listening", .clause = "none: fails on purpose")
{
	plain_server(SOCK_STREAM, 8899);
	start("tcp_hello_server", "127.0.0.1", "8899");
	until_listening(TCP, 8898);
}
