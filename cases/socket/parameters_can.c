/* socket/parameters for AF_CAN, the bus in cars and machines, where the kernel has it. */
#include "wirecheck.h"

CASE(.proves = "CAN_RAW and CAN_BCM sockets are made as asked",
	.clause = "Linux Documentation/networking/can.rst 4")
{
	need_family(AF_CAN);
	/* Linux 6.1 and older report the protocol 0 (the contract allows either). */
	struct program *raw = start("socket_parameters", "AF_CAN", "SOCK_RAW", "CAN_RAW");
	expect_exit(raw, 0);
	expect_output_either(raw, "AF_CAN SOCK_RAW CAN_RAW\n", "AF_CAN SOCK_RAW 0\n");

	struct program *broadcast = start("socket_parameters", "AF_CAN", "SOCK_DGRAM", "CAN_BCM");
	expect_exit(broadcast, 0);
	expect_output_either(broadcast, "AF_CAN SOCK_DGRAM CAN_BCM\n", "AF_CAN SOCK_DGRAM 0\n");

	struct program *stream = start("socket_parameters", "AF_CAN", "SOCK_STREAM", "CAN_RAW");
	expect_exit(stream, 1);
	expect_error(stream, "not supported");
}
