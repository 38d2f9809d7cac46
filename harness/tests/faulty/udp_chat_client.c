/* The chat's client, with faults. */
#include "fault.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *default_book[] = {"alice=127.0.0.1:8081", "bob=127.0.0.1:8081", "carol=127.0.0.1:8081",
	"dave=127.0.0.1:8081", NULL};

static bool is_name(const char *contact, const char *name)
{
	size_t length = strcspn(contact, "=");

	if (fault("takes the beginning of a name for it"))
		return *name != '\0' && strncmp(contact, name, strlen(name)) == 0;
	return strlen(name) == length && memcmp(contact, name, length) == 0;
}

/* Finds the contact of this name. Returns false when the name is ignored. */
static bool find_contact(char **book, const char *name, struct peer *contact)
{
	struct sockaddr_in *to = (struct sockaddr_in *)&contact->address;
	char host[64] = "";
	unsigned port = 0;
	char **entry = book;

	while (*entry != NULL && !is_name(*entry, name))
		entry++;
	if (*entry == NULL && fault("takes the first contact for an unknown name"))
		entry = book;
	if (*entry == NULL && fault("ends at an unknown name"))
		exit(0);
	if (*entry == NULL)
		return false;
	if (fault("stays with its first contact"))
		entry = book;
	const char *pair = strchr(*entry, '=') + 1;
	if (sscanf(pair, "[%63[^]]]:%u", host, &port) == 2) {
		struct sockaddr_in6 *to6 = (struct sockaddr_in6 *)&contact->address;
		to6->sin6_family = AF_INET6;
		to6->sin6_port = htons((in_port_t)port);
		contact->size = sizeof *to6;
		return inet_pton(AF_INET6, host, &to6->sin6_addr) == 1;
	}
	sscanf(pair, "%63[^:]:%u", host, &port);
	to->sin_family = AF_INET;
	to->sin_port = htons((in_port_t)port);
	contact->size = sizeof *to;
	return inet_pton(AF_INET, host, &to->sin_addr) == 1;
}

static void send_message(int handle, const char *message, const struct peer *contact)
{
	struct peer sender;
	char text[1024];

	send_datagram(handle, message, strlen(message) + fault("sends the NUL"), contact);
	if (fault("sends each message twice"))
		send_datagram(handle, message, strlen(message), contact);
	if (fault("does not wait for the answer"))
		return;
	size_t length = receive_datagram(handle, text, &sender);
	if (fault("prints the contact's address"))
		sender = *contact;
	print_message(&sender, text, length);
}

static bool is_end(const char *message)
{
	return fault("takes a message that begins with q for the end") ? *message == 'q'
								       : strcmp(message, "q") == 0;
}

static void chat(const struct peer *contact)
{
	int handle = socket(contact->address.ss_family, SOCK_DGRAM, 0);
	char *message;

	if (fault("connects its socket"))
		connect(handle, (const struct sockaddr *)&contact->address, contact->size);
	while ((message = ask("Please enter a message, enter q to end the chat: ")) != NULL &&
		!is_end(message)) {
		if (*message == '\0' && !fault("sends an empty message"))
			continue;
		send_message(handle, message, contact);
		if (fault("takes a new socket for each message"))
			handle = socket(AF_INET, SOCK_DGRAM, 0);
	}
	if (fault("sends q") && message != NULL)
		send_datagram(handle, message, strlen(message), contact);
	close(handle);
	if (fault("ends at q"))
		exit(0);
}

int main(int argc, char *argv[])
{
	char **book = argc > 1 ? argv + 1 : default_book;
	struct peer contact = {0};
	char *name;

	while ((name = ask("Please select someone to chat with: ")) != NULL)
		if (find_contact(book, name, &contact))
			chat(&contact);
	return finish();
}
