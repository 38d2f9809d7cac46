/* The protocols above IP that a case can be about. */
#include "base/protocol.h"

#include <netinet/in.h>

const char *protocol_name(enum protocol protocol)
{
	static const char *const names[] = {[TCP] = "TCP", [UDP] = "UDP", [UDPLITE] = "UDP-Lite"};

	return names[protocol];
}

int protocol_number(enum protocol protocol)
{
	static const int numbers[] = {
		[TCP] = IPPROTO_TCP, [UDP] = IPPROTO_UDP, [UDPLITE] = IPPROTO_UDPLITE};

	return numbers[protocol];
}
