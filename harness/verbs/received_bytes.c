/* Verbs that receive at a socket of the case into a variable. */
#include "verbs/received_bytes.h"

#include "base/text.h"
#include "verbs/call_result.h"
#include "verbs/received_maximum.h"
#include "verbs/texts.h"
#include "worker/context.h"
#include "worker/endpoint.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>

/* What a verb receives, and how that ended. */
struct reception {
	struct endpoint *endpoint;
	struct buffer bytes;
	bool ended;
	int cause;
};

static void begin(struct reception *reception, struct endpoint *endpoint)
{
	*reception = (struct reception){.endpoint = endpoint};
	buffer_init(&reception->bytes, RECEIVED_MAXIMUM);
}

static void must_be_stream(const struct endpoint *endpoint)
{
	if (endpoint->type != SOCK_STREAM)
		case_over(
			BROKEN, "the socket has no stream; receive_datagram(...) takes a datagram");
}

/* Ends the case: `wanted` says what was to be received. */
_Noreturn static void not_received(struct reception *reception, const char *wanted)
{
	const struct buffer *bytes = &reception->bytes;
	const char *what =
		reception->ended ? "the end of the stream" : call_result_text(reception->cause);
	struct buffer found;

	if (reception->endpoint->descriptor < 0)
		case_over(BROKEN, "the case has closed this socket");
	context_note_socket_next(reception->endpoint);
	if (reception->cause == ENOBUFS)
		case_over(FAIL,
			"recv: expected %s, found more than %zu MiB, and a verb takes no "
			"more",
			wanted, RECEIVED_MAXIMUM >> 20);
	if (bytes->length == 0)
		case_over(FAIL, "recv: expected %s, found %s", wanted, what);
	buffer_init(&found, 1024);
	text_quote(&found, buffer_bytes(bytes), TEXT_SHOWN_IN_SENTENCE);
	case_over(FAIL, "recv: expected %s, found %s, after %zu byte%s %s", wanted, what,
		bytes->length, bytes->length == 1 ? "" : "s", buffer_text(&found));
}

/* The bytes are the worker's, which ends with the case. */
static struct bytes end(const struct reception *reception)
{
	reception->endpoint->compared += reception->bytes.length;
	return buffer_bytes(&reception->bytes);
}

struct bytes case_receive_bytes(const struct place *place, struct endpoint *endpoint, size_t length)
{
	struct reception reception;

	context_at(place);
	must_be_stream(endpoint);
	begin(&reception, endpoint);
	if (length > 0)
		reception.cause =
			endpoint_receive(endpoint, &reception.bytes, length, &reception.ended);
	if (reception.bytes.length < length)
		not_received(&reception, format("%zu byte%s", length, length == 1 ? "" : "s"));
	return end(&reception);
}

struct bytes case_receive_all(const struct place *place, struct endpoint *endpoint)
{
	struct reception reception;

	context_at(place);
	must_be_stream(endpoint);
	begin(&reception, endpoint);
	reception.cause = endpoint_receive(endpoint, &reception.bytes, SIZE_MAX, &reception.ended);
	if (!reception.ended)
		not_received(&reception, "all up to the end of the stream");
	return end(&reception);
}

/* A text that a stream is read up to. */
struct ending {
	struct bytes text;
	size_t searched; /* no place before this one has it */
};

static size_t up_to_text(struct bytes all, void *argument)
{
	struct ending *ending = argument;
	struct bytes rest = bytes_part(all, ending->searched, all.length);
	const unsigned char *found =
		rest.length == 0
			? NULL
			: memmem(rest.data, rest.length, ending->text.data, ending->text.length);

	if (found != NULL)
		return (size_t)(found - all.data) + ending->text.length;
	if (all.length >= ending->text.length)
		ending->searched = all.length - ending->text.length + 1;
	return SIZE_MAX;
}

struct bytes case_receive_until(
	const struct place *place, struct endpoint *endpoint, const char *text)
{
	context_at(place);
	struct ending ending = {.text = bytes_of(text)};
	struct reception reception;
	struct buffer wanted;

	must_be_stream(endpoint);
	if (*text == '\0')
		case_over(BROKEN, "the text that is to end what is received is empty");
	begin(&reception, endpoint);
	reception.cause = endpoint_receive_until(
		endpoint, &reception.bytes, up_to_text, &ending, &reception.ended);
	if (reception.cause != 0 || reception.ended) {
		buffer_init(&wanted, 1024);
		buffer_printf(&wanted, "bytes up to ");
		text_quote(&wanted, ending.text, TEXT_SHOWN_IN_SENTENCE);
		not_received(&reception, buffer_text(&wanted));
	}
	return end(&reception);
}

struct bytes case_receive_datagram(const struct place *place, struct endpoint *endpoint)
{
	struct reception reception;

	context_at(place);
	if (endpoint->type == SOCK_STREAM)
		case_over(BROKEN, "the socket has a stream; receive_bytes(...) takes bytes of it");
	begin(&reception, endpoint);
	reception.cause = endpoint_receive(endpoint, &reception.bytes, 1, &reception.ended);
	if (reception.cause != 0)
		not_received(&reception, "a datagram");
	return end(&reception);
}
