/* The protocols above IP that a case can be about. */
#include "base/protocol.h"

#include <netinet/in.h>

const char *protocol_name(enum protocol protocol)
{
	static const char *const names[] = {[TCP] = "TCP", [UDP] = "UDP", [UDPLITE] = "UDP-Lite"};

	return (unsigned)protocol < PROTOCOL_COUNT ? names[protocol] : "no protocol";
}

int protocol_number(enum protocol protocol)
{
	static const int numbers[] = {
		[TCP] = IPPROTO_TCP, [UDP] = IPPROTO_UDP, [UDPLITE] = IPPROTO_UDPLITE};

	return (unsigned)protocol < PROTOCOL_COUNT ? numbers[protocol] : -1;
}
