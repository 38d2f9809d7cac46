/* Verbs that send from a socket of the case. Tested by test_failure_texts.c. */
#ifndef WIRECHECK_VERBS_SENDING_H
#define WIRECHECK_VERBS_SENDING_H

#include "base/bytes.h"
#include "verbs/verb.h"

#include <stddef.h>
#include <stdint.h>

/* Sends a text: on TCP as part of the stream, on UDP as one datagram, which may be empty. */
void case_send_text(const struct place *place, struct endpoint *endpoint, const char *text);
#define send_text(...) VERB(send_text, #__VA_ARGS__, __VA_ARGS__)

/* The same for bytes that may hold NULs. */
void case_send_bytes(const struct place *place, struct endpoint *endpoint, struct bytes bytes);
#define send_bytes(...) VERB(send_bytes, #__VA_ARGS__, __VA_ARGS__)

/* Sends a text as one datagram to an address. */
void case_send_text_to(const struct place *place, struct endpoint *endpoint, const char *host,
	uint16_t port, const char *text);
#define send_text_to(...) VERB(send_text_to, #__VA_ARGS__, __VA_ARGS__)

/* The same for bytes that may hold NULs. */
void case_send_bytes_to(const struct place *place, struct endpoint *endpoint, const char *host,
	uint16_t port, struct bytes bytes);
#define send_bytes_to(...) VERB(send_bytes_to, #__VA_ARGS__, __VA_ARGS__)

/* Sends a text whose last byte is urgent (send(2) MSG_OOB). */
void case_send_urgent(const struct place *place, struct endpoint *endpoint, const char *text);
#define send_urgent(...) VERB(send_urgent, #__VA_ARGS__, __VA_ARGS__)

/* Sends a datagram without waiting: the case is over if the send would have to wait. */
void case_send_at_once(const struct place *place, struct endpoint *endpoint, struct bytes datagram);
#define send_at_once(...) VERB(send_at_once, #__VA_ARGS__, __VA_ARGS__)

/* Sends from the bytes until send(2) fails with EAGAIN. Returns how many it took. */
size_t case_fill(const struct place *place, struct endpoint *endpoint, struct bytes from);
#define fill(...) VERB(fill, #__VA_ARGS__, __VA_ARGS__)

/* One send, without waiting, fails with this errno, EAGAIN for instance; 0: it succeeds. */
void case_expect_send_error(
	const struct place *place, struct endpoint *endpoint, struct bytes bytes, int error_number);
#define expect_send_error(...) VERB(expect_send_error, #__VA_ARGS__, __VA_ARGS__)

/* Waits until the peer's kernel has acknowledged all that this socket sent. */
void case_until_acknowledged(const struct place *place, struct endpoint *endpoint);
#define until_acknowledged(...) VERB(until_acknowledged, #__VA_ARGS__, __VA_ARGS__)

#endif
