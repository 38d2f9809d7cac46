/* The chat's server, with faults. */
#include "fault.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The receiver of the answer: without a fault, the client that wrote. */
static struct peer receiver_of_answer(int handle, struct peer client)
{
	static struct peer first;
	char text[1024];

	if (first.size == 0)
		first = client;
	if (fault("answers its first client for ever"))
		return first;
	struct peer last = {.size = sizeof last.address};
	while (fault("answers the client that wrote last") &&
		recvfrom(handle, text, sizeof text, MSG_DONTWAIT, (struct sockaddr *)&last.address,
			&last.size) >= 0)
		client = last;
	return client;
}

static void answer(int handle, const char *reply, const struct peer *client)
{
	if (fault("answers from another port"))
		handle = socket(AF_INET, SOCK_DGRAM, 0);
	if (fault("sends the prompt before the reply"))
		send_datagram(handle, "reply message: ", 15, client);
	if (fault("ignores an empty reply") && *reply == '\0')
		return;
	send_datagram(handle, reply, strlen(reply) + fault("sends the NUL"), client);
	if (fault("answers twice"))
		send_datagram(handle, reply, strlen(reply), client);
}

int main(int argc, char *argv[])
{
	char text[1024], *reply;
	struct peer client;
	int handle = open_bound(address_of(argc, argv, "8081"));

	for (;;) {
		size_t length = receive_datagram(handle, text, &client);
		print_message(&client, text, length);
		if ((reply = ask("reply message: ")) == NULL)
			break;
		struct peer to = receiver_of_answer(handle, client);
		answer(handle, reply, &to);
		if (fault("ends after one message"))
			break;
	}
	if (fault("sends an empty datagram at end of input"))
		send_datagram(handle, "", 0, &client);
	return finish();
}
