/*
 * What the macros of wirecheck.h call: each verb is a function case_VERB that is told where it
 * stands. Nothing here is for cases; wirecheck.h says what each verb does.
 */
#ifndef WIRECHECK_VERBS_H
#define WIRECHECK_VERBS_H

#include "base/results.h"
#include "kernel/program.h"
#include "kernel/sockets.h"
#include "wire/connection.h"
#include "wire/datagram.h"
#include "worker/context.h"
#include "worker/endpoint.h"

#include <stddef.h>
#include <stdint.h>
#include <time.h>

struct message; /* wirecheck.h */

/* Where a verb stands; lives as long as the process, for comments in the capture name it. */
#define HERE(text)                                                                    \
	(__extension__({                                                              \
		static const struct place place_of_verb = {__FILE__, __LINE__, text}; \
		&place_of_verb;                                                       \
	}))

/* Calls a verb with these arguments, whose text in the case file is `text`. */
#define VERB(verb, text, ...) case_##verb(HERE(#verb "(" text ")"), __VA_ARGS__)

/* Called by CASE. The structure must last as long as the process. */
void suite_register(struct case_info *info);

/* Programs: starting and stopping. */

struct program *case_start(const struct place *place, const char *const arguments[]);
struct program *case_start_with(
	const struct place *place, const struct launch *how, const char *const arguments[]);
struct program *case_start_on_terminal(const struct place *place, const char *const arguments[]);
struct program *case_start_tool(const struct place *place, const char *const arguments[]);
void case_send_signal(const struct place *place, struct program *program, int number);
void case_signal_process(const struct place *place, struct program *program, int number);
void case_hold(const struct place *place, struct program *program);
void case_release(const struct place *place, struct program *program);
void case_until_waiting(
	const struct place *place, struct program *program, enum side side, uint16_t port);
void case_until_given_up(const struct place *place, struct program *program);

/* Programs: the dialogue. */

void case_until_printed(const struct place *place, struct program *program, const char *text);
void case_type_line(const struct place *place, struct program *program, const char *text);
void case_end_input(const struct place *place, struct program *program);
void case_block_output(const struct place *place, struct program *program);
void case_unblock_output(const struct place *place, struct program *program);

/* Programs: how they end, and what they printed. */

void case_expect_exit(const struct place *place, struct program *program, int status);
void case_expect_killed(const struct place *place, struct program *program, int number);
void case_expect_output(const struct place *place, struct program *program, const char *text);
void case_expect_output_either(
	const struct place *place, struct program *program, const char *text, const char *other);
void case_expect_output_matches(
	const struct place *place, struct program *program, const char *pattern);
void case_expect_error(const struct place *place, struct program *program, const char *text);
void case_expect_error_lacks(const struct place *place, struct program *program, const char *text);
void case_expect_no_error(const struct place *place, struct program *program);

/* The kernel's sockets, whosever they are. */

void case_until_listening(const struct place *place, enum protocol protocol, uint16_t port);
void case_until_listening_at(
	const struct place *place, enum protocol protocol, const char *host, uint16_t port);
void case_expect_bound_to(
	const struct place *place, enum protocol protocol, const char *host, uint16_t port);
void case_expect_bound_to_all(const struct place *place, enum protocol protocol, uint16_t port,
	const char *const hosts[], size_t count);
void case_expect_unshared(const struct place *place, enum protocol protocol, uint16_t port);
void case_expect_backlog(const struct place *place, uint16_t port, unsigned clients);
void case_until_state(const struct place *place, uint16_t port, enum socket_state state);
void case_expect_state(const struct place *place, uint16_t port, enum socket_state state);
void case_expect_no_state(const struct place *place, uint16_t port, enum socket_state state);

/* The kernel's counters: of /proc/net/snmp and netstat, since the case began. */

void case_expect_counter(
	const struct place *place, const char *group, const char *name, int64_t expected);
void case_until_counter(
	const struct place *place, const char *group, const char *name, int64_t expected);
int64_t case_counter(const struct place *place, const char *group, const char *name);

/* What this machine has. */

void case_need_ipv6(const struct place *place);
void case_need_unprivileged(const struct place *place);
void case_need_family(const struct place *place, int family, const char *name);
void case_need_protocol(const struct place *place, enum protocol protocol);
void case_add_interface(const struct place *place, const char *name, const char *kind);
void case_add_address(const struct place *place, const char *host);
void case_add_host(const struct place *place, const char *host);
void case_add_route(const struct place *place, const char *prefix);
void case_set_mtu(const struct place *place, int mtu);
void case_set_sysctl(const struct place *place, const char *name, const char *value);
void case_keep_time_wait(const struct place *place);

/* Files, in the case's scratch folder. */

void case_until_bound(const struct place *place, const char *path);
void case_expect_socket_file(const struct place *place, const char *path);
void case_expect_no_file(const struct place *place, const char *path);
void case_expect_file(const struct place *place, const char *path, const char *text);
void case_remove_file(const struct place *place, const char *path);

