/* Datagrams with four checksums: left partial by the kernel, right, wrong, and none. */
#include "wirecheck.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Sends a datagram from port 7001 to 7000 of 127.0.0.1 with exactly this header. */
static void send_raw(int descriptor, uint16_t checksum)
{
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	const struct {
		uint16_t from, to, length, checksum;
		char payload[2];
	} datagram = {htons(7001), htons(7000), htons(10), htons(checksum), "hi"};

	if (sendto(descriptor, &datagram, sizeof datagram, 0, (struct sockaddr *)&to, sizeof to) !=
		sizeof datagram)
		broken("sendto: %s", strerror(errno));
}

CASE(.proves = "checksums are told apart", .clause = "none")
{
	struct endpoint *receiver = bind_to(UDP, "127.0.0.1", 7000);
	int raw = socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_UDP);

	send_text_to(bind_to(UDP, "127.0.0.1", 7001), "127.0.0.1", 7000, "hi");
	expect_received(receiver, "hi");
	/*
	 * The sum of addresses, protocol, length twice, ports and "hi" is 7f00 + 1 + 7f00 + 1 + 11
	 * + a + a + 1b59 + 1b58 + 6869 = 19d41. Folded it is 9d42; the complement of that is 62bd.
	 */
	send_raw(raw, 0x62bd);
	expect_received(receiver, "hi");
	send_raw(raw, 0x1234);
	send_raw(raw, 0);
	expect_received(receiver, "hi");
	close(raw);
	expect_datagrams(7000, from(CLIENT, "hi"), from(CLIENT, "hi"), from(CLIENT, "hi"),
		from(CLIENT, "hi"));
}
