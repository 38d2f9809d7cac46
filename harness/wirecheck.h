/*
 * What a case is written with.
 *
 * A case file declares one CASE, whose body reads as the scenario does. Setup verbs (start, until_…,
 * connect_to and the like, and those that name a connection) end the case when they fail;
 * expectations (expect_…) record what they found and go on. Each waits as long as it must and no
 * longer than the limit of a wait. Pointers that verbs return stay good until the case is over,
 * and the case frees nothing.
 */
#ifndef WIRECHECK_H
#define WIRECHECK_H

#include "connection.h"
#include "context.h"
#include "datagram.h"
#include "endpoint.h"
#include "program.h"
#include "results.h"
#include "sockets.h"

#include <signal.h>

/* Declares the case of this file: .proves, one sentence, and .clause, where the rule stands. */
#define CASE(...)                                                                                  \
	static void case_body(void);                                                               \
	__attribute__((constructor)) static void case_register(void)                               \
	{                                                                                          \
		static struct case_info info = {                                                   \
			.file = __FILE__, .body = case_body, __VA_ARGS__};                         \
		suite_register(&info);                                                             \
	}                                                                                          \
	static void case_body(void)

/* Where a verb stands; lives as long as the process, for comments in the capture name it. */
#define HERE(verb)                                                                                 \
	(__extension__({                                                                           \
		static const struct place place_of_verb = {__FILE__, __LINE__, verb};              \
		&place_of_verb;                                                                    \
	}))

/* Called by CASE. The structure must last as long as the process. */
void suite_register(struct case_info *info);

/* ---- Programs ---- */