/* The case as one side: opening and closing sockets. */

struct endpoint *case_open_socket(const struct place *place, enum protocol protocol);
struct endpoint *case_bind_to(
	const struct place *place, enum protocol protocol, const char *host, uint16_t port);
struct endpoint *case_listen_on(const struct place *place, const char *host, uint16_t port);
struct endpoint *case_connect_to(
	const struct place *place, enum protocol protocol, const char *host, uint16_t port);
struct endpoint *case_accept_from(const struct place *place, struct endpoint *listener);
struct endpoint *case_listen_at_path(const struct place *place, const char *path);
struct endpoint *case_connect_to_path(
	const struct place *place, int type, const char *path, const char *own_path);
struct endpoint *case_open_can(const struct place *place, const char *interface);
void case_bind_socket(
	const struct place *place, struct endpoint *endpoint, const char *host, uint16_t port);
void case_listen_socket(const struct place *place, struct endpoint *endpoint, int backlog);
void case_connect_socket(
	const struct place *place, struct endpoint *endpoint, const char *host, uint16_t port);
void case_close_socket(const struct place *place, struct endpoint *endpoint);
void case_begin_connect(
	const struct place *place, struct endpoint *endpoint, const char *host, uint16_t port);
void case_expect_connected(const struct place *place, struct endpoint *endpoint);
void case_expect_bind_error(const struct place *place, struct endpoint *endpoint, const char *host,
	uint16_t port, int cause);
void case_expect_listen_error(const struct place *place, struct endpoint *endpoint, int cause);
void case_expect_connect_error(const struct place *place, struct endpoint *endpoint,
	const char *host, uint16_t port, int cause);
void case_shut_down(const struct place *place, struct endpoint *endpoint, int how);
void case_abort_socket(const struct place *place, struct endpoint *endpoint);

/* The case as one side: a socket's options and state. */

void case_set_option(
	const struct place *place, struct endpoint *endpoint, int level, int name, int value);
void case_expect_option(
	const struct place *place, struct endpoint *endpoint, int level, int name, int value);
void case_join_group(const struct place *place, struct endpoint *endpoint, const char *group);
void case_make_blocking(const struct place *place, struct endpoint *endpoint);
uint16_t case_local_port(const struct place *place, const struct endpoint *endpoint);
void case_until_socket_state(
	const struct place *place, const struct endpoint *endpoint, enum socket_state state);
void case_until_queued(const struct place *place, struct endpoint *listener, unsigned count);
void case_expect_nothing_to_accept(const struct place *place, const struct endpoint *listener);
void case_until_listening_can(const struct place *place, const char *interface, size_t sockets);
void case_drop_incoming(const struct place *place, struct endpoint *endpoint);
void case_take_incoming(const struct place *place, struct endpoint *endpoint);

/* The case as one side: sending. */

void case_send_text(const struct place *place, struct endpoint *endpoint, const char *text);
void case_send_bytes(const struct place *place, struct endpoint *endpoint, struct bytes bytes);
void case_send_text_to(const struct place *place, struct endpoint *endpoint, const char *host,
	uint16_t port, const char *text);
void case_send_urgent(const struct place *place, struct endpoint *endpoint, const char *text);
void case_send_at_once(const struct place *place, struct endpoint *endpoint, struct bytes datagram);
size_t case_fill(const struct place *place, struct endpoint *endpoint, struct bytes from);
void case_expect_send_error(
	const struct place *place, struct endpoint *endpoint, struct bytes bytes, int cause);
void case_until_acknowledged(const struct place *place, struct endpoint *endpoint);

/* The case as one side: receiving. */

void case_expect_received(const struct place *place, struct endpoint *endpoint, const char *text);
void case_expect_received_bytes(
	const struct place *place, struct endpoint *endpoint, struct bytes expected);
void case_expect_received_flags(
	const struct place *place, struct endpoint *endpoint, int flags, const char *text);
void case_expect_truncated(
	const struct place *place, struct endpoint *endpoint, const char *text, size_t whole);
void case_expect_can_frame(const struct place *place, struct endpoint *endpoint,
	uint32_t identifier, const char *text);
void case_expect_end_of_stream(const struct place *place, struct endpoint *endpoint);
void case_drain(const struct place *place, struct endpoint *endpoint);
void case_drain_until_error(const struct place *place, struct endpoint *endpoint, int cause);
void case_expect_receive_error(const struct place *place, struct endpoint *endpoint, int cause);
void case_expect_nothing_received(const struct place *place, struct endpoint *endpoint);
void case_expect_queued_error(const struct place *place, const struct endpoint *endpoint, int cause,
	const char *host, uint16_t port, const char *text);
struct endpoint *case_until_either_ready(
	const struct place *place, struct endpoint *first, struct endpoint *second);
size_t case_count_received(const struct place *place, struct endpoint *receiver, size_t sent);
void case_exchange(const struct place *place, struct endpoint *a, struct bytes from_a,
	struct endpoint *b, struct bytes from_b);

