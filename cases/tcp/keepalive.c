/*
 * An idle connection sends nothing at all, so nobody notices when the peer's machine has vanished.
 * SO_KEEPALIVE asks the kernel to probe the peer. A probe is a segment with the sequence number
 * just before the next one to be sent, and a living peer answers it. Probes are off unless a
 * program asks for them, and then the kernel waits two hours. A program that wants to know earlier
 * must set TCP_KEEPIDLE as well.
 *
 * One second is the shortest time that Linux takes, so this case lasts one second.
 */
#include "wirecheck.h"

CASE(.proves = "an idle connection is probed if SO_KEEPALIVE asks for it, and not otherwise",
	.clause = "RFC 9293 3.8.4 MUST-25, MUST-28; tcp(7) TCP_KEEPIDLE")
{
	struct endpoint *listener = listen_on("127.0.0.1", 8898);
	struct endpoint *silent = connect_to(TCP, "127.0.0.1", 8898);
	accept_from(listener);
	expect_option(silent, SOL_SOCKET, SO_KEEPALIVE, 0);
	expect_option(silent, IPPROTO_TCP, TCP_KEEPIDLE, 2 * 60 * 60);
	set_option(silent, IPPROTO_TCP, TCP_KEEPIDLE, 1);

	struct endpoint *probing = connect_to(TCP, "127.0.0.1", 8898);
	accept_from(listener);
	set_option(probing, IPPROTO_TCP, TCP_KEEPIDLE, 1);
	set_option(probing, SOL_SOCKET, SO_KEEPALIVE, 1);

	struct connection *without = connection_of(8898, 1, 2);
	struct connection *with = connection_of(8898, 2, 2);
	until_probe(with, CLIENT);
	expect_probe(with, CLIENT);
	expect_no_probe(with, SERVER);
	expect_no_probe(without, CLIENT);
	expect_no_probe(without, SERVER);
	expect_no_reset(with);
}
