/* The running case: what its verbs share. There is one in each worker process. */
#include "worker/context.h"

#include "base/cut.h"
#include "worker/endpoint.h"
#include "worker/wait.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Longer texts are cut: a failure that needs more has its capture. */
#define FINDING_MAXIMUM 8192

struct context context;

void context_at(const struct place *place)
{
	context.place = place;
	context.verb++;
	results_doing(context.results, place);
}

/*
 * A tenth more than its limit, and a wait in vain says so: a reader who takes the load for the
 * cause is told that it did not count.
 */
static bool was_delayed(void)
{
	return wait_was_in_vain() && wait_delayed() > wait_seconds() / 10;
}

/* "client 3: expected exit status 0, found 1", and whether the machine was too busy for it. */
static void describe_failure(struct buffer *out, const char *text)
{
	if (context.step[0] != '\0')
		buffer_printf(out, "%s: ", context.step);
	buffer_printf(out, "%s", text);
	if (wait_was_left_out() || !was_delayed())
		return;
	buffer_printf(out,
		"%s(the machine was busy: for %.1f s more, which do not count, programs waited "
		"for a processor or the disk)",
		*text != '\0' && text[strlen(text) - 1] == '\n' ? "" : "\n", wait_delayed());
}

/* A failure of a verb that did not wait, because an earlier wait was in vain, follows from that. */
static void add_failure(const char *text)
{
	struct buffer all;

	buffer_init(&all, FINDING_MAXIMUM + 512);
	describe_failure(&all, text);
	notes_expectation(&context.notes, buffer_text(&all));
	if (wait_was_left_out())
		results_follow(context.results, context.place, buffer_text(&all));
	else
		results_add(context.results, context.place, buffer_text(&all));
	buffer_free(&all);
}

bool expect_text(bool held, const char *text)
{
	if (!held) {
		add_failure(text);
		return false;
	}
	notes_expectation(&context.notes, NULL);
	results_add(context.results, context.place, NULL);
	return true;
}

bool expect_that(bool held, const char *format, ...)
{
	char text[FINDING_MAXIMUM] = "";
	va_list arguments;

	if (!held) {
		va_start(arguments, format);
		cut_vprint(text, sizeof text, format, arguments);
		va_end(arguments);
	}
	return expect_text(held, text);
}

void case_over(enum verdict verdict, const char *format, ...)
{
	char text[FINDING_MAXIMUM];
	va_list arguments;

	va_start(arguments, format);
	cut_vprint(text, sizeof text, format, arguments);
	va_end(arguments);
	context.broken = context.broken || verdict == BROKEN;
	context.skipped = context.skipped || verdict == SKIP;
	add_failure(text);
	longjmp(context.over, 1);
}

void must(bool succeeded, const struct error *error)
{
	if (!succeeded)
		case_over(BROKEN, "%s", error->text);
}

/* A port that is taken decides what the programs do; that says nothing about them. */
static void refuse_taken_port(uint16_t port)
{
	char local[ADDRESS_TEXT], remote[ADDRESS_TEXT];

	for (enum protocol protocol = TCP; protocol < PROTOCOL_COUNT; protocol++) {
		const struct socket_fact *fact = sockets_on_port(&context.before[protocol], port);
		if (fact == NULL)
			continue;
		bool connected = fact->remote.port != 0;
		case_over(BROKEN, "port %u was taken before the case began: %s %s%s%s%s%s%s", port,
			protocol_name(protocol), address_text(&fact->local, local),
			connected ? " to " : "",
			connected ? address_text(&fact->remote, remote) : "",
			protocol == TCP ? " in " : "",
			protocol == TCP ? state_name(fact->state) : "",
			fact->state == TIME_WAIT ? ", which lasts for a minute" : "");
	}
}

void context_port(uint16_t port)
{
	if (context_has_port(port))
		return;
	if (context.port_count == PORTS_MAXIMUM)
		case_over(BROKEN, "the case names more than %d ports", PORTS_MAXIMUM);
	context.ports[context.port_count++] = port;
	refuse_taken_port(port);
}

bool context_has_port(uint16_t port)
{
	for (size_t i = 0; i < context.port_count; i++)
		if (context.ports[i] == port)
			return true;
	return false;
}

bool context_owns(const struct address *a, const struct address *b)
{
	return context.settings->isolated || context_has_port(a->port) || context_has_port(b->port);
}

void context_note(uint32_t packet, bool held)
{
	notes_add(&context.notes, context.place, packet, held);
}

void context_note_next(uint32_t packet)
{
	notes_add_next(&context.notes, context.place, packet);
}

/* A reset takes its peer from a socket, and a refusal both addresses. */
static struct receipt receipt_of(const struct endpoint *endpoint)
{
	struct receipt receipt = {
		.local = endpoint->local,
		.remote = endpoint->remote,
		.is_stream = endpoint->protocol == TCP,
		.offset = UINT64_MAX,
	};

	if (receipt.local.version == 0) {
		receipt.local = endpoint_local(endpoint);
		receipt.remote = endpoint_remote(endpoint);
	}
	if (receipt.remote.version == 0)
		receipt.remote = endpoint->target;
	return receipt;
}

void context_note_received(const struct endpoint *endpoint, uint64_t offset, struct bytes datagram)
{
	struct receipt receipt = receipt_of(endpoint);
	struct bytes beginning = bytes_part(datagram, 0, sizeof receipt.beginning);

	receipt.offset = offset;
	receipt.length = datagram.length;
	if (beginning.length > 0)
		memcpy(receipt.beginning, beginning.data, beginning.length);
	receipt.beginning_length = beginning.length;
	notes_add_receipt(&context.notes, context.place, &receipt, false);
}

void context_note_socket_next(const struct endpoint *endpoint)
{
	const struct receipt receipt = receipt_of(endpoint);

	notes_add_receipt(&context.notes, context.place, &receipt, true);
}

void context_note_port_next(uint16_t port)
{
	const struct receipt receipt = {
		.local.port = port, .is_stream = true, .offset = UINT64_MAX};

	notes_add_receipt(&context.notes, context.place, &receipt, true);
}
