/* Answers one UDP-Lite datagram on PORT of 127.0.0.1, and prints it: udplite_server PORT. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

int main(int count, char *arguments[])
{
	struct sockaddr_in address = {
		.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t size = sizeof address;
	char text[100];
	int handle = socket(AF_INET, SOCK_DGRAM, IPPROTO_UDPLITE);

	if (count != 2)
		return 2;
	address.sin_port = htons((uint16_t)atoi(arguments[1]));
	if (handle < 0 || bind(handle, (struct sockaddr *)&address, size) != 0) {
		perror("udplite_server");
		return 1;
	}
	ssize_t length = recvfrom(handle, text, sizeof text, 0, (struct sockaddr *)&address, &size);
	if (length < 0 || sendto(handle, "hi", 2, 0, (struct sockaddr *)&address, size) != 2) {
		perror("udplite_server");
		return 1;
	}
	printf("%.*s\n", (int)length, text);
	return 0;
}
