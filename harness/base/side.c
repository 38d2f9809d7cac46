/* The two sides of a connection, or of an exchange of datagrams. */
#include "base/side.h"

const char *side_name(enum side side)
{
	return side == CLIENT ? "CLIENT" : "SERVER";
}

enum side side_peer(enum side side)
{
	return side == CLIENT ? SERVER : CLIENT;
}
