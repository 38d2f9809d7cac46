/* The running case: what its verbs share. There is one in each worker process. */
#include "worker/context.h"

#include "base/cut.h"
#include "worker/endpoint.h"
#include "worker/socket_list.h"
#include "worker/wait.h"

#include <stdarg.h>
#include <string.h>

/* A longer text is cut: the capture has the rest. */
#define FINDING_MAXIMUM 8192

struct context context;

void context_at(const struct place *place)
{
	context.place = place;
	context.verb_number++;
	results_doing(context.results, place);
}

void context_resume(const struct place *place, uint32_t iteration)
{
	context.place = place;
	context.verb_number++;
	results_resume(context.results, place, iteration);
}

const struct program *context_last_program(void)
{
	return context.program_count > 0 ? context.programs[context.program_count - 1] : NULL;
}

/*
 * Whether a wait in vain lasted for more than a tenth longer than its limit. The failure then says
 * that this time did not count; otherwise a reader may think that the busy machine is the cause.
 */
static bool was_delayed(void)
{
	return wait_was_in_vain() && wait_delayed() > wait_seconds() / 10;
}

/* Appends "client 3: expected exit status 0, found 1", and whether the machine was too busy. */
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

/* When the verb did not wait, because an earlier one had waited in vain, its failure follows. */
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

/* When somebody else has the port, what the programs do says nothing about them. */
static void refuse_taken_port(uint16_t port)
{
	struct buffer taken;

	for (enum protocol protocol = TCP; protocol < PROTOCOL_COUNT; protocol++) {
		const struct socket_fact *fact =
			sockets_on_port(&context.sockets_before[protocol], port);
		if (fact == NULL)
			continue;
		buffer_init(&taken, 512);
		socket_describe(&taken, fact);
		case_over(BROKEN, "port %u was taken before the case began: %s%s", port,
			buffer_text(&taken),
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

void context_note_last_datagram(uint8_t protocol, uint16_t port)
{
	const struct datagrams *all = &context.wire.datagrams;

	for (size_t i = all->count; i > 0; i--)
		if (all->list[i - 1]->protocol == protocol &&
			datagram_has_port(all->list[i - 1], port)) {
			context_note(all->list[i - 1]->packets[0], false);
			return;
		}
}

void context_note_done(uint32_t packet, const struct place *place, const char *text)
{
	notes_add_done(&context.notes, place, packet, text);
}

void context_note_next(uint32_t packet)
{
	notes_add_next(&context.notes, context.place, packet);
}

/* After a reset the socket no longer has its peer's address, after a refusal neither address. */
static struct socket_failure failure_of(const struct endpoint *endpoint)
{
	struct socket_failure failure = {
		.local = endpoint->local,
		.remote = endpoint->remote,
		.is_stream = endpoint->type == SOCK_STREAM,
		.offset = UINT64_MAX,
	};

	if (failure.local.version == 0) {
		failure.local = endpoint_local(endpoint);
		failure.remote = endpoint_remote(endpoint);
	}
	if (failure.remote.version == 0)
		failure.remote = endpoint->target;
	return failure;
}

void context_note_received(const struct endpoint *endpoint, uint64_t offset, struct bytes datagram)
{
	struct socket_failure failure = failure_of(endpoint);
	struct bytes beginning = bytes_part(datagram, 0, sizeof failure.beginning);

	failure.offset = offset;
	failure.length = datagram.length;
	if (beginning.length > 0)
		memcpy(failure.beginning, beginning.data, beginning.length);
	failure.beginning_length = beginning.length;
	notes_add_socket_failure(&context.notes, context.place, &failure, false);
}

void context_note_socket_next(const struct endpoint *endpoint)
{
	const struct socket_failure failure = failure_of(endpoint);

	notes_add_socket_failure(&context.notes, context.place, &failure, true);
}

void context_note_port_next(uint16_t port)
{
	const struct socket_failure failure = {
		.local.port = port, .is_stream = true, .offset = UINT64_MAX};

	notes_add_socket_failure(&context.notes, context.place, &failure, true);
}
