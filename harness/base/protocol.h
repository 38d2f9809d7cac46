/* The protocols above IP that a case can be about. */
#ifndef WIRECHECK_PROTOCOL_H
#define WIRECHECK_PROTOCOL_H

/* UDP-Lite (RFC 3828) is not in every kernel. */
enum protocol { TCP, UDP, UDPLITE };
#define PROTOCOL_COUNT 3

/* "TCP", "UDP" or "UDP-Lite". */
const char *protocol_name(enum protocol protocol);

/* IPPROTO_TCP and so on. */
int protocol_number(enum protocol protocol);

#endif
