/* A decoded packet: its headers, and what it carries. */
#include "wire/packet.h"

/* RFC 1122 3.2.2 lists the errors of ICMPv4. In ICMPv6 the first bit says it (RFC 4443 2.1). */
bool packet_is_icmp_error(const struct packet *packet)
{
	if (packet->kind != PACKET_ICMP)
		return false;
	if (packet->from.version == 6)
		return packet->icmp.type < 128;
	switch (packet->icmp.type) {
	case 3:  /* destination unreachable */
	case 4:  /* source quench */
	case 5:  /* redirect */
	case 11: /* time exceeded */
	case 12: /* parameter problem */
		return true;
	}
	return false;
}

bool packet_is_fragment(const struct packet *packet)
{
	return packet->fragment.offset > 0 || packet->fragment.more;
}
