/*
 * CAN is a bus, not a network. It has no addresses and no connections: every frame reaches every
 * socket on the bus, and the frame's identifier says what it is about. Programs use the same socket
 * calls as elsewhere. The case opens a third socket as a witness: it sees what crosses the bus.
 */
#include "wirecheck.h"

CASE(.proves = "one frame from the sender reaches the receiver and everybody else on the bus",
	.clause = "Linux Documentation/networking/can.rst 4.1", .needs_family = AF_CAN)
{
	add_interface("vcan0", "vcan");
	struct endpoint *witness = open_can("vcan0");
	struct program *receiver = start("can_hello_receiver");
	until_listening_can("vcan0", 2);

	struct program *sender = start("can_hello_sender");
	expect_exit(sender, 0);
	expect_exit(receiver, 0);
	expect_output(receiver, "123 hello\n");
	expect_can_frame(witness, 0x123, "hello");
	expect_no_packets();
}
