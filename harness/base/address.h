/* An IPv4 or IPv6 address with a port: the end of a connection or the side of a datagram. */
#ifndef WIRECHECK_ADDRESS_H
#define WIRECHECK_ADDRESS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

struct address {
	uint8_t ip[16];  /* network order; IPv4 has the first four bytes, the rest is zero */
	uint8_t version; /* 4 or 6; 0: no address */
	uint16_t port;   /* host order */
};

/* Room for the longest text of an address and its NUL. */
#define ADDRESS_TEXT 56

/* Whether both have the same address and port. */
bool address_equal(const struct address *a, const struct address *b);

/* Whether a packet to this address goes to many: it is multicast or broadcast. */
bool address_is_shared(const struct address *address);

/* A hash of an address with its port, and of a number, which may be another address's hash. */
uint32_t address_hash(uint32_t number, const struct address *address);

/* Writes 127.0.0.1:8898 or [::1]:8898 into `text` and returns it. */
const char *address_text(const struct address *address, char text[ADDRESS_TEXT]);

/* Reads a numeric IPv4 or IPv6 address. False when `host` is neither. */
bool address_parse(struct address *address, const char *host, uint16_t port);

/* Fills a socket address, as for bind(2), and returns its length; 0 when there is no address. */
socklen_t address_to_socket(const struct address *address, struct sockaddr_storage *out);

/* The address in a socket address. Version 0 when that is neither IPv4 nor IPv6. */
struct address address_from_socket(const struct sockaddr_storage *from);

#endif
