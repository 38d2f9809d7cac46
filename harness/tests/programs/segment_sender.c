/*
 * Sends TEXT to HOST and PORT in datagrams of SIZE bytes, all by one call, as servers of QUIC do:
 * segment_sender HOST PORT SIZE TEXT HOW. HOW is `option` (the size is set by setsockopt(2)),
 * `message` (it goes with sendmsg(2)), or `corked` (as `option`, and two calls send the text
 * together).
 */
#include <netdb.h>
#include <netinet/udp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int open_sender(const char *host, const char *port)
{
	struct addrinfo hints = {.ai_socktype = SOCK_DGRAM}, *found;

	if (getaddrinfo(host, port, &hints, &found) != 0)
		exit(2);
	int sender = socket(found->ai_family, SOCK_DGRAM, 0);
	if (sender < 0 || connect(sender, found->ai_addr, found->ai_addrlen) != 0)
		exit(3);
	freeaddrinfo(found);
	return sender;
}

static void set(int sender, int option, int value)
{
	if (setsockopt(sender, IPPROTO_UDP, option, &value, sizeof value) != 0) {
		perror("setsockopt");
		exit(4);
	}
}

static ssize_t send_message(int sender, char *text, size_t length, uint16_t size)
{
	_Alignas(struct cmsghdr) char control[CMSG_SPACE(sizeof size)] = {0};
	struct iovec part = {text, length};
	struct msghdr message = {.msg_iov = &part,
		.msg_iovlen = 1,
		.msg_control = control,
		.msg_controllen = sizeof control};
	struct cmsghdr *segment = CMSG_FIRSTHDR(&message);

	segment->cmsg_level = IPPROTO_UDP;
	segment->cmsg_type = UDP_SEGMENT;
	segment->cmsg_len = CMSG_LEN(sizeof size);
	memcpy(CMSG_DATA(segment), &size, sizeof size);
	return sendmsg(sender, &message, 0);
}

static ssize_t send_corked(int sender, const char *text, size_t length)
{
	size_t half = length / 2;

	set(sender, UDP_CORK, 1);
	if (send(sender, text, half, 0) != (ssize_t)half ||
		send(sender, text + half, length - half, 0) != (ssize_t)(length - half))
		return -1;
	set(sender, UDP_CORK, 0);
	return (ssize_t)length;
}

int main(int count, char *arguments[])
{
	ssize_t sent;

	if (count != 6)
		return 1;
	int sender = open_sender(arguments[1], arguments[2]), size = atoi(arguments[3]);
	char *text = arguments[4];
	size_t length = strlen(text);
	if (strcmp(arguments[5], "message") == 0) {
		sent = send_message(sender, text, length, (uint16_t)size);
	} else {
		set(sender, UDP_SEGMENT, size);
		sent = strcmp(arguments[5], "corked") == 0 ? send_corked(sender, text, length)
							   : send(sender, text, length, 0);
	}
	if (sent != (ssize_t)length)
		perror("send");
	return sent == (ssize_t)length ? 0 : 5;
}