/* Starts a program under test: its name and arguments, all strings. Returns struct program *. */
#define start(...)                                                                                 \
	case_start(HERE("start(" #__VA_ARGS__ ")"), (const char *const[]){__VA_ARGS__, NULL})

/* Stops a program with SIGSTOP, until release(), and waits until it is stopped. */
#define hold(program)    case_hold(HERE("hold(" #program ")"), (program))
#define release(program) case_release(HERE("release(" #program ")"), (program))

/*
 * Leaves a program's standard output no room, so that it waits as soon as it prints, until
 * unblock_output(). One program at a time.
 */
#define block_output(program)   case_block_output(HERE("block_output(" #program ")"), (program))
#define unblock_output(program) case_unblock_output(HERE("unblock_output(" #program ")"), (program))

/*
 * Waits until a program waits for its peer: its threads sleep, all that came to its side of this
 * port has been taken, and nothing is on its way. On UDP for the SERVER alone.
 */
#define until_waiting(program, side, port)                                                         \
	case_until_waiting(HERE("until_waiting(" #program ", " #side ", " #port ")"), (program),   \
		(side), (port))

/* Waits until a program that cannot listen has ended; one that listens after all ends the case. */
#define until_given_up(program) case_until_given_up(HERE("until_given_up(" #program ")"), (program))

/* Waits for the program's end: it exits with this status. */
#define expect_exit(program, status)                                                               \
	case_expect_exit(                                                                          \
		HERE("expect_exit(" #program ", " #status ")"), (program), (status))

/* Waits for the program's end: its standard output is exactly this text. */
#define expect_output(program, text)                                                               \
	case_expect_output(HERE("expect_output(" #program ", " #text ")"), (program), (text))

/* Waits for the program's end: its standard error has this text somewhere. */
#define expect_error(program, text)                                                                \
	case_expect_error(HERE("expect_error(" #program ", " #text ")"), (program), (text))

/* ---- Sockets in the kernel ---- */

/* Waits until a socket listens on this TCP port, or one is bound to this UDP port. */
#define until_listening(protocol, port)                                                            \
	case_until_listening(                                                                      \
		HERE("until_listening(" #protocol ", " #port ")"), (protocol), (port))

/* Whoever listens on this port does so on this numeric address, and on no other. */
#define expect_bound_to(protocol, host, port)                                                      \
	case_expect_bound_to(HERE("expect_bound_to(" #protocol ", " #host ", " #port ")"),         \
		(protocol), (host), (port))

/* Nobody else can bind where this port is listened on, by SO_REUSEADDR or by SO_REUSEPORT. */
#define expect_unshared(protocol, port)                                                            \
	case_expect_unshared(                                                                      \
		HERE("expect_unshared(" #protocol ", " #port ")"), (protocol), (port))

/* The backlog on this TCP port has room for at least so many clients (listen(2)). */
#define expect_backlog(port, clients)                                                              \
	case_expect_backlog(                                                                       \
		HERE("expect_backlog(" #port ", " #clients ")"), (port), (clients))

/* Waits until a TCP socket with this local port is in this state. */
#define until_state(port, state)                                                                   \
	case_until_state(HERE("until_state(" #port ", " #state ")"), (port), (state))

/* A TCP socket with this local port is in this state now. */
#define expect_state(port, state)                                                                  \
	case_expect_state(HERE("expect_state(" #port ", " #state ")"), (port), (state))

/* ---- The case as one side ---- */

/* Opens a socket and connects it to HOST, a numeric address. Returns struct endpoint *. */
#define connect_to(protocol, host, port)                                                           \
	case_connect_to(HERE("connect_to(" #protocol ", " #host ", " #port ")"), (protocol),       \
		(host), (port))

/* Sends a text: on TCP as part of the stream, on UDP as one datagram, which may be empty. */
#define send_text(endpoint, text)                                                                  \
	case_send_text(HERE("send_text(" #endpoint ", " #text ")"), (endpoint), (text))

/* Receives as many bytes as the text has (TCP) or one datagram (UDP): they are that text. */
#define expect_received(endpoint, text)                                                            \
	case_expect_received(                                                                      \
		HERE("expect_received(" #endpoint ", " #text ")"), (endpoint), (text))

/* Waits for the peer's end of stream: no byte comes before it. */
#define expect_end_of_stream(endpoint)                                                             \
	case_expect_end_of_stream(HERE("expect_end_of_stream(" #endpoint ")"), (endpoint))

#define close_socket(endpoint)                                                                     \
	case_close_socket(HERE("close_socket(" #endpoint ")"), (endpoint))

/* ---- Connections on the wire ---- */

/* The one connection on this port, on either side. Returns struct connection *. */
#define only_connection(port) case_connection(HERE("only_connection(" #port ")"), (port), 1, 1)

/* Connection `number` of the `total` on this port, counted from 1 in the order they began. */
#define connection_of(port, number, total)                                                         \
	case_connection(HERE("connection_of(" #port ", " #number ", " #total ")"), (port),         \
		(number), (total))

/* It opened by SYN, SYN+ACK, ACK (RFC 9293 3.5). */
#define expect_handshake(connection)                                                               \
	case_expect_handshake(HERE("expect_handshake(" #connection ")"), (connection))

/* Its SYN was answered by RST+ACK: nobody listened (RFC 9293 3.5.2). */
#define expect_refused(connection)                                                                 \
	case_expect_refused(HERE("expect_refused(" #connection ")"), (connection))

/* Neither side has ended it so far: no FIN and no RST. */
#define expect_open(connection) case_expect_open(HERE("expect_open(" #connection ")"), (connection))

/* All that this side sent so far is exactly this text. */
#define expect_sent(connection, side, text)                                                        \
	case_expect_sent(HERE("expect_sent(" #connection ", " #side ", " #text ")"), (connection), \
		(side), bytes_of(text))

/* The same for bytes that may hold NULs. */
#define expect_sent_bytes(connection, side, bytes)                                                 \
	case_expect_sent(HERE("expect_sent_bytes(" #connection ", " #side ", " #bytes ")"),        \
		(connection), (side), (bytes))

/* Both sides sent a FIN and each was acknowledged (RFC 9293 3.6). */
#define expect_closed(connection)                                                                  \
	case_expect_closed(HERE("expect_closed(" #connection ")"), (connection))

/* This side sent its FIN before the other did. */
#define expect_closed_first(connection, side)                                                      \
	case_expect_closed_first(                                                                  \
		HERE("expect_closed_first(" #connection ", " #side ")"), (connection), (side))

/* No segment of it has RST. */
#define expect_no_reset(connection)                                                                \
	case_expect_no_reset(HERE("expect_no_reset(" #connection ")"), (connection))

/* ---- Datagrams on the wire ---- */

/* One datagram that is expected. */
struct message {
	enum side from;
	struct bytes payload;
};

/* A datagram from this side with exactly this text; the text must outlive the case. */
static inline struct message from(enum side side, const char *text)
{
	return (struct message){side, bytes_of(text)};
}

/*
 * The datagrams on this port that no expectation has looked at yet are exactly these, in this
 * order: expect_datagrams(9000, from(CLIENT, "hello"), from(SERVER, "hi")).
 */
#define expect_datagrams(port, ...)                                                                \
	case_expect_datagrams(HERE("expect_datagrams(" #port ", " #__VA_ARGS__ ")"), (port),       \
		(const struct message[]){__VA_ARGS__},                                             \
		sizeof((const struct message[]){__VA_ARGS__}) / sizeof(struct message))

/* ---- Accounting ---- */

/* What no expectation looked at does not fail this case. */
#define allow_other_traffic() case_allow_other_traffic(HERE("allow_other_traffic()"))

/* ---- What the macros call ---- */

struct program *case_start(const struct place *place, const char *const arguments[]);
void case_hold(const struct place *place, struct program *program);
void case_release(const struct place *place, struct program *program);
void case_block_output(const struct place *place, struct program *program);
void case_unblock_output(const struct place *place, struct program *program);
void case_until_waiting(
	const struct place *place, struct program *program, enum side side, uint16_t port);
void case_until_given_up(const struct place *place, struct program *program);
void case_expect_exit(const struct place *place, struct program *program, int status);
void case_expect_output(const struct place *place, struct program *program, const char *text);
void case_expect_error(const struct place *place, struct program *program, const char *text);
void case_until_listening(const struct place *place, enum protocol protocol, uint16_t port);
void case_expect_bound_to(
	const struct place *place, enum protocol protocol, const char *host, uint16_t port);
void case_expect_unshared(const struct place *place, enum protocol protocol, uint16_t port);
void case_expect_backlog(const struct place *place, uint16_t port, unsigned clients);
void case_until_state(const struct place *place, uint16_t port, enum socket_state state);
void case_expect_state(const struct place *place, uint16_t port, enum socket_state state);
struct endpoint *case_connect_to(
	const struct place *place, enum protocol protocol, const char *host, uint16_t port);
void case_send_text(const struct place *place, struct endpoint *endpoint, const char *text);
void case_expect_received(const struct place *place, struct endpoint *endpoint, const char *text);
void case_expect_end_of_stream(const struct place *place, struct endpoint *endpoint);
void case_close_socket(const struct place *place, struct endpoint *endpoint);
struct connection *case_connection(
	const struct place *place, uint16_t port, size_t number, size_t total);
void case_expect_handshake(const struct place *place, struct connection *connection);
void case_expect_refused(const struct place *place, struct connection *connection);
void case_expect_open(const struct place *place, struct connection *connection);
void case_expect_sent(const struct place *place, struct connection *connection, enum side side,
	struct bytes expected);
void case_expect_closed(const struct place *place, struct connection *connection);
void case_expect_closed_first(
	const struct place *place, struct connection *connection, enum side side);
void case_expect_no_reset(const struct place *place, struct connection *connection);
void case_expect_datagrams(const struct place *place, uint16_t port,
	const struct message expected[], size_t count);
void case_allow_other_traffic(const struct place *place);

#endif
