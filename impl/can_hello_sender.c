/*
 * Sockets are not only for IP. This one sends a frame on a CAN bus, the network of cars and
 * machines. A frame has no address. It has an identifier and at most 8 bytes. Each program on the
 * bus decides by the identifier whether it wants the frame. Linux only; the socket is bound to an
 * interface.
 *
 * socket, bind, send, close
 */
#include "common.h"

#include <linux/can.h>
#include <net/if.h>
#include <sys/socket.h>
#include <unistd.h>

const char program[] = "can_hello_sender";

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

	/* A frame is sent whole or not at all. */
	struct can_frame frame = {.can_id = 0x123, .can_dlc = 5, .data = "hello"};
	if (send(fd, &frame, sizeof frame, 0) < 0)
		fail("send");
	if (close(fd) != 0)
		fail("close");
	return 0;
}
