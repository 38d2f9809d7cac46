/*
 * Takes one frame from a CAN bus and prints its identifier and its bytes. A socket of CAN_RAW
 * receives every frame on its interface, also those of other programs on this machine.
 *
 * socket, bind, recv, close
 */
#include "common.h"

#include <linux/can.h>
#include <net/if.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

const char program[] = "can_hello_receiver";

int main(int argc, char **argv)
{
	prepare_standard_streams();
	if (argc > 2)
		usage("[INTERFACE]");

	int fd = socket(AF_CAN, SOCK_RAW, CAN_RAW);
	if (fd < 0)
		fail("socket");
	unsigned int interface = if_nametoindex(argc > 1 ? argv[1] : "vcan0");
	if (interface == 0)
		fail("if_nametoindex");
	struct sockaddr_can address = {.can_family = AF_CAN, .can_ifindex = (int)interface};
	if (bind(fd, (struct sockaddr *)&address, sizeof address) != 0)
		fail("bind");

	struct can_frame frame;
	if (recv(fd, &frame, sizeof frame, 0) < 0) /* a frame comes whole */
		fail("recv");
	/* A long identifier has 29 bits, a short one 11; a request for a frame has no bytes. */
	if (frame.can_id & CAN_EFF_FLAG)
		printf("%08X ", frame.can_id & CAN_EFF_MASK);
	else
		printf("%03X ", frame.can_id & CAN_SFF_MASK);
	if (!(frame.can_id & CAN_RTR_FLAG))
		fwrite(frame.data, 1, frame.can_dlc, stdout);
	putchar('\n');
	flush_output();

	if (close(fd) != 0)
		fail("close");
	return 0;
}