/* Connections on the wire: opening. */

struct connection *case_only_connection(const struct place *place, uint16_t port);
struct connection *case_connection_of(
	const struct place *place, uint16_t port, size_t number, size_t total);
void case_expect_no_connection(const struct place *place, uint16_t port);
void case_expect_handshake(const struct place *place, struct connection *connection);
void case_expect_refused(const struct place *place, struct connection *connection);
void case_expect_simultaneous_open(const struct place *place, struct connection *connection);
void case_expect_sent_in_syn(
	const struct place *place, struct connection *connection, const char *text);
void case_expect_mss(const struct place *place, struct connection *connection, enum side side,
	unsigned expected);

/* Connections on the wire: what each side sent. */

void case_expect_sent(
	const struct place *place, struct connection *connection, enum side side, const char *text);
void case_expect_sent_bytes(const struct place *place, struct connection *connection,
	enum side side, struct bytes expected);
void case_expect_sent_prefix(const struct place *place, struct connection *connection,
	enum side side, struct bytes bytes);
void case_expect_sent_matches(const struct place *place, struct connection *connection,
	enum side side, const char *pattern);

/* Connections on the wire: closing. */

void case_expect_open(const struct place *place, struct connection *connection);
void case_expect_closed(const struct place *place, struct connection *connection);
void case_expect_closed_first(
	const struct place *place, struct connection *connection, enum side side);
void case_expect_simultaneous_close(const struct place *place, struct connection *connection);
void case_expect_half_close(
	const struct place *place, struct connection *connection, enum side side);
void case_expect_no_fin(const struct place *place, struct connection *connection, enum side side);
void case_expect_reset(const struct place *place, struct connection *connection, enum side side);
void case_expect_no_reset(const struct place *place, struct connection *connection);

/* Connections on the wire: segments. */

void case_expect_window_closed(
	const struct place *place, struct connection *connection, enum side side);
void case_expect_window_probed(
	const struct place *place, struct connection *connection, enum side side);
void case_expect_window_opened(
	const struct place *place, struct connection *connection, enum side side);
void case_until_probe(const struct place *place, struct connection *connection, enum side side);
void case_expect_probe(const struct place *place, struct connection *connection, enum side side);
void case_expect_no_probe(const struct place *place, struct connection *connection, enum side side);
void case_expect_urgent(
	const struct place *place, struct connection *connection, enum side side, uint64_t behind);
void case_expect_pushed(const struct place *place, struct connection *connection, enum side side);
void case_expect_acknowledged_within(const struct place *place, struct connection *connection,
	enum side side, unsigned milliseconds);
double case_longest_ack_delay(
	const struct place *place, struct connection *connection, enum side side);
size_t case_segments_sent(const struct place *place, struct connection *connection, enum side side);

/* Datagrams on the wire. */

void case_expect_datagrams(
	const struct place *place, uint16_t port, const struct message *expected, size_t count);
void case_expect_datagrams_unordered(
	const struct place *place, uint16_t port, const struct message *expected, size_t count);
void case_expect_no_datagrams(const struct place *place, uint16_t port);
struct datagram *case_datagram_of(const struct place *place, uint16_t port, size_t number);
void case_expect_udplite_datagrams(
	const struct place *place, uint16_t port, const struct message *expected, size_t count);
struct datagram *case_udplite_datagram_of(const struct place *place, uint16_t port, size_t number);
void case_expect_coverage(const struct place *place, struct datagram *datagram, size_t bytes);
void case_expect_answer(
	const struct place *place, struct datagram *answer, const struct datagram *question);
void case_expect_time(
	const struct place *place, struct datagram *datagram, const char *form, time_t before);
void case_expect_fragments(const struct place *place, struct datagram *datagram,
	const unsigned offsets[], size_t count);
void case_expect_dont_fragment(const struct place *place, struct datagram *datagram);
void case_expect_icmp(const struct place *place, uint16_t port, unsigned type, unsigned code);

/* The whole wire. */

void case_expect_no_packets(const struct place *place);
void case_allow_other_traffic(const struct place *place);

/* Texts, bytes and figures. */

void case_expect_within(
	const struct place *place, const char *figure, int64_t found, int64_t low, int64_t high);
void case_record(const struct place *place, const char *text);

/* What verbs share. */

/* A socket of the case that is not open yet. Ends the case when there are too many. */
struct endpoint *endpoint_new(void);

/* "SERVER: nobody listened": who sent the connection's RST, and why. Lives as long as the case. */
const char *reset_text(const struct connection *connection);

/* "ECONNREFUSED (Connection refused)" of a call's outcome (endpoint.h). */
const char *outcome_text(int outcome);

/*
 * What a call of the case's own socket that failed says: FAIL, its peer did that or has the
 * address; SKIP, this machine forbids the call; BROKEN, all else.
 */
enum verdict outcome_verdict(int outcome);

/* Ends the case with that verdict unless the call succeeded. */
void must_succeed(const char *call, int outcome);

#endif
