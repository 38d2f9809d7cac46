/*
 * This is socket/parameters for AF_CAN, the bus in cars and machines, on kernels that have it. Each
 * protocol of CAN has one type, and the kernel refuses any other type. Some kernels report 0 in
 * place of the protocol, for instance Linux 5.10 and 6.1.
 */
#include "wirecheck.h"

CASE(.proves = "CAN_RAW and CAN_BCM sockets are made as asked, and another type is refused",
	.clause = "Linux Documentation/networking/can.rst 4; POSIX socket EPROTOTYPE",
	.needs_family = AF_CAN)
{
	struct program *raw = start("socket_parameters", "AF_CAN", "SOCK_RAW", "CAN_RAW");
	expect_exit(raw, 0);
	expect_output_either(raw, "AF_CAN SOCK_RAW CAN_RAW\n", "AF_CAN SOCK_RAW 0\n");

	struct program *broadcast = start("socket_parameters", "AF_CAN", "SOCK_DGRAM", "CAN_BCM");
	expect_exit(broadcast, 0);
	expect_output_either(broadcast, "AF_CAN SOCK_DGRAM CAN_BCM\n", "AF_CAN SOCK_DGRAM 0\n");

	struct program *stream = start("socket_parameters", "AF_CAN", "SOCK_STREAM", "CAN_RAW");
	expect_exit(stream, 1);
	expect_output(stream, "");
	expect_error(stream, "Protocol wrong type for socket");
	expect_no_packets();
}
