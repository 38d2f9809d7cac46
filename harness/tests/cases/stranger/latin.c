/*
 * FAIL: its proves is in Latin-1. What is printed is UTF-8 all the same.
 * says "proves Gr��e kommen an"
 * says "expected "hi", found"
 */
#include "wirecheck.h"

#include <sys/socket.h>

CASE(.proves = "Gr\xfc\xdf"
	"e kommen an",
	.clause = "none: fails on purpose")
{
	struct endpoint *listener = listen_on("127.0.0.1", 7000);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 7000);

	accept_from(listener);
	shut_down(client, SHUT_WR);
	expect_received_flags(client, MSG_DONTWAIT, "hi");
}
