/*
 * The transfer of cases/bench/gigabyte.c without a capture, to be measured against: as many bytes
 * through one connection, in the same steps, in one process, and compared as they are received.
 *
 * Prints the seconds from the first byte sent to the last one compared.
 */
#include "namespace.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define PORT 8898

#define LENGTH      ((size_t)1 << 30)
#define STEP        ((size_t)256 << 10)
#define SEND_BUFFER (1 << 20)

struct pair {
	int sender, receiver;
};

static struct pair connect_pair(void)
{
	struct sockaddr_in address = {.sin_family = AF_INET,
		.sin_port = htons(PORT),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	const struct sockaddr *where = (const struct sockaddr *)&address;
	const int buffer = SEND_BUFFER;
	int listener = socket(AF_INET, SOCK_STREAM, 0);
	struct pair pair = {.sender = socket(AF_INET, SOCK_STREAM, 0)};

	if (listener < 0 || bind(listener, where, sizeof address) != 0 || listen(listener, 1) != 0)
		fail("listen");
	if (pair.sender < 0 || connect(pair.sender, where, sizeof address) != 0)
		fail("connect");
	pair.receiver = accept(listener, NULL, NULL);
	if (pair.receiver < 0)
		fail("accept");
	if (setsockopt(pair.sender, SOL_SOCKET, SO_SNDBUF, &buffer, sizeof buffer) != 0)
		fail("SO_SNDBUF");
	close(listener);
	return pair;
}

/* What a call that does not wait has moved; 0 when it would have had to wait. */
static size_t moved(ssize_t result, const char *call)
{
	if (result < 0 && errno != EAGAIN)
		fail(call);
	return result < 0 ? 0 : (size_t)result;
}

static size_t step(size_t rest)
{
	return rest < STEP ? rest : STEP;
}

static void transfer(struct pair pair, const char *bytes)
{
	static char chunk[STEP];
	size_t sent = 0, received = 0;

	while (received < LENGTH) {
		if (sent < LENGTH)
			sent += moved(send(pair.sender, bytes + sent, step(LENGTH - sent),
					      MSG_DONTWAIT | MSG_NOSIGNAL),
				"send");
		size_t came = moved(
			recv(pair.receiver, chunk, step(LENGTH - received), MSG_DONTWAIT), "recv");
		if (memcmp(chunk, bytes + received, came) != 0) {
			fprintf(stderr, "transfer: the bytes differ\n");
			exit(1);
		}
		received += came;
	}
}

int main(void)
{
	char *bytes = malloc(LENGTH);

	if (bytes == NULL)
		fail("memory");
	for (size_t i = 0; i < LENGTH; i++)
		bytes[i] = (char)(i * 7 >> 3);
	namespace_enter();
	namespace_loopback_up();
	struct pair pair = connect_pair();
	int64_t began = now();
	transfer(pair, bytes);
	printf("%.6f\n", (double)(now() - began) / 1e9);
	return 0;
}
