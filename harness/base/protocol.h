/* The protocols above IP that a case can be about. Tested by test_names.c. */
#ifndef WIRECHECK_PROTOCOL_H
#define WIRECHECK_PROTOCOL_H

/* Not every kernel has UDP-Lite (RFC 3828). */
enum protocol { TCP, UDP, UDPLITE };
#define PROTOCOL_COUNT 3

/* "TCP", "UDP" or "UDP-Lite". */
const char *protocol_name(enum protocol protocol);

/* Its number in IP: IPPROTO_TCP and so on. */
int protocol_number(enum protocol protocol);

#endif
