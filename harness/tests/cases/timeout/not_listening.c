#include "wirecheck.h"

CASE(.proves = "somebody goes on to listen", .clause = "none: fails on purpose")
{
	start("tcp_hello_server");
	until_listening(TCP, 8898);
	until_not_listening(TCP, 8898);
}
