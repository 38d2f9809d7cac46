/*
 * A chat by UDP, the side that begins: its user picks someone from the contact book and writes
 * messages, one answer to each. Every chat has a socket of its own: so a late answer from the
 * chat before cannot come to it.
 *
 * for each chat socket, then for each message sendto, recvfrom; close
 */
#include "common.h"
#include "dialogue.h"

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define SELECT  "Please select someone to chat with: "
#define MESSAGE "Please enter a message, enter q to end the chat: "

const char program[] = "udp_chat_client";

/* NAME=HOST:PORT, and NULL at the end, as in argv. */
static char *default_book[] = {"alice=127.0.0.1:8081", "bob=127.0.0.1:8081", "carol=127.0.0.1:8081",
	"dave=127.0.0.1:8081", NULL};

static bool parse_contact(struct address *address, const char *contact)
{
	const char *equals = strchr(contact, '=');

	return equals != NULL && equals != contact && address_parse_pair(address, equals + 1);
}

static bool find_contact(struct address *address, char **book, const char *name, size_t length)
{
	for (; *book != NULL; book++)
		if (strcspn(*book, "=") == length && memcmp(*book, name, length) == 0)
			return parse_contact(address, *book);
	return false;
}

int main(int argc, char **argv)
{
	prepare_standard_streams();
	char **book = argc > 1 ? argv + 1 : default_book;
	struct address contact;
	for (char **entry = book; *entry != NULL; entry++)
		if (!parse_contact(&contact, *entry))
			usage("[NAME=HOST:PORT]...\n"
			      "HOST: an IPv4 address, or an IPv6 address in brackets");

	size_t length;
	const char *line = "";
	while (line != NULL && (line = ask(SELECT, &length)) != NULL) {
		if (!find_contact(&contact, book, line, length))
			continue;
		int fd = socket(contact.generic.sa_family, SOCK_DGRAM, 0);
		if (fd < 0)
			fail("socket");

		while ((line = ask(MESSAGE, &length)) != NULL && !(length == 1 && *line == 'q')) {
			if (length == 0)
				continue;
			if (sendto(fd, line, length, 0, &contact.generic, contact.length) < 0)
				fail("sendto");

			char text[1024]; /* of a longer datagram the rest is lost */
			struct address sender = {.length = sizeof sender.storage};
			ssize_t received =
				recvfrom(fd, text, sizeof text, 0, &sender.generic, &sender.length);
			if (received < 0)
				fail("recvfrom");
			print_message(&sender, text, (size_t)received);
		}

		if (close(fd) != 0)
			fail("close");
	}
	return 0;
}
