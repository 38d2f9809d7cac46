/* Verbs where the case itself is one side. */
#include "wirecheck.h"

#include "text.h"
#include "wait.h"

#include <stdlib.h>

/* Bytes that are read where the end of the stream is expected: a message shows no more. */
#define EXCESS ((size_t)4096)

static struct endpoint *endpoint_new(void)
{
	if (context.endpoint_count == ENDPOINTS_MAXIMUM)
		case_over(BROKEN, "the case opens more than %d sockets", ENDPOINTS_MAXIMUM);
	struct endpoint *endpoint = calloc(1, sizeof *endpoint);
	if (endpoint == NULL)
		case_over(BROKEN, "no memory for a socket");
	endpoint->descriptor = -1;
	context.endpoints[context.endpoint_count++] = endpoint;
	return endpoint;
}

struct endpoint *case_connect_to(
	const struct place *place, enum protocol protocol, const char *host, uint16_t port)
{
	struct address remote;
	struct error error;
	char text[ADDRESS_TEXT];

	context_at(place);
	context_port(port);
	if (!address_parse(&remote, host, port))
		case_over(BROKEN, "%s is not a numeric address", host);
	struct endpoint *endpoint = endpoint_new();
	if (!endpoint_connect(endpoint, protocol, &remote, &error))
		case_over(FAIL, "%s to %s: %s", protocol_name(protocol),
			address_text(&remote, text), error.text);
	return endpoint;
}

void case_send_text(const struct place *place, struct endpoint *endpoint, const char *text)
{
	struct error error = {""};

	context_at(place);
	if (!endpoint_send(endpoint, bytes_of(text), &error))
		case_over(FAIL, "%s", error.text);
}

/* What a reading came to, where it was not what the case expected. */
static void describe_receiving(struct buffer *out, enum receiving receiving,
	const struct buffer *received, const struct error *error)
{
	switch (receiving) {
	case RECEIVED:
		break;
	case RECEIVED_END:
		buffer_printf(out, "the stream ended after %zu bytes; ", received->length);
		break;
	case RECEIVED_ERROR:
		buffer_printf(out, "%s after %zu bytes; ", error->text, received->length);
		break;
	case RECEIVED_NOTHING:
		buffer_printf(out, "no more than %zu bytes came within %g s; ", received->length,
			wait_seconds());
		break;
	}
}

void case_expect_received(const struct place *place, struct endpoint *endpoint, const char *text)
{
	struct buffer received, difference;
	struct error error = {""};
	struct bytes expected = bytes_of(text);

	context_at(place);
	buffer_init(&received, RECEIVED_MAXIMUM);
	buffer_init(&difference, 4096);
	enum receiving receiving =
		endpoint_receive(endpoint, &received, expected.length, &error);
	bool equal = receiving == RECEIVED && bytes_equal(expected, buffer_bytes(&received));
	if (!equal) {
		describe_receiving(&difference, receiving, &received, &error);
		buffer_printf(&difference, "what was received ");
		text_compare(&difference, expected, buffer_bytes(&received));
	}
	expect_text(equal, buffer_text(&difference));
	buffer_free(&received);
	buffer_free(&difference);
}

void case_expect_end_of_stream(const struct place *place, struct endpoint *endpoint)
{
	struct buffer received, found;
	struct error error = {""};

	context_at(place);
	buffer_init(&received, RECEIVED_MAXIMUM);
	buffer_init(&found, 4096);
	enum receiving receiving = endpoint_receive(endpoint, &received, EXCESS, &error);
	buffer_printf(&found, "expected the end of the stream, found ");
	if (received.length > 0)
		text_quote(&found, buffer_bytes(&received), 100);
	else if (receiving == RECEIVED_ERROR)
		buffer_printf(&found, "%s", error.text);
	else
		buffer_printf(&found, "nothing within %g s", wait_seconds());
	expect_text(receiving == RECEIVED_END && received.length == 0, buffer_text(&found));
	buffer_free(&received);
	buffer_free(&found);
}

void case_close_socket(const struct place *place, struct endpoint *endpoint)
{
	struct error error;

	context_at(place);
	must(endpoint_close(endpoint, &error), &error);
}
