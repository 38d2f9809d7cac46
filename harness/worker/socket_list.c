/* A list of sockets for a message: who holds each, and its state; the most important ones first. */
#include "worker/socket_list.h"

#include "kernel/socket_holders.h"
#include "worker/context.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* How many sockets a list can show at most, and how many it shows in one line. */
#define SHOWN_MAXIMUM 20
#define SHOWN_IN_LINE 8

struct socket_listing socket_list_in_line(enum socket_state sought)
{
	return (struct socket_listing){.sought = sought,
		.maximum = SHOWN_IN_LINE,
		.before = "",
		.between = ", ",
		.after = ""};
}

static bool is_on_own_port(const struct socket_fact *fact)
{
	return context_has_port(fact->local.port) || context_has_port(fact->remote.port);
}

/* The lower the rank, the more a socket matters. A listener comes before a connection. */
static int rank(const struct socket_fact *fact, enum socket_state sought)
{
	int rank = is_on_own_port(fact) ? 0 : 100;

	if (fact->state == sought)
		return rank;
	if (fact->state == TIME_WAIT)
		return 1000;
	if (address_equal(&fact->local, &fact->remote))
		return rank + 1;
	if (fact->state == LISTEN || (fact->protocol != TCP && fact->state == CLOSE))
		return rank + 2;
	return rank + (fact->receive_queue > 0 || fact->send_queue > 0 ? 3 : 4);
}

/* Whether `a` comes before `b`: by rank, and then by the lower port and address. */
static bool comes_before(
	const struct socket_fact *a, const struct socket_fact *b, enum socket_state sought)
{
	int difference = rank(a, sought) - rank(b, sought);

	if (difference == 0)
		difference = a->local.port - b->local.port;
	if (difference == 0)
		difference = a->remote.port - b->remote.port;
	if (difference == 0)
		difference = memcmp(a->local.ip, b->local.ip, sizeof a->local.ip);
	return difference < 0;
}

/* Inserts a socket at its place by rank. When the list is full, the last one is dropped. */
static void insert(const struct socket_fact *chosen[], size_t *count,
	const struct socket_listing *listing, const struct socket_fact *fact)
{
	size_t at = *count;

	if (*count < listing->maximum)
		++*count;
	else if (!comes_before(fact, chosen[--at], listing->sought))
		return;
	for (; at > 0 && comes_before(fact, chosen[at - 1], listing->sought); at--)
		chosen[at] = chosen[at - 1];
	chosen[at] = fact;
}

/* Chooses the sockets that matter most, in order. Returns how many the case has. */
static size_t choose(const struct sockets *sockets, const struct socket_listing *listing,
	const struct socket_fact *chosen[], size_t *count)
{
	size_t all = 0;

	*count = 0;
	for (size_t i = 0; i < sockets->count; i++) {
		const struct socket_fact *fact = &sockets->list[i];
		if (!context_owns(&fact->local, &fact->remote))
			continue;
		insert(chosen, count, listing, fact);
		all++;
	}
	return all;
}

static void describe_addresses(struct buffer *out, const struct socket_fact *fact)
{
	char local[ADDRESS_TEXT], remote[ADDRESS_TEXT];

	buffer_printf(
		out, "%s %s", protocol_name(fact->protocol), address_text(&fact->local, local));
	if (fact->remote.port != 0)
		buffer_printf(out, " to %s", address_text(&fact->remote, remote));
}

/* Appends a detail: the first one after "with", the others after "and". */
static void detail(struct buffer *out, size_t *count, const char *text)
{
	buffer_printf(out, " %s %s", (*count)++ == 0 ? "with" : "and", text);
}

/* Appends a detail such as "5 bytes not taken", unless the number is 0. */
static void detail_of(
	struct buffer *out, size_t *count, uint32_t number, const char *what, const char *left)
{
	char text[64];

	if (number == 0)
		return;
	snprintf(text, sizeof text, "%u %s%s %s", number, what, number == 1 ? "" : "s", left);
	detail(out, count, text);
}

