/* Sockets as a message lists them: whose they are, their state, those that matter first. */
#include "socket_list.h"

#include "context.h"
#include "holders.h"

#include <string.h>
#include <unistd.h>

/* Sockets of one list that can be shown at most. */
#define SHOWN_MAXIMUM 20
#define SHOWN_IN_LINE 10

struct socket_listing socket_list_in_line(enum socket_state sought)
{
	return (struct socket_listing){sought, SHOWN_IN_LINE, "", ", ", ""};
}

static bool is_on_own_port(const struct socket_fact *fact)
{
	return context_has_port(fact->local.port) || context_has_port(fact->remote.port);
}

/* Who listens comes before who is connected. The lower, the more it matters. */
static int rank(const struct socket_fact *fact, enum socket_state sought)
{
	int rank = is_on_own_port(fact) ? 0 : 100;

	if (fact->state == sought)
		return rank;
	if (fact->state == TIME_WAIT)
		return 1000;
	if (address_equal(&fact->local, &fact->remote))
		return rank + 1;
	if (fact->state == LISTEN || (fact->protocol == UDP && fact->state == CLOSE))
		return rank + 2;
	return rank + (fact->receive_queue > 0 || fact->send_queue > 0 ? 3 : 4);
}

/* Whether a socket matters more than another; of two that matter as much, the lower ports do. */
static bool comes_before(const struct socket_fact *a, const struct socket_fact *b,
	enum socket_state sought)
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

/* Puts a socket behind all that matter more; the one that matters least may have to go. */
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

/* The sockets that matter most, in order; returns how many the case has. */
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

	buffer_printf(out, "%s %s", protocol_name(fact->protocol),
		address_text(&fact->local, local));
	if (fact->remote.port != 0)
		buffer_printf(out, " to %s", address_text(&fact->remote, remote));
}

/* "5 bytes" */
static void describe_count(struct buffer *out, uint32_t count, const char *what)
{
	buffer_printf(out, "%u %s%s", count, what, count == 1 ? "" : "s");
}

/* What is in its queues. Of UDP the kernel tells memory, not bytes. */
static void describe_queues(struct buffer *out, const struct socket_fact *fact)
{
	uint32_t untaken = socket_untaken(fact);

	if (fact->protocol == UDP) {
		buffer_printf(out, "%s", untaken > 0 ? " with datagrams not taken" : "");
		return;
	}
	if (untaken > 0) {
		buffer_printf(out, " with ");
		describe_count(out, untaken, fact->state == LISTEN ? "connection" : "byte");
		buffer_printf(out, fact->state == LISTEN ? " not accepted" : " not taken");
	}
	if (fact->state != LISTEN && fact->send_queue > 0) {
		buffer_printf(out, untaken > 0 ? " and " : " with ");
		describe_count(out, fact->send_queue, "byte");
		buffer_printf(out, " not acknowledged");
	}
}

/* A connection that no descriptor stands for is closed, or the kernel's until it is accepted. */
static void describe_state(struct buffer *out, const struct socket_fact *fact)
{
	if (fact->protocol == TCP)
		buffer_printf(out, " in %s", state_name(fact->state));
	describe_queues(out, fact);
	if (fact->protocol == UDP)
		return;
	if (fact->inode == 0 && (fact->state == ESTABLISHED || fact->state == CLOSE_WAIT))
		buffer_printf(out, ", not accepted yet");
	else if (fact->state == CLOSE_WAIT)
		buffer_printf(out, ": the program has not closed");
	if (address_equal(&fact->local, &fact->remote))
		buffer_printf(out, ", connected to itself");
}

void socket_describe(struct buffer *out, const struct socket_fact *fact)
{
	describe_addresses(out, fact);
	describe_state(out, fact);
}

static bool can_be_shared(const struct socket_fact *fact)
{
	return fact->protocol == UDP || fact->state == LISTEN;
}

static void describe_options(
	struct buffer *out, const struct socket_fact *fact, const struct holders *holders)
{
	struct sharing sharing;

	if (!can_be_shared(fact) || !holders_sharing(holders, &sharing))
		return;
	if (sharing.reuse_address || sharing.reuse_port)
		buffer_printf(out, " with %s%s%s", sharing.reuse_address ? "SO_REUSEADDR" : "",
			sharing.reuse_address && sharing.reuse_port ? " and " : "",
			sharing.reuse_port ? "SO_REUSEPORT" : "");
}

/* "of tcp_hello_server (process 2) and sleep (process 3)" */
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
		describe_state(out, chosen[i]);
		describe_options(out, chosen[i], &holders[i]);
		buffer_printf(out, "%s", listing->behind);
	}
	if (all > count)
		buffer_printf(out, "%s%sand %zu more%s", *listing->behind == '\0' ? " " : "",
			listing->before, all - count, listing->behind);
	return all;
}
