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

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sys/socket.h>
#include <time.h>

/*
 * Declares the case of this file: .proves, one sentence, and .clause, where the rule stands. One
 * that puts more on the wire at once than the capture's ring holds names a larger .ring_mib; one
 * whose programs compute for seconds, as a browser does, a .patience that multiplies the limits.
 */
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

/*
 * The same with more to say about how: start_with(LAUNCH(.folder = "data"), "unix_hello_server",
 * "hello.sock"). The fields are those of struct launch.
 */
#define LAUNCH(...) (&(const struct launch){__VA_ARGS__})
#define start_with(how, ...)                                                                       \
	case_start_with(HERE("start_with(" #how ", " #__VA_ARGS__ ")"), (how),                     \
		(const char *const[]){__VA_ARGS__, NULL})

/* Starts it on a terminal, as a person would: it shows its prompts at once. */
#define start_on_terminal(...)                                                                     \
	case_start_with(HERE("start_on_terminal(" #__VA_ARGS__ ")"), LAUNCH(.terminal = true),     \
		(const char *const[]){__VA_ARGS__, NULL})

/* Starts a tool that PATH has, curl for instance; the case is SKIP where it is not installed. */
#define start_tool(...)                                                                            \
	case_start_tool(                                                                           \
		HERE("start_tool(" #__VA_ARGS__ ")"), (const char *const[]){__VA_ARGS__, NULL})

/* Waits until its standard output has this text, behind what the last until_printed found. */
#define until_printed(program, text)                                                               \
	case_until_printed(HERE("until_printed(" #program ", " #text ")"), (program), (text))

/* Types a line: writes the text and a newline to its standard input. */
#define type_line(program, text)                                                                   \
	case_type_line(HERE("type_line(" #program ", " #text ")"), (program), (text))

/* Ends its standard input, as Ctrl-D does. */
#define end_input(program) case_end_input(HERE("end_input(" #program ")"), (program))

/* Sends it a signal. */
#define send_signal(program, number)                                                               \
	case_send_signal(HERE("send_signal(" #program ", " #number ")"), (program), (number))

/* A text made as printf(3) makes it; lives as long as the case. */
const char *format(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The case is SKIP where this machine has no IPv6 on its loopback. */
#define need_ipv6() case_need_ipv6(HERE("need_ipv6()"))

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

/* Waits for the program's end: this signal ended it. */
#define expect_killed(program, number)                                                             \
	case_expect_killed(                                                                        \
		HERE("expect_killed(" #program ", " #number ")"), (program), (number))

/* Waits for the program's end: its standard output is exactly this text. */
#define expect_output(program, text)                                                               \
	case_expect_output(HERE("expect_output(" #program ", " #text ")"), (program), (text))

/* The same: it is one of two texts, or matches a pattern in which * stands for any text. */
#define expect_output_either(program, text, other)                                                 \
	case_expect_output_either(                                                                 \
		HERE("expect_output_either(" #program ", " #text ", " #other ")"), (program),      \
		(text), (other))
#define expect_output_matches(program, pattern)                                                    \
	case_expect_output_matches(                                                                \
		HERE("expect_output_matches(" #program ", " #pattern ")"), (program), (pattern))

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

/* Waits until this socket of the case is in this state. */
#define until_socket_state(endpoint, state)                                                        \
	case_until_socket_state(                                                                   \
		HERE("until_socket_state(" #endpoint ", " #state ")"), (endpoint), (state))

/* No TCP socket with this local port is in this state now. */
#define expect_no_state(port, state)                                                               \
	case_expect_no_state(HERE("expect_no_state(" #port ", " #state ")"), (port), (state))

/* A counter of /proc/net/snmp or netstat has grown by exactly this since the case began. */
#define expect_counter(group, name, by)                                                            \
	case_expect_counter(HERE("expect_counter(" #group ", " #name ", " #by ")"), (group),       \
		(name), (by))

/* Waits until it has grown by at least this. */
#define until_counter(group, name, by)                                                             \
	case_until_counter(HERE("until_counter(" #group ", " #name ", " #by ")"), (group), (name), \
		(by))

/* By how much it has grown; an int64_t. */
#define counter(group, name)                                                                       \
	case_counter(HERE("counter(" #group ", " #name ")"), (group), (name))

/* Sets the MTU of the sandbox's loopback and switches segmentation offload off. */
#define set_mtu(mtu) case_set_mtu(HERE("set_mtu(" #mtu ")"), (mtu))

/* The case is SKIP where the kernel has no such sockets: need_family(AF_CAN). */
#define need_family(family)                                                                        \
	case_need_family(HERE("need_family(" #family ")"), (family), #family)

/* Adds an interface to the sandbox and brings it up; SKIP where the kernel has none of the kind. */
#define add_interface(name, kind)                                                                  \
	case_add_interface(HERE("add_interface(" #name ", " #kind ")"), (name), (kind))

/* ---- Files ---- */

/* Waits until a Unix socket is bound to this path, and listens if it is a stream's; @ is abstract. */
#define until_bound(path) case_until_bound(HERE("until_bound(" #path ")"), (path))

/* There is a socket's file, or nothing, at this path. */
#define expect_socket_file(path)                                                                   \
	case_expect_socket_file(HERE("expect_socket_file(" #path ")"), (path))
#define expect_no_file(path) case_expect_no_file(HERE("expect_no_file(" #path ")"), (path))

/* The file has exactly this text. */
#define expect_file(path, text)                                                                    \
	case_expect_file(HERE("expect_file(" #path ", " #text ")"), (path), (text))

#define remove_file(path) case_remove_file(HERE("remove_file(" #path ")"), (path))

#define write_file(path, text)                                                                     \
	case_write_file(HERE("write_file(" #path ", " #text ")"), (path), (text))

/* ---- The case as one side ---- */

/* Opens a socket for IPv4. Returns struct endpoint *. */
#define open_socket(protocol) case_open_socket(HERE("open_socket(" #protocol ")"), (protocol))

/* Opens a socket and binds it. Returns struct endpoint *. */
#define bind_to(protocol, host, port)                                                              \
	case_bind_to(HERE("bind_to(" #protocol ", " #host ", " #port ")"), (protocol), (host),     \
		(port))

/* Opens a TCP socket, binds it and listens. Returns struct endpoint *. */
#define listen_on(host, port)                                                                      \
	case_listen_on(HERE("listen_on(" #host ", " #port ")"), (host), (port))

/* Waits for a connection and accepts it. Returns struct endpoint *. */
#define accept_from(listener) case_accept_from(HERE("accept_from(" #listener ")"), (listener))

/* Waits until so many connections wait in its queue to be accepted. */
#define until_queued(listener, count)                                                              \
	case_until_queued(                                                                         \
		HERE("until_queued(" #listener ", " #count ")"), (listener), (count))

/*
 * The same for AF_UNIX: a path, or a name without a file that begins with @. SOCK_STREAM or
 * SOCK_DGRAM; `own_path` is what the socket binds first, or NULL.
 */
#define listen_at_path(path) case_listen_at_path(HERE("listen_at_path(" #path ")"), (path))
#define connect_to_path(type, path, own_path)                                                      \
	case_connect_to_path(HERE("connect_to_path(" #type ", " #path ", " #own_path ")"), (type), \
		(path), (own_path))

/* Sockets of the case do not block; a program that takes one over expects that it does. */
#define make_blocking(endpoint) case_make_blocking(HERE("make_blocking(" #endpoint ")"), (endpoint))

/* A CAN_RAW socket that takes all frames; waits until so many do; a frame that it receives. */
#define open_can(interface) case_open_can(HERE("open_can(" #interface ")"), (interface))
#define until_listening_can(interface, sockets)                                                    \
	case_until_listening_can(                                                                  \
		HERE("until_listening_can(" #interface ", " #sockets ")"), (interface), (sockets))
#define expect_can_frame(endpoint, identifier, text)                                               \
	case_expect_can_frame(                                                                     \
		HERE("expect_can_frame(" #endpoint ", " #identifier ", " #text ")"), (endpoint),   \
		(identifier), (text))

/* The calls of these names on a socket that was opened: they succeed. */
#define bind_socket(endpoint, host, port)                                                          \
	case_bind_socket(HERE("bind_socket(" #endpoint ", " #host ", " #port ")"), (endpoint),     \
		(host), (port))
#define listen_socket(endpoint, backlog)                                                           \
	case_listen_socket(                                                                        \
		HERE("listen_socket(" #endpoint ", " #backlog ")"), (endpoint), (backlog))
#define connect_socket(endpoint, host, port)                                                       \
	case_connect_socket(HERE("connect_socket(" #endpoint ", " #host ", " #port ")"),           \
		(endpoint), (host), (port))

/* Starts to connect, without waiting; expect_connected waits for its success. */
#define begin_connect(endpoint, host, port)                                                        \
	case_begin_connect(HERE("begin_connect(" #endpoint ", " #host ", " #port ")"),             \
		(endpoint), (host), (port))
#define expect_connected(endpoint)                                                                 \
	case_expect_connected(HERE("expect_connected(" #endpoint ")"), (endpoint))

/* The call fails with this errno, ECONNREFUSED for instance; 0: it succeeds. */
#define expect_connect_error(endpoint, host, port, cause)                                          \
	case_expect_connect_error(HERE("expect_connect_error(" #endpoint ", " #host ", " #port     \
				       ", " #cause ")"),                                           \
		(endpoint), (host), (port), (cause))
#define expect_bind_error(endpoint, host, port, cause)                                             \
	case_expect_bind_error(HERE("expect_bind_error(" #endpoint ", " #host ", " #port           \
				    ", " #cause ")"),                                              \
		(endpoint), (host), (port), (cause))
#define expect_listen_error(endpoint, cause)                                                       \
	case_expect_listen_error(                                                                  \
		HERE("expect_listen_error(" #endpoint ", " #cause ")"), (endpoint), (cause))

/* setsockopt(2) and getsockopt(2) with an int. */
#define set_option(endpoint, level, name, value)                                                   \
	case_set_option(HERE("set_option(" #endpoint ", " #level ", " #name ", " #value ")"),      \
		(endpoint), (level), (name), (value))
#define expect_option(endpoint, level, name, value)                                                \
	case_expect_option(                                                                        \
		HERE("expect_option(" #endpoint ", " #level ", " #name ", " #value ")"),           \
		(endpoint), (level), (name), (value))

/* Joins a multicast group on the loopback interface; the kernel's IGMP about it is no matter. */
#define join_group(endpoint, group)                                                                \
	case_join_group(HERE("join_group(" #endpoint ", " #group ")"), (endpoint), (group))

/* The port that the socket is bound to. */
#define local_port(endpoint) case_local_port(HERE("local_port(" #endpoint ")"), (endpoint))

/* shutdown(2): SHUT_WR ends this side's stream, and data may still come. */
#define shut_down(endpoint, how)                                                                   \
	case_shut_down(HERE("shut_down(" #endpoint ", " #how ")"), (endpoint), (how))

/* Closes it by a reset: SO_LINGER {1, 0}. */
#define abort_socket(endpoint)                                                                     \
	case_abort_socket(HERE("abort_socket(" #endpoint ")"), (endpoint))

/* Sends bytes, an urgent byte, or a datagram to an address. */
#define send_bytes(endpoint, bytes)                                                                \
	case_send_bytes(HERE("send_bytes(" #endpoint ", " #bytes ")"), (endpoint), (bytes))
#define send_urgent(endpoint, text)                                                                \
	case_send_urgent(HERE("send_urgent(" #endpoint ", " #text ")"), (endpoint), (text))
#define send_text_to(endpoint, host, port, text)                                                   \
	case_send_text_to(HERE("send_text_to(" #endpoint ", " #host ", " #port ", " #text ")"),    \
		(endpoint), (host), (port), (text))

/* Sends a datagram without waiting: the case is over if the send would have to wait. */
#define send_at_once(endpoint, bytes)                                                              \
	case_send_at_once(                                                                         \
		HERE("send_at_once(" #endpoint ", " #bytes ")"), (endpoint), (bytes))

/* One send fails with this errno, EAGAIN for instance; 0: it succeeds. */
#define expect_send_error(endpoint, bytes, cause)                                                  \
	case_expect_send_error(                                                                    \
		HERE("expect_send_error(" #endpoint ", " #bytes ", " #cause ")"), (endpoint),      \
		(bytes), (cause))
#define expect_send_error_to(endpoint, host, port, bytes, cause)                                   \
	case_expect_send_error_to(HERE("expect_send_error_to(" #endpoint ", " #host ", " #port     \
				       ", " #bytes ", " #cause ")"),                               \
		(endpoint), (host), (port), (bytes), (cause))

/* Waits until this many bytes lie in the socket's receive queue. */
#define until_received(endpoint, length)                                                           \
	case_until_received(                                                                       \
		HERE("until_received(" #endpoint ", " #length ")"), (endpoint), (length))

/* Waits until the peer's kernel has acknowledged all that this socket sent. */
#define until_acknowledged(endpoint)                                                               \
	case_until_acknowledged(HERE("until_acknowledged(" #endpoint ")"), (endpoint))

/* As expect_received, for bytes that may hold NULs. */
#define expect_received_bytes(endpoint, bytes)                                                     \
	case_expect_received_bytes(                                                                \
		HERE("expect_received_bytes(" #endpoint ", " #bytes ")"), (endpoint), (bytes))

/* One recv(2) with flags, MSG_OOB for instance, into as many bytes as the text has: it is that. */
#define expect_received_flags(endpoint, flags, text)                                               \
	case_expect_received_flags(                                                                \
		HERE("expect_received_flags(" #endpoint ", " #flags ", " #text ")"), (endpoint),   \
		(flags), (text))

/* One recv(2) of a datagram of `whole` bytes into as many bytes as the text has; MSG_TRUNC. */
#define expect_truncated(endpoint, text, whole)                                                    \
	case_expect_truncated(                                                                     \
		HERE("expect_truncated(" #endpoint ", " #text ", " #whole ")"), (endpoint),        \
		(text), (whole))

/* recv(2), which waits if it must, fails with this errno. */
#define expect_receive_error(endpoint, cause)                                                      \
	case_expect_receive_error(                                                                 \
		HERE("expect_receive_error(" #endpoint ", " #cause ")"), (endpoint), (cause))

/* There is nothing to receive now. */
#define expect_nothing_received(endpoint)                                                          \
	case_expect_nothing_received(HERE("expect_nothing_received(" #endpoint ")"), (endpoint))

/* Waits until one of two sockets has something to receive or to accept; returns that one. */
#define until_either_ready(first, second)                                                          \
	case_until_either_ready(                                                                   \
		HERE("until_either_ready(" #first ", " #second ")"), (first), (second))

/* No connection waits to be accepted now. */
#define expect_nothing_to_accept(listener)                                                         \
	case_expect_nothing_to_accept(                                                             \
		HERE("expect_nothing_to_accept(" #listener ")"), (listener))

/*
 * Receives until each of so many datagrams has come, or was counted as dropped because the receive
 * buffer was full (Udp RcvbufErrors). How many came; a size_t.
 */
#define count_received(endpoint, sent)                                                             \
	case_count_received(                                                                       \
		HERE("count_received(" #endpoint ", " #sent ")"), (endpoint), (sent))

/*
 * Waits for an entry in the socket's error queue (ip(7) IP_RECVERR): an ICMP error brought this
 * errno, about a datagram to HOST and PORT with this text.
 */
#define expect_queued_error(endpoint, cause, host, port, text)                                     \
	case_expect_queued_error(HERE("expect_queued_error(" #endpoint ", " #cause ", " #host      \
				      ", " #port ", " #text ")"),                                  \
		(endpoint), (cause), (host), (port), (text))

/* So many bytes without a period; the same each time. Live as long as the case. */
struct bytes pattern(size_t length);

/* The same as a text of small letters. */
const char *letters(size_t length);

/* A part of some bytes. */
static inline struct bytes part_of(struct bytes bytes, size_t from_offset, size_t length)
{
	return (struct bytes){bytes.data + from_offset, length};
}

/* Sends from the bytes until send says EAGAIN; returns how many it took. */
#define fill(endpoint, bytes)                                                                      \
	case_fill(HERE("fill(" #endpoint ", " #bytes ")"), (endpoint), (bytes))

/* Both sides send their bytes at the same time and each receives the other's, byte for byte. */
#define exchange(a, from_a, b, from_b)                                                             \
	case_exchange(HERE("exchange(" #a ", " #from_a ", " #b ", " #from_b ")"), (a), (from_a),   \
		(b), (from_b))

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

/* Receives whatever comes, until the peer's end of stream. */
#define drain(endpoint) case_drain(HERE("drain(" #endpoint ")"), (endpoint))

#define close_socket(endpoint)                                                                     \
	case_close_socket(HERE("close_socket(" #endpoint ")"), (endpoint))

/*
 * Between the two, whatever comes to this socket is dropped, as if it got lost behind the wire: a
 * socket filter (socket(7) SO_ATTACH_FILTER) sees to it. TCP sends it again afterwards.
 */
#define drop_incoming(endpoint)                                                                    \
	case_drop_incoming(HERE("drop_incoming(" #endpoint ")"), (endpoint))
#define take_incoming(endpoint)                                                                    \
	case_take_incoming(HERE("take_incoming(" #endpoint ")"), (endpoint))

/* ---- Connections on the wire ---- */

/* The one connection on this port, on either side. Returns struct connection *. */
#define only_connection(port) case_connection(HERE("only_connection(" #port ")"), (port), 1, 1)

/* Connection `number` of the `total` on this port, counted from 1 in the order they began. */
#define connection_of(port, number, total)                                                         \
	case_connection(HERE("connection_of(" #port ", " #number ", " #total ")"), (port),         \
		(number), (total))

/* The port that this side has. */
static inline uint16_t port_of(const struct connection *connection, enum side side)
{
	return connection->streams[side].address.port;
}

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

/* All that this side sent is the beginning of these bytes; something it is. */
#define expect_sent_prefix(connection, side, bytes)                                                \
	case_expect_sent_prefix(                                                                   \
		HERE("expect_sent_prefix(" #connection ", " #side ", " #bytes ")"), (connection),  \
		(side), (bytes))

/* All that this side sent matches a pattern in which * stands for any text. */
#define expect_sent_matches(connection, side, pattern)                                             \
	case_expect_sent_matches(                                                                  \
		HERE("expect_sent_matches(" #connection ", " #side ", " #pattern ")"),             \
		(connection), (side), (pattern))

/* Both sides sent a FIN and each was acknowledged (RFC 9293 3.6). */
#define expect_closed(connection)                                                                  \
	case_expect_closed(HERE("expect_closed(" #connection ")"), (connection))

/* This side sent its FIN before the other did. */
#define expect_closed_first(connection, side)                                                      \
	case_expect_closed_first(                                                                  \
		HERE("expect_closed_first(" #connection ", " #side ")"), (connection), (side))

/* Each side sent its FIN before it saw the other's (RFC 9293 3.6 case 3). */
#define expect_simultaneous_close(connection)                                                      \
	case_expect_simultaneous_close(                                                            \
		HERE("expect_simultaneous_close(" #connection ")"), (connection))

/* No segment of it has RST. */
#define expect_no_reset(connection)                                                                \
	case_expect_no_reset(HERE("expect_no_reset(" #connection ")"), (connection))

/* This side sent RST. */
#define expect_reset(connection, side)                                                             \
	case_expect_reset(HERE("expect_reset(" #connection ", " #side ")"), (connection), (side))

/* This side sent no FIN. */
#define expect_no_fin(connection, side)                                                            \
	case_expect_no_fin(HERE("expect_no_fin(" #connection ", " #side ")"), (connection), (side))

/* Both sides sent their SYN before they saw the other's (RFC 9293 3.5). */
#define expect_simultaneous_open(connection)                                                       \
	case_expect_simultaneous_open(                                                             \
		HERE("expect_simultaneous_open(" #connection ")"), (connection))

/* This side sent FIN, the other data behind it, and then FIN. */
#define expect_half_close(connection, side)                                                        \
	case_expect_half_close(                                                                    \
		HERE("expect_half_close(" #connection ", " #side ")"), (connection), (side))

/* This side's window went to 0; the other asked for it then; it opened again (RFC 9293 3.8.6). */
#define expect_window_closed(connection, side)                                                     \
	case_expect_window_closed(                                                                 \
		HERE("expect_window_closed(" #connection ", " #side ")"), (connection), (side))
#define expect_window_probed(connection, side)                                                     \
	case_expect_window_probed(                                                                 \
		HERE("expect_window_probed(" #connection ", " #side ")"), (connection), (side))
#define expect_window_opened(connection, side)                                                     \
	case_expect_window_opened(                                                                 \
		HERE("expect_window_opened(" #connection ", " #side ")"), (connection), (side))

/* This side's urgent pointer pointed behind so many bytes of its stream (RFC 9293 3.8.5). */
#define expect_urgent(connection, side, behind)                                                    \
	case_expect_urgent(                                                                        \
		HERE("expect_urgent(" #connection ", " #side ", " #behind ")"), (connection),      \
		(side), (behind))

/* The segment with the last byte from this side has PSH. */
#define expect_pushed(connection, side)                                                            \
	case_expect_pushed(HERE("expect_pushed(" #connection ", " #side ")"), (connection), (side))

/* The SYN of this side has the option MSS with this value. */
#define expect_mss(connection, side, value)                                                        \
	case_expect_mss(HERE("expect_mss(" #connection ", " #side ", " #value ")"), (connection),  \
		(side), (value))

/* All data from this side was acknowledged within so many milliseconds, by times on the wire. */
#define expect_acknowledged_within(connection, side, milliseconds)                                 \
	case_expect_acknowledged_within(HERE("expect_acknowledged_within(" #connection ", " #side  \
					     ", " #milliseconds ")"),                              \
		(connection), (side), (milliseconds))

/* How long this side waited for an ACK of its data, at most; milliseconds, a double. */
#define longest_ack_delay(connection, side)                                                        \
	case_longest_ack_delay(                                                                    \
		HERE("longest_ack_delay(" #connection ", " #side ")"), (connection), (side))

/* How many segments with data this side sent, without those repeated; a size_t. */
#define segments_sent(connection, side)                                                            \
	case_segments_sent(HERE("segments_sent(" #connection ", " #side ")"), (connection), (side))

/* Waits until this side probes: its idle peer, or its peer's closed window. */
#define until_probed(connection, side)                                                             \
	case_until_probed(HERE("until_probed(" #connection ", " #side ")"), (connection), (side))

/* This side sent a keepalive probe, or none (RFC 9293 3.8.4). */
#define expect_probed(connection, side)                                                            \
	case_expect_probed(HERE("expect_probed(" #connection ", " #side ")"), (connection), (side))
#define expect_not_probed(connection, side)                                                        \
	case_expect_not_probed(                                                                    \
		HERE("expect_not_probed(" #connection ", " #side ")"), (connection), (side))

/* No connection has this port on either side: not even a SYN. */
#define expect_no_connection(port)                                                                 \
	case_expect_no_connection(HERE("expect_no_connection(" #port ")"), (port))

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

/* The same for bytes that may hold NULs. */
static inline struct message from_bytes(enum side side, struct bytes payload)
{
	return (struct message){side, payload};
}

/*
 * The datagrams on this port that no expectation has looked at yet are exactly these, in this
 * order: expect_datagrams(9000, from(CLIENT, "hello"), from(SERVER, "hi")).
 */
#define expect_datagrams(port, ...)                                                                \
	case_expect_datagrams(HERE("expect_datagrams(" #port ", " #__VA_ARGS__ ")"), (port),       \
		(const struct message[]){__VA_ARGS__},                                             \
		sizeof((const struct message[]){__VA_ARGS__}) / sizeof(struct message))

/* The same for an array of struct message, in any order: UDP does not promise one. */
#define expect_datagrams_unordered(port, messages, count)                                          \
	case_expect_datagrams_unordered(HERE("expect_datagrams_unordered(" #port ", " #messages    \
					     ", " #count ")"),                                     \
		(port), (messages), (count))

/* No datagram that no expectation has looked at is on this port. */
#define expect_no_datagrams(port)                                                                  \
	case_expect_no_datagrams(HERE("expect_no_datagrams(" #port ")"), (port))

/* Datagram `number` on this port, counted from 1. Returns struct datagram *. */
#define datagram_of(port, number)                                                                  \
	case_datagram(HERE("datagram_of(" #port ", " #number ")"), (port), (number))

/* The answer goes from where the question went to, to where it came from. */
#define expect_answer(answer, question)                                                            \
	case_expect_answer(                                                                        \
		HERE("expect_answer(" #answer ", " #question ")"), (answer), (question))

/* The datagram's bytes as a text; lives as long as the case. */
const char *payload_text(const struct datagram *datagram);

/* The time in seconds now, for expect_time. */
time_t wall_clock(void);

/* The datagram has the time as strftime(3) gives it in UTC, of a second from `before` to now. */
#define expect_time(datagram, form, before)                                                        \
	case_expect_time(HERE("expect_time(" #datagram ", " #form ", " #before ")"), (datagram),   \
		(form), (before))

/* The datagram came in fragments at these offsets, in units of 8 bytes: (datagram, 0, 185). */
#define expect_fragments(datagram, ...)                                                            \
	case_expect_fragments(HERE("expect_fragments(" #datagram ", " #__VA_ARGS__ ")"),           \
		(datagram), (const unsigned[]){__VA_ARGS__},                                       \
		sizeof((const unsigned[]){__VA_ARGS__}) / sizeof(unsigned))

/*
 * An ICMP error with this type and code is about a packet to this port (RFC 792, RFC 4443); of a
 * datagram, it quotes one that was sent.
 */
#define expect_icmp(port, type, code)                                                              \
	case_expect_icmp(HERE("expect_icmp(" #port ", " #type ", " #code ")"), (port), (type),     \
		(code))

/* No router may fragment the datagram: it came in one packet, and that has DF (RFC 791 2.3). */
#define expect_dont_fragment(datagram)                                                             \
	case_expect_dont_fragment(HERE("expect_dont_fragment(" #datagram ")"), (datagram))

/* Nothing at all crossed the wire. */
#define expect_no_packets() case_expect_no_packets(HERE("expect_no_packets()"))

/* ---- Notes ---- */

/* Keeps a figure, as printf(3) makes it: for the output under -v and the capture's comment. */
#define record(...) case_record(HERE("record(" #__VA_ARGS__ ")"), format(__VA_ARGS__))

/* A figure, which the case has counted itself, is from `low` to `high`. */
#define expect_within(figure, low, high)                                                           \
	case_expect_within(HERE("expect_within(" #figure ", " #low ", " #high ")"), #figure,       \
		(int64_t)(figure), (low), (high))

/* ---- Accounting ---- */

/* What no expectation looked at does not fail this case. */
#define allow_other_traffic() case_allow_other_traffic(HERE("allow_other_traffic()"))

/* ---- What the macros call ---- */

struct program *case_start(const struct place *place, const char *const arguments[]);
struct program *case_start_with(
	const struct place *place, const struct launch *how, const char *const arguments[]);
struct program *case_start_tool(const struct place *place, const char *const arguments[]);
void case_until_printed(const struct place *place, struct program *program, const char *text);
void case_type_line(const struct place *place, struct program *program, const char *text);
void case_end_input(const struct place *place, struct program *program);
void case_send_signal(const struct place *place, struct program *program, int number);
void case_need_ipv6(const struct place *place);
void case_hold(const struct place *place, struct program *program);
void case_release(const struct place *place, struct program *program);
void case_block_output(const struct place *place, struct program *program);
void case_unblock_output(const struct place *place, struct program *program);
void case_until_waiting(
	const struct place *place, struct program *program, enum side side, uint16_t port);
void case_until_given_up(const struct place *place, struct program *program);
void case_expect_exit(const struct place *place, struct program *program, int status);
void case_expect_killed(const struct place *place, struct program *program, int number);
void case_expect_output(const struct place *place, struct program *program, const char *text);
void case_expect_error(const struct place *place, struct program *program, const char *text);
void case_until_listening(const struct place *place, enum protocol protocol, uint16_t port);
void case_expect_bound_to(
	const struct place *place, enum protocol protocol, const char *host, uint16_t port);
void case_expect_unshared(const struct place *place, enum protocol protocol, uint16_t port);
void case_expect_backlog(const struct place *place, uint16_t port, unsigned clients);
void case_until_state(const struct place *place, uint16_t port, enum socket_state state);
void case_expect_state(const struct place *place, uint16_t port, enum socket_state state);
void case_until_socket_state(
	const struct place *place, const struct endpoint *endpoint, enum socket_state state);
void case_expect_no_state(const struct place *place, uint16_t port, enum socket_state state);
void case_expect_counter(
	const struct place *place, const char *group, const char *name, int64_t expected);
int64_t case_counter(const struct place *place, const char *group, const char *name);
void case_until_counter(
	const struct place *place, const char *group, const char *name, int64_t expected);
void case_set_mtu(const struct place *place, int mtu);
void case_until_bound(const struct place *place, const char *path);
void case_need_family(const struct place *place, int family, const char *name);
void case_add_interface(const struct place *place, const char *name, const char *kind);
struct endpoint *case_listen_at_path(const struct place *place, const char *path);
struct endpoint *case_connect_to_path(
	const struct place *place, int type, const char *path, const char *own_path);
void case_make_blocking(const struct place *place, struct endpoint *endpoint);
struct endpoint *case_open_can(const struct place *place, const char *interface);
void case_until_listening_can(const struct place *place, const char *interface, size_t sockets);
void case_expect_can_frame(const struct place *place, struct endpoint *endpoint,
	uint32_t identifier, const char *text);
void case_expect_output_either(const struct place *place, struct program *program,
	const char *text, const char *other);
void case_expect_output_matches(
	const struct place *place, struct program *program, const char *pattern);
void case_expect_sent_matches(const struct place *place, struct connection *connection,
	enum side side, const char *pattern);
void case_expect_socket_file(const struct place *place, const char *path);
void case_expect_no_file(const struct place *place, const char *path);
void case_expect_file(const struct place *place, const char *path, const char *text);
void case_write_file(const struct place *place, const char *path, const char *text);
void case_remove_file(const struct place *place, const char *path);
struct endpoint *case_open_socket(const struct place *place, enum protocol protocol);
struct endpoint *case_bind_to(
	const struct place *place, enum protocol protocol, const char *host, uint16_t port);
struct endpoint *case_listen_on(const struct place *place, const char *host, uint16_t port);
struct endpoint *case_accept_from(const struct place *place, struct endpoint *listener);
void case_until_queued(const struct place *place, struct endpoint *listener, unsigned count);
void case_bind_socket(
	const struct place *place, struct endpoint *endpoint, const char *host, uint16_t port);
void case_listen_socket(const struct place *place, struct endpoint *endpoint, int backlog);
void case_connect_socket(
	const struct place *place, struct endpoint *endpoint, const char *host, uint16_t port);
void case_begin_connect(
	const struct place *place, struct endpoint *endpoint, const char *host, uint16_t port);
void case_expect_connected(const struct place *place, struct endpoint *endpoint);
void case_expect_connect_error(const struct place *place, struct endpoint *endpoint,
	const char *host, uint16_t port, int cause);
void case_expect_bind_error(const struct place *place, struct endpoint *endpoint, const char *host,
	uint16_t port, int cause);
void case_expect_listen_error(const struct place *place, struct endpoint *endpoint, int cause);
void case_set_option(
	const struct place *place, struct endpoint *endpoint, int level, int name, int value);
void case_expect_option(
	const struct place *place, struct endpoint *endpoint, int level, int name, int value);
void case_join_group(const struct place *place, struct endpoint *endpoint, const char *group);
uint16_t case_local_port(const struct place *place, const struct endpoint *endpoint);
void case_shut_down(const struct place *place, struct endpoint *endpoint, int how);
void case_abort_socket(const struct place *place, struct endpoint *endpoint);
void case_send_bytes(const struct place *place, struct endpoint *endpoint, struct bytes bytes);
void case_send_urgent(const struct place *place, struct endpoint *endpoint, const char *text);
void case_send_text_to(const struct place *place, struct endpoint *endpoint, const char *host,
	uint16_t port, const char *text);
void case_expect_send_error(
	const struct place *place, struct endpoint *endpoint, struct bytes bytes, int cause);
void case_expect_send_error_to(const struct place *place, struct endpoint *endpoint,
	const char *host, uint16_t port, struct bytes bytes, int cause);
void case_until_received(const struct place *place, struct endpoint *endpoint, size_t length);
void case_until_acknowledged(const struct place *place, struct endpoint *endpoint);
void case_expect_received_bytes(
	const struct place *place, struct endpoint *endpoint, struct bytes expected);
void case_expect_received_flags(const struct place *place, struct endpoint *endpoint, int flags,
	const char *text);
void case_expect_truncated(const struct place *place, struct endpoint *endpoint, const char *text,
	size_t whole);
void case_expect_receive_error(const struct place *place, struct endpoint *endpoint, int cause);
void case_expect_nothing_received(const struct place *place, struct endpoint *endpoint);
void case_send_at_once(
	const struct place *place, struct endpoint *endpoint, struct bytes datagram);
struct endpoint *case_until_either_ready(
	const struct place *place, struct endpoint *first, struct endpoint *second);
void case_expect_nothing_to_accept(const struct place *place, const struct endpoint *listener);
size_t case_count_received(const struct place *place, struct endpoint *receiver, size_t sent);
void case_expect_queued_error(const struct place *place, const struct endpoint *endpoint, int cause,
	const char *host, uint16_t port, const char *text);
size_t case_fill(const struct place *place, struct endpoint *endpoint, struct bytes from);
void case_exchange(const struct place *place, struct endpoint *a, struct bytes from_a,
	struct endpoint *b, struct bytes from_b);
struct endpoint *case_connect_to(
	const struct place *place, enum protocol protocol, const char *host, uint16_t port);
void case_send_text(const struct place *place, struct endpoint *endpoint, const char *text);
void case_expect_received(const struct place *place, struct endpoint *endpoint, const char *text);
void case_expect_end_of_stream(const struct place *place, struct endpoint *endpoint);
void case_drain(const struct place *place, struct endpoint *endpoint);
void case_close_socket(const struct place *place, struct endpoint *endpoint);
void case_drop_incoming(const struct place *place, struct endpoint *endpoint);
void case_take_incoming(const struct place *place, struct endpoint *endpoint);
struct connection *case_connection(
	const struct place *place, uint16_t port, size_t number, size_t total);
void case_expect_handshake(const struct place *place, struct connection *connection);
void case_expect_refused(const struct place *place, struct connection *connection);
void case_expect_open(const struct place *place, struct connection *connection);
void case_expect_sent(const struct place *place, struct connection *connection, enum side side,
	struct bytes expected);
void case_expect_sent_prefix(const struct place *place, struct connection *connection,
	enum side side, struct bytes bytes);
void case_expect_closed(const struct place *place, struct connection *connection);
void case_expect_simultaneous_close(const struct place *place, struct connection *connection);
void case_expect_closed_first(
	const struct place *place, struct connection *connection, enum side side);
void case_expect_no_reset(const struct place *place, struct connection *connection);
void case_expect_reset(const struct place *place, struct connection *connection, enum side side);
void case_expect_no_fin(const struct place *place, struct connection *connection, enum side side);
void case_expect_simultaneous_open(const struct place *place, struct connection *connection);
void case_expect_half_close(
	const struct place *place, struct connection *connection, enum side side);
void case_expect_window_closed(
	const struct place *place, struct connection *connection, enum side side);
void case_expect_window_probed(
	const struct place *place, struct connection *connection, enum side side);
void case_expect_window_opened(
	const struct place *place, struct connection *connection, enum side side);
void case_expect_urgent(const struct place *place, struct connection *connection, enum side side,
	uint64_t behind);
void case_expect_pushed(const struct place *place, struct connection *connection, enum side side);
void case_expect_mss(const struct place *place, struct connection *connection, enum side side,
	unsigned expected);
void case_expect_acknowledged_within(const struct place *place, struct connection *connection,
	enum side side, unsigned milliseconds);
double case_longest_ack_delay(
	const struct place *place, struct connection *connection, enum side side);
size_t case_segments_sent(
	const struct place *place, struct connection *connection, enum side side);
void case_until_probed(const struct place *place, struct connection *connection, enum side side);
void case_expect_probed(const struct place *place, struct connection *connection, enum side side);
void case_expect_not_probed(
	const struct place *place, struct connection *connection, enum side side);
void case_expect_no_connection(const struct place *place, uint16_t port);
struct datagram *case_datagram(const struct place *place, uint16_t port, size_t number);
void case_expect_no_datagrams(const struct place *place, uint16_t port);
void case_expect_answer(
	const struct place *place, struct datagram *answer, const struct datagram *question);
void case_expect_time(const struct place *place, struct datagram *datagram, const char *form,
	time_t before);
void case_expect_fragments(const struct place *place, struct datagram *datagram,
	const unsigned offsets[], size_t count);
void case_expect_icmp(const struct place *place, uint16_t port, unsigned type, unsigned code);
void case_expect_no_packets(const struct place *place);
void case_expect_dont_fragment(const struct place *place, struct datagram *datagram);
void case_expect_within(
	const struct place *place, const char *figure, int64_t found, int64_t low, int64_t high);
void case_expect_datagrams_unordered(const struct place *place, uint16_t port,
	const struct message expected[], size_t count);
void case_record(const struct place *place, const char *text);
void case_expect_datagrams(const struct place *place, uint16_t port,
	const struct message expected[], size_t count);
void case_allow_other_traffic(const struct place *place);

/* For verbs: a socket of the case that is not open yet. Ends the case when there are too many. */
struct endpoint *endpoint_new(void);

/* For verbs: "ECONNREFUSED (Connection refused)" of a call's outcome (endpoint.h). */
const char *outcome_text(int outcome);

#endif
