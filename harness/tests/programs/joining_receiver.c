/*
 * Receives LENGTH bytes on PORT of 127.0.0.1 with UDP_GRO, by which the kernel may pass several
 * datagrams at once. Prints how long each was: joining_receiver PORT LENGTH.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/udp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

/* One receive: returns its bytes. `each` is the length of every datagram in it but the last. */
static size_t receive(int receiver, size_t *each)
{
	static char bytes[65536];
	_Alignas(struct cmsghdr) char control[CMSG_SPACE(sizeof(int))];
	struct iovec part = {bytes, sizeof bytes};
	struct msghdr message = {.msg_iov = &part,
		.msg_iovlen = 1,
		.msg_control = control,
		.msg_controllen = sizeof control};
	ssize_t length = recvmsg(receiver, &message, 0);

	if (length <= 0)
		exit(4);
	*each = (size_t)length;
	for (struct cmsghdr *at = CMSG_FIRSTHDR(&message); at != NULL;
		at = CMSG_NXTHDR(&message, at))
		if (at->cmsg_level == IPPROTO_UDP && at->cmsg_type == UDP_GRO) {
			int size;
			memcpy(&size, CMSG_DATA(at), sizeof size);
			*each = (size_t)size;
		}
	return (size_t)length;
}

int main(int count, char *arguments[])
{
	int on = 1, receiver = socket(AF_INET, SOCK_DGRAM, 0);

	if (count != 3)
		return 1;
	struct sockaddr_in address = {.sin_family = AF_INET,
		.sin_port = htons((uint16_t)atoi(arguments[1])),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	if (setsockopt(receiver, IPPROTO_UDP, UDP_GRO, &on, sizeof on) != 0)
		return 2;
	if (bind(receiver, (struct sockaddr *)&address, sizeof address) != 0)
		return 3;
	for (size_t left = strtoul(arguments[2], NULL, 10), each; left > 0;) {
		size_t length = receive(receiver, &each);
		left -= length < left ? length : left;
		for (; length > 0; length -= length < each ? length : each)
			printf("%zu\n", length < each ? length : each);
	}
	return 0;
}
