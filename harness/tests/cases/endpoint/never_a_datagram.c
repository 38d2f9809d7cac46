#include "wirecheck.h"

CASE(.proves = "a stream is taken for datagrams", .clause = "none: fails on purpose")
{
	listen_on("127.0.0.1", 8898);
	receive_datagram(connect_to(TCP, "127.0.0.1", 8898));
}
