/*
 * Prints the addresses of each NAME, as getaddrinfo(3) with AI_ADDRCONFIG returns them: looks_up
 * NAME...
 */
#include <netdb.h>
#include <stdio.h>
#include <sys/socket.h>

static void print_addresses(const struct addrinfo *each)
{
	char host[NI_MAXHOST];

	for (; each != NULL; each = each->ai_next)
		if (getnameinfo(each->ai_addr, each->ai_addrlen, host, sizeof host, NULL, 0,
			    NI_NUMERICHOST) == 0)
			printf(" %s", host);
}

int main(int count, char *arguments[])
{
	struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_ADDRCONFIG}, *list;

	for (int i = 1; i < count; i++) {
		printf("%s:", arguments[i]);
		if (getaddrinfo(arguments[i], "80", &hints, &list) == 0) {
			print_addresses(list);
			freeaddrinfo(list);
		} else {
			printf(" not found");
		}
		printf("\n");
	}
	return 0;
}