static bool can_be_shared(const struct socket_fact *fact)
{
	return fact->protocol != TCP || fact->state == LISTEN;
}

static void describe_options(struct buffer *out, size_t *count, const struct socket_fact *fact,
	const struct holders *holders)
{
	struct sharing sharing;

	if (holders == NULL || !can_be_shared(fact) || !holders_sharing(holders, &sharing))
		return;
	if (sharing.reuse_address)
		detail(out, count, "SO_REUSEADDR");
	if (sharing.reuse_port)
		detail(out, count, "SO_REUSEPORT");
}

/* Appends what is in the queues. For UDP the kernel says how much memory that takes, not bytes. */
static void describe_queues(struct buffer *out, size_t *count, const struct socket_fact *fact)
{
	uint32_t untaken = socket_untaken(fact);

	if (fact->protocol != TCP && untaken > 0)
		detail(out, count, "datagrams not taken");
	if (fact->protocol != TCP)
		return;
	if (fact->state == LISTEN)
		detail_of(out, count, untaken, "connection", "not accepted");
	else
		detail_of(out, count, untaken, "byte", "not taken");
	detail_of(out, count, socket_unacknowledged(fact), "byte", "not acknowledged");
}

/*
 * A connection without a descriptor was closed, or was not accepted yet. `holders` may be NULL;
 * then the socket's options are left out.
 */
static void describe_state(
	struct buffer *out, const struct socket_fact *fact, const struct holders *holders)
{
	size_t count = 0;

	if (fact->protocol == TCP)
		buffer_printf(out, " in %s", state_name(fact->state));
	describe_options(out, &count, fact, holders);
	describe_queues(out, &count, fact);
	if (fact->protocol != TCP)
		return;
	if (fact->inode == 0 && (fact->state == ESTABLISHED || fact->state == CLOSE_WAIT))
		buffer_printf(out, ": not accepted yet");
	else if (fact->state == CLOSE_WAIT)
		buffer_printf(out, ": this side has not closed");
	if (address_equal(&fact->local, &fact->remote))
		buffer_printf(out, ": connected to itself");
}

void socket_describe(struct buffer *out, const struct socket_fact *fact)
{
	describe_addresses(out, fact);
	describe_state(out, fact, NULL);
}

/* Appends "of tcp_hello_server (process 2) and sleep (process 3)". */
static void describe_holders(struct buffer *out, const struct holders *holders)
{
	size_t shown = holders->count < HOLDERS_SHOWN ? holders->count : HOLDERS_SHOWN;

	for (size_t i = 0; i < shown; i++) {
		const struct holder *holder = &holders->first[i];
		bool last = i > 0 && i + 1 == holders->count;
		buffer_printf(out, "%s%s", i == 0 ? " of " : last ? " and " : ", ", holder->name);
		if (holder->pid != getpid())
			buffer_printf(out, " (process %d)", holder->pid);
	}
	if (holders->count > shown)
		buffer_printf(out, " and %zu more", holders->count - shown);
}

size_t socket_list(struct buffer *out, const struct sockets *sockets,
	const struct processes *processes, const struct socket_listing *listing)
{
	const struct socket_fact *chosen[SHOWN_MAXIMUM];
	struct holders holders[SHOWN_MAXIMUM] = {0};
	size_t count, all = choose(sockets, listing, chosen, &count);

	for (size_t i = 0; i < count; i++)
		holders[i].inode = chosen[i]->inode;
	if (count > 0)
		holders_find(holders, count, processes);
	for (size_t i = 0; i < count; i++) {
		buffer_printf(out, "%s%s", i > 0 ? listing->between : "", listing->before);
		describe_addresses(out, chosen[i]);
		describe_holders(out, &holders[i]);
		describe_state(out, chosen[i], &holders[i]);
		buffer_printf(out, "%s", listing->after);
	}
	if (all > count)
		buffer_printf(out, "%s%sand %zu more%s", *listing->after == '\0' ? " " : "",
			listing->before, all - count, listing->after);
	return all;
}
