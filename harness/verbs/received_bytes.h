/* Verbs that receive at a socket of the case into a variable. Tested by test_failure_texts.c. */
#ifndef WIRECHECK_VERBS_RECEIVED_BYTES_H
#define WIRECHECK_VERBS_RECEIVED_BYTES_H

#include "base/bytes.h"
#include "verbs/verb.h"

#include <stddef.h>

/*
 * These return what they received, 256 MiB at most, as a struct bytes that lives as long as the
 * case. They end the case when they fail. The bytes of a stream count as looked at, as if they had
 * been compared: the case has them, and judges them by expect_bytes, expect_matches or expect. A
 * datagram on the wire is looked at by expect_datagrams and its like, however it was received.
 */

/* Exactly `length` bytes of a stream. */
struct bytes case_receive_bytes(
	const struct place *place, struct endpoint *endpoint, size_t length);
#define receive_bytes(...) VERB(receive_bytes, #__VA_ARGS__, __VA_ARGS__)

/* All bytes of a stream up to its end. */
struct bytes case_receive_all(const struct place *place, struct endpoint *endpoint);
#define receive_all(...) VERB(receive_all, #__VA_ARGS__, __VA_ARGS__)

/* The bytes of a stream up to and with a text: receive_until(client, "\r\n") takes one line. */
struct bytes case_receive_until(
	const struct place *place, struct endpoint *endpoint, const char *text);
#define receive_until(...) VERB(receive_until, #__VA_ARGS__, __VA_ARGS__)

/* One datagram, whatever its length. */
struct bytes case_receive_datagram(const struct place *place, struct endpoint *endpoint);
#define receive_datagram(...) VERB(receive_datagram, #__VA_ARGS__, __VA_ARGS__)

#endif
