/*
 * What a case is written with: its verbs, by topic, from the programs to the wire.
 *
 * A case file declares one CASE, whose body reads as the scenario does. Setup verbs (start,
 * until_…, connect_to and the like, and those that name a connection or a datagram) end the case
 * when they fail; expectations (expect_…) record what they found and go on. Each waits as long as
 * it must and no longer than the limit of a wait. Pointers that verbs return stay good until the
 * case is over, and the case frees nothing.
 */
#ifndef WIRECHECK_H
#define WIRECHECK_H

#include "verbs/verbs.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sys/socket.h>
#include <time.h>

/*
 * Declares the case of this file: .proves, one sentence, and .clause, where the rule stands. One
 * that puts more than 500 kB on the wire names a .ring_mib for the capture, in MiB, or else it may
 * have to be done again with a larger ring; one whose programs compute for seconds, as a browser
 * does, a .patience that multiplies the limits. Of these, no more run at once than there are
 * processors, whatever -j says.
 */
#define CASE(...)                                                                                  \
	static void case_body(void);                                                               \
	__attribute__((constructor)) static void case_register(void)                               \
	{                                                                                          \
		static struct case_info info = {.file = __FILE__, .body = case_body, __VA_ARGS__}; \
		suite_register(&info);                                                             \
	}                                                                                          \
	static void case_body(void)

/* ---- Programs: starting and stopping ---- */

/* Starts a program under test: its name and arguments, all strings. Returns struct program *. */
#define start(...) VERB(start, #__VA_ARGS__, ((const char *const[]){__VA_ARGS__, NULL}))

/*
 * The same with more to say about how: start_with(LAUNCH(.folder = "data"), "unix_hello_server",
 * "hello.sock"). The fields are those of struct launch (launch.h).
 */
#define start_with(how, ...) \
	VERB(start_with, #how ", " #__VA_ARGS__, how, ((const char *const[]){__VA_ARGS__, NULL}))
#define LAUNCH(...) (&(const struct launch){__VA_ARGS__})

/*
 * Starts it on a terminal, as a person would: it shows its prompts at once. All three streams are
 * the terminal. What counts is what that shows, and its standard output and standard error are one.
 */
#define start_on_terminal(...) \
	VERB(start_on_terminal, #__VA_ARGS__, ((const char *const[]){__VA_ARGS__, NULL}))

/*
 * Starts a tool that PATH has, curl for instance; the case is SKIP where it is not installed. A
 * name with a slash is a path, and one that does not begin with it is relative to the folder that
 * wirecheck was started in, as are such parts of PATH. A tool that is there but not executable
 * makes the case BROKEN.
 */
#define start_tool(...) VERB(start_tool, #__VA_ARGS__, ((const char *const[]){__VA_ARGS__, NULL}))

/*
 * Sends a signal to its process group, as a terminal does: a script's children get it too. Once the
 * process that was started has ended, as that of a daemon does, all of it that is left gets it.
 */
#define send_signal(program, number) VERB(send_signal, #program ", " #number, program, number)

/* Sends a signal to the process that was started alone, as kill(1) does. */
#define signal_process(program, number) VERB(signal_process, #program ", " #number, program, number)

/* Stops all its processes with SIGSTOP, until release(), and waits until they are stopped. */
#define hold(program)    VERB(hold, #program, program)
#define release(program) VERB(release, #program, program)

/*
 * Waits until it waits for its peer: all its processes sleep, all that came to its side of this
 * port has been taken, and nothing is on its way. On UDP for the SERVER alone.
 */
#define until_waiting(program, side, port) \
	VERB(until_waiting, #program ", " #side ", " #port, program, side, port)

/* Waits until a program that cannot listen has ended; one that listens after all ends the case. */
#define until_given_up(program) VERB(until_given_up, #program, program)

/* ---- Programs: the dialogue ---- */

/* Waits until its standard output (or terminal) has this text, behind what the last until_printed
 * found. */
#define until_printed(program, text) VERB(until_printed, #program ", " #text, program, text)

/* Types a line: writes the text and a newline to its standard input. */
#define type_line(program, text) VERB(type_line, #program ", " #text, program, text)

/* Ends its standard input, as Ctrl-D does. */
#define end_input(program) VERB(end_input, #program, program)

/*
 * Leaves its standard output no room, so that it waits as soon as it prints, until
 * unblock_output(). One program at a time.
 */
#define block_output(program)   VERB(block_output, #program, program)
#define unblock_output(program) VERB(unblock_output, #program, program)

/* ---- Programs: how they end, and what they printed; each waits for the end ---- */

/* It exits with this status. */
#define expect_exit(program, status) VERB(expect_exit, #program ", " #status, program, status)

/* This signal ends it. */
#define expect_killed(program, number) VERB(expect_killed, #program ", " #number, program, number)

/* Its standard output is exactly this text; of a program on a terminal, all that this shows. */
#define expect_output(program, text) VERB(expect_output, #program ", " #text, program, text)

/* It is one of two texts. */
#define expect_output_either(program, text, other) \
	VERB(expect_output_either, #program ", " #text ", " #other, program, text, other)

/* It matches a pattern: * stands for any bytes, everything else for itself. */
#define expect_output_matches(program, pattern) \
	VERB(expect_output_matches, #program ", " #pattern, program, pattern)

/* Its standard error has this text somewhere; on a terminal, what that shows. */
#define expect_error(program, text) VERB(expect_error, #program ", " #text, program, text)

/* Its standard error, or what its terminal shows, has this text nowhere. */
#define expect_error_lacks(program, text) \
	VERB(expect_error_lacks, #program ", " #text, program, text)

/* It printed nothing on standard error. Not for a program on a terminal, which shows one output. */
#define expect_no_error(program) VERB(expect_no_error, #program, program)

/* ---- The kernel's sockets, whosever they are ---- */

/*
 * Waits until a socket listens on this TCP port, or one is bound to this port of UDP or UDPLITE and
 * the program that was started last has gone on to wait: what it does after bind(2), such as
 * joining a group, is done then.
 */
#define until_listening(protocol, port) VERB(until_listening, #protocol ", " #port, protocol, port)

/* The same for a socket that is bound to this numeric address, and not to all. */
#define until_listening_at(protocol, host, port) \
	VERB(until_listening_at, #protocol ", " #host ", " #port, protocol, host, port)

/* Whoever listens on this port does so on this numeric address, and on no other. */
#define expect_bound_to(protocol, host, port) \
	VERB(expect_bound_to, #protocol ", " #host ", " #port, protocol, host, port)

/* The same for several: expect_bound_to_all(TCP, 8898, "127.0.0.1", "::1"). */
#define expect_bound_to_all(protocol, port, ...)                                          \
	VERB(expect_bound_to_all, #protocol ", " #port ", " #__VA_ARGS__, protocol, port, \
		((const char *const[]){__VA_ARGS__}),                                     \
		sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

/* Nobody else can bind where this port is listened on, by SO_REUSEADDR or by SO_REUSEPORT. */
#define expect_unshared(protocol, port) VERB(expect_unshared, #protocol ", " #port, protocol, port)

/* The backlog on this TCP port has room for at least so many clients (listen(2)). */
#define expect_backlog(port, clients) VERB(expect_backlog, #port ", " #clients, port, clients)

/* Waits until a TCP socket with this local port is in this state. */
#define until_state(port, state) VERB(until_state, #port ", " #state, port, state)

/* A TCP socket with this local port is in this state now. */
#define expect_state(port, state) VERB(expect_state, #port ", " #state, port, state)

/* No TCP socket with this local port is in this state; waits until the last one has left it. */
#define expect_no_state(port, state) VERB(expect_no_state, #port ", " #state, port, state)

/* ---- The kernel's counters: of /proc/net/snmp and netstat, since the case began ---- */

/* A counter has grown by exactly this: expect_counter("Udp", "RcvbufErrors", 1). */
#define expect_counter(group, name, by) \
	VERB(expect_counter, #group ", " #name ", " #by, group, name, by)

/* Waits until it has grown by at least this. */
#define until_counter(group, name, by) \
	VERB(until_counter, #group ", " #name ", " #by, group, name, by)

/* By how much it has grown; an int64_t. */
#define counter(group, name) VERB(counter, #group ", " #name, group, name)

/* ---- What this machine has; the case is SKIP where it lacks it ---- */

/* IPv6 on the loopback interface. */
#define need_ipv6() case_need_ipv6(HERE("need_ipv6()"))

/* Programs without capabilities: in a sandbox they have none, without one root's have all. */
#define need_unprivileged() case_need_unprivileged(HERE("need_unprivileged()"))

/* Sockets of this family: need_family(AF_CAN). */
#define need_family(family) VERB(need_family, #family, family, #family)

/* A protocol; UDP-Lite is not in every kernel: need_protocol(UDPLITE). */
#define need_protocol(protocol) VERB(need_protocol, #protocol, protocol)

/* Adds an interface of this kind to the sandbox and brings it up. */
#define add_interface(name, kind) VERB(add_interface, #name ", " #kind, name, kind)

/*
 * A sandbox has 127.0.0.1 and ::1, and as a host in a network 192.0.2.1 and 2001:db8::1, all on
 * its loopback interface, with routes for groups and for broadcast; all else is unreachable. These
 * add one more address of its own; the address of another host, which programs can bind to and
 * which no interface lists; and a route, of which whatever is sent there leaves and nobody
 * answers: add_route("198.51.100.0/24").
 */
#define add_address(host) VERB(add_address, #host, host)
#define add_host(host)    VERB(add_host, #host, host)
#define add_route(prefix) VERB(add_route, #prefix, prefix)

/* Sets the MTU of the sandbox's loopback, which is 65536. */
#define set_mtu(mtu) VERB(set_mtu, #mtu, mtu)

/*
 * Sets a setting of the sandbox's network, for what is opened from now on (sysctl(8), ip-sysctl):
 * set_sysctl("net.ipv4.tcp_fastopen", "3"). Names begin with "net.". The case is SKIP without a
 * sandbox, where this kernel has no such setting, and where it cannot be set; BROKEN when the name
 * is misspelt or the value is none.
 */
#define set_sysctl(name, value) VERB(set_sysctl, #name ", " #value, name, value)

/*
 * A reset does not end TIME-WAIT (RFC 1337; tcp(7) tcp_rfc1337). On a slow machine a FIN is sent
 * again although it has arrived, TIME-WAIT answers with one more ACK, and a side that is closed by
 * then answers that by a reset. Says nothing where there is no sandbox: the host's stays as it is.
 */
#define keep_time_wait() case_keep_time_wait(HERE("keep_time_wait()"))

/* ---- Files, in the case's scratch folder ---- */

/* Waits until a Unix socket is bound to this path (@: abstract), and listens if a stream's. */
#define until_bound(path) VERB(until_bound, #path, path)

/* There is a socket's file at this path. */
#define expect_socket_file(path) VERB(expect_socket_file, #path, path)

/* There is nothing at this path. */
#define expect_no_file(path) VERB(expect_no_file, #path, path)

/* The file has exactly this text. */
#define expect_file(path, text) VERB(expect_file, #path ", " #text, path, text)

/* Removes what is at this path; it must be there. */
#define remove_file(path) VERB(remove_file, #path, path)

/* ---- The case as one side: opening and closing sockets ---- */

/*
 * These open a socket of the case, and return it as struct endpoint *. PROTOCOL is TCP, UDP or
 * UDPLITE, HOST a numeric address, IPv4 or IPv6; open_socket is for IPv4.
 */
#define open_socket(protocol) VERB(open_socket, #protocol, protocol)
#define bind_to(protocol, host, port) \
	VERB(bind_to, #protocol ", " #host ", " #port, protocol, host, port)
#define listen_on(host, port) VERB(listen_on, #host ", " #port, host, port)
#define connect_to(protocol, host, port) \
	VERB(connect_to, #protocol ", " #host ", " #port, protocol, host, port)

/* Waits for a connection and accepts it. */
#define accept_from(listener) VERB(accept_from, #listener, listener)

/*
 * The same for AF_UNIX: a path, or a name without a file that begins with @. SOCK_STREAM or
 * SOCK_DGRAM; `own_path` is what the socket binds first, or NULL.
 */
#define listen_at_path(path) VERB(listen_at_path, #path, path)
#define connect_to_path(type, path, own_path) \
	VERB(connect_to_path, #type ", " #path ", " #own_path, type, path, own_path)

/* The same for AF_CAN: a CAN_RAW socket that takes all frames of an interface. */
#define open_can(interface) VERB(open_can, #interface, interface)

/* The calls of these names on a socket that is open: they succeed. */
#define bind_socket(endpoint, host, port) \
	VERB(bind_socket, #endpoint ", " #host ", " #port, endpoint, host, port)
#define listen_socket(endpoint, backlog) \
	VERB(listen_socket, #endpoint ", " #backlog, endpoint, backlog)
#define connect_socket(endpoint, host, port) \
	VERB(connect_socket, #endpoint ", " #host ", " #port, endpoint, host, port)
#define close_socket(endpoint) VERB(close_socket, #endpoint, endpoint)

/* Starts to connect, without waiting; expect_connected waits for its success. */
#define begin_connect(endpoint, host, port) \
	VERB(begin_connect, #endpoint ", " #host ", " #port, endpoint, host, port)
#define expect_connected(endpoint) VERB(expect_connected, #endpoint, endpoint)

/* The call fails with this errno, ECONNREFUSED for instance; 0: it succeeds. */
#define expect_bind_error(endpoint, host, port, cause)                                             \
	VERB(expect_bind_error, #endpoint ", " #host ", " #port ", " #cause, endpoint, host, port, \
		cause)
#define expect_listen_error(endpoint, cause) \
	VERB(expect_listen_error, #endpoint ", " #cause, endpoint, cause)
#define expect_connect_error(endpoint, host, port, cause)                                       \
	VERB(expect_connect_error, #endpoint ", " #host ", " #port ", " #cause, endpoint, host, \
		port, cause)

/* shutdown(2): SHUT_WR ends this side's stream, and data may still come. */
#define shut_down(endpoint, how) VERB(shut_down, #endpoint ", " #how, endpoint, how)

/* Closes it by a reset: SO_LINGER {1, 0}. */
#define abort_socket(endpoint) VERB(abort_socket, #endpoint, endpoint)

/* ---- The case as one side: a socket's options and state ---- */

/* setsockopt(2) and getsockopt(2) with an int. */
#define set_option(endpoint, level, name, value) \
	VERB(set_option, #endpoint ", " #level ", " #name ", " #value, endpoint, level, name, value)
#define expect_option(endpoint, level, name, value)                                              \
	VERB(expect_option, #endpoint ", " #level ", " #name ", " #value, endpoint, level, name, \
		value)

/* Joins a multicast group, IPv4 or IPv6, on the loopback interface. */
#define join_group(endpoint, group) VERB(join_group, #endpoint ", " #group, endpoint, group)

/* Sockets of the case do not block; a program that takes one over expects that it does. */
#define make_blocking(endpoint) VERB(make_blocking, #endpoint, endpoint)

/* The port that the socket is bound to. */
#define local_port(endpoint) VERB(local_port, #endpoint, endpoint)

/* Waits until this socket, and not its peer, is in this state. */
#define until_socket_state(endpoint, state) \
	VERB(until_socket_state, #endpoint ", " #state, endpoint, state)

/* Waits until so many connections wait in its queue to be accepted. */
#define until_queued(listener, count) VERB(until_queued, #listener ", " #count, listener, count)

/* No connection waits to be accepted now. */
#define expect_nothing_to_accept(listener) VERB(expect_nothing_to_accept, #listener, listener)

/* Waits until so many sockets take the frames of a CAN interface. */
#define until_listening_can(interface, sockets) \
	VERB(until_listening_can, #interface ", " #sockets, interface, sockets)

/*
 * Between the two, whatever comes to this socket is dropped, as if it got lost behind the wire: a
 * socket filter (socket(7) SO_ATTACH_FILTER) sees to it. TCP sends it again afterwards.
 */
#define drop_incoming(endpoint) VERB(drop_incoming, #endpoint, endpoint)
#define take_incoming(endpoint) VERB(take_incoming, #endpoint, endpoint)

/* ---- The case as one side: sending ---- */

/* Sends a text: on TCP as part of the stream, on UDP as one datagram, which may be empty. */
#define send_text(endpoint, text) VERB(send_text, #endpoint ", " #text, endpoint, text)

/* The same for bytes that may hold NULs. */
#define send_bytes(endpoint, bytes) VERB(send_bytes, #endpoint ", " #bytes, endpoint, bytes)

/* Sends a text as one datagram to an address. */
#define send_text_to(endpoint, host, port, text) \
	VERB(send_text_to, #endpoint ", " #host ", " #port ", " #text, endpoint, host, port, text)

/* Sends a text whose last byte is urgent (send(2) MSG_OOB). */
#define send_urgent(endpoint, text) VERB(send_urgent, #endpoint ", " #text, endpoint, text)

/* Sends a datagram without waiting: the case is over if the send would have to wait. */
#define send_at_once(endpoint, bytes) VERB(send_at_once, #endpoint ", " #bytes, endpoint, bytes)

/* Sends from the bytes until send says EAGAIN; returns how many it took. */
#define fill(endpoint, bytes) VERB(fill, #endpoint ", " #bytes, endpoint, bytes)

/* One send, without waiting, fails with this errno, EAGAIN for instance; 0: it succeeds. */
#define expect_send_error(endpoint, bytes, cause) \
	VERB(expect_send_error, #endpoint ", " #bytes ", " #cause, endpoint, bytes, cause)

/* Waits until the peer's kernel has acknowledged all that this socket sent. */
#define until_acknowledged(endpoint) VERB(until_acknowledged, #endpoint, endpoint)

/* ---- The case as one side: receiving ---- */

/* Receives as many bytes as the text has (TCP) or one datagram (UDP): they are that text. */
#define expect_received(endpoint, text) VERB(expect_received, #endpoint ", " #text, endpoint, text)

/* The same for bytes that may hold NULs. */
#define expect_received_bytes(endpoint, bytes) \
	VERB(expect_received_bytes, #endpoint ", " #bytes, endpoint, bytes)

/* One recv(2) with flags, MSG_OOB for instance, into as many bytes as the text has: it is that. */
#define expect_received_flags(endpoint, flags, text) \
	VERB(expect_received_flags, #endpoint ", " #flags ", " #text, endpoint, flags, text)

/* One recv(2) of a datagram of `whole` bytes into as many bytes as the text has; MSG_TRUNC. */
#define expect_truncated(endpoint, text, whole) \
	VERB(expect_truncated, #endpoint ", " #text ", " #whole, endpoint, text, whole)

/* A CAN frame with this identifier and text. */
#define expect_can_frame(endpoint, identifier, text) \
	VERB(expect_can_frame, #endpoint ", " #identifier ", " #text, endpoint, identifier, text)

/* Waits for the peer's end of stream: no byte comes before it. */
#define expect_end_of_stream(endpoint) VERB(expect_end_of_stream, #endpoint, endpoint)

/* Receives whatever comes, until the peer's end of stream. */
#define drain(endpoint) VERB(drain, #endpoint, endpoint)

/* Receives whatever comes, nothing at all too, until recv(2) fails with this errno. */
#define drain_until_error(endpoint, cause) \
	VERB(drain_until_error, #endpoint ", " #cause, endpoint, cause)

/* recv(2), which waits if it must, fails with this errno. */
#define expect_receive_error(endpoint, cause) \
	VERB(expect_receive_error, #endpoint ", " #cause, endpoint, cause)

/* There is nothing to receive now. */
#define expect_nothing_received(endpoint) VERB(expect_nothing_received, #endpoint, endpoint)

/*
 * Waits for an entry in the socket's error queue (ip(7) IP_RECVERR): an ICMP error brought this
 * errno, about a datagram to HOST and PORT with this text.
 */
#define expect_queued_error(endpoint, cause, host, port, text)                            \
	VERB(expect_queued_error, #endpoint ", " #cause ", " #host ", " #port ", " #text, \
		endpoint, cause, host, port, text)

/* Waits until one of two sockets has something to receive or to accept; returns that one. */
#define until_either_ready(first, second) \
	VERB(until_either_ready, #first ", " #second, first, second)

/*
 * Receives until each of so many datagrams has come, or was counted as dropped because the receive
 * buffer was full (Udp RcvbufErrors, of UDP-Lite UdpLite's). How many came; a size_t.
 */
#define count_received(endpoint, sent) VERB(count_received, #endpoint ", " #sent, endpoint, sent)

/* Both sides send their bytes at the same time and each receives the other's, byte for byte. */
#define exchange(a, from_a, b, from_b) \
	VERB(exchange, #a ", " #from_a ", " #b ", " #from_b, a, from_a, b, from_b)

/* ---- Connections on the wire: opening ---- */

/* The one connection on this port, on either side. Returns struct connection *. */
#define only_connection(port) VERB(only_connection, #port, port)

/* Connection `number` of the `total` on this port, counted from 1 in the order they began. */
#define connection_of(port, number, total) \
	VERB(connection_of, #port ", " #number ", " #total, port, number, total)

/* No connection has this port on either side: not even a SYN. */
#define expect_no_connection(port) VERB(expect_no_connection, #port, port)

/* The port that this side has. */
static inline uint16_t port_of(const struct connection *connection, enum side side)
{
	return connection->streams[side].address.port;
}

/* It opened by SYN, SYN+ACK, ACK (RFC 9293 3.5). */
#define expect_handshake(connection) VERB(expect_handshake, #connection, connection)

/* Its SYN was answered by RST+ACK: nobody listened (RFC 9293 3.5.2). */
#define expect_refused(connection) VERB(expect_refused, #connection, connection)

/* Both sides sent their SYN before they saw the other's (RFC 9293 3.5). */
#define expect_simultaneous_open(connection) VERB(expect_simultaneous_open, #connection, connection)

/* CLIENT's SYN carried exactly this text, and SERVER took it by its SYN+ACK (RFC 7413 2). */
#define expect_sent_in_syn(connection, text) \
	VERB(expect_sent_in_syn, #connection ", " #text, connection, text)

/* The SYN of this side has the option MSS with this value. */
#define expect_mss(connection, side, value) \
	VERB(expect_mss, #connection ", " #side ", " #value, connection, side, value)

/* ---- Connections on the wire: what each side sent ---- */

/* All that this side sent so far is exactly this text. */
#define expect_sent(connection, side, text) \
	VERB(expect_sent, #connection ", " #side ", " #text, connection, side, text)

/* The same for bytes that may hold NULs. */
#define expect_sent_bytes(connection, side, bytes) \
	VERB(expect_sent_bytes, #connection ", " #side ", " #bytes, connection, side, bytes)

/* It is the beginning of these bytes, and not empty. */
#define expect_sent_prefix(connection, side, bytes) \
	VERB(expect_sent_prefix, #connection ", " #side ", " #bytes, connection, side, bytes)

/* It matches a pattern: * stands for any bytes, everything else for itself. */
#define expect_sent_matches(connection, side, pattern) \
	VERB(expect_sent_matches, #connection ", " #side ", " #pattern, connection, side, pattern)

/* ---- Connections on the wire: closing ---- */

/* Neither side has ended it so far: no FIN and no RST. */
#define expect_open(connection) VERB(expect_open, #connection, connection)

/* Both sides sent a FIN and each was acknowledged (RFC 9293 3.6). */
#define expect_closed(connection) VERB(expect_closed, #connection, connection)

/* This side sent its FIN before the other did. */
#define expect_closed_first(connection, side) \
	VERB(expect_closed_first, #connection ", " #side, connection, side)

/* Each side sent its FIN before it saw the other's (RFC 9293 3.6 case 3). */
#define expect_simultaneous_close(connection) \
	VERB(expect_simultaneous_close, #connection, connection)

/* This side sent FIN, the other data behind it, and then FIN. */
#define expect_half_close(connection, side) \
	VERB(expect_half_close, #connection ", " #side, connection, side)

/* This side sent no FIN. */
#define expect_no_fin(connection, side) \
	VERB(expect_no_fin, #connection ", " #side, connection, side)

/* This side sent a RST that the other takes: one out of the window is none (RFC 5961 3.2). */
#define expect_reset(connection, side) VERB(expect_reset, #connection ", " #side, connection, side)

/* No RST ended it: before both sides had closed, none was sent that its receiver takes. */
#define expect_no_reset(connection) VERB(expect_no_reset, #connection, connection)

/* ---- Connections on the wire: segments ---- */

/* This side's window went to 0; the other probed it then; it opened again (RFC 9293 3.8.6). */
#define expect_window_closed(connection, side) \
	VERB(expect_window_closed, #connection ", " #side, connection, side)
#define expect_window_probed(connection, side) \
	VERB(expect_window_probed, #connection ", " #side, connection, side)
#define expect_window_opened(connection, side) \
	VERB(expect_window_opened, #connection ", " #side, connection, side)

/* Waits until this side sends a probe: of its idle peer, or of its peer's closed window. */
#define until_probe(connection, side) VERB(until_probe, #connection ", " #side, connection, side)

/* This side sent a probe, or none (RFC 9293 3.8.4, 3.8.6.1). */
#define expect_probe(connection, side) VERB(expect_probe, #connection ", " #side, connection, side)
#define expect_no_probe(connection, side) \
	VERB(expect_no_probe, #connection ", " #side, connection, side)

/* A segment of this side had its urgent pointer behind so many bytes (RFC 9293 3.8.5). */
#define expect_urgent(connection, side, behind) \
	VERB(expect_urgent, #connection ", " #side ", " #behind, connection, side, behind)

/* The segment with the last byte from this side has PSH. */
#define expect_pushed(connection, side) \
	VERB(expect_pushed, #connection ", " #side, connection, side)

/* All data from this side was acknowledged within so many milliseconds, by times on the wire. */
#define expect_acknowledged_within(connection, side, milliseconds)                              \
	VERB(expect_acknowledged_within, #connection ", " #side ", " #milliseconds, connection, \
		side, milliseconds)

/* How long this side waited for an ACK of its data, at most; milliseconds, a double. */
#define longest_ack_delay(connection, side) \
	VERB(longest_ack_delay, #connection ", " #side, connection, side)

/*
 * How many segments with data this side sent, without those repeated; a size_t. Where the kernel
 * handed over several as one, the case is BROKEN: there is no such number.
 */
#define segments_sent(connection, side) \
	VERB(segments_sent, #connection ", " #side, connection, side)

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
#define expect_datagrams(port, ...)                           \
	VERB(expect_datagrams, #port ", " #__VA_ARGS__, port, \
		((const struct message[]){__VA_ARGS__}),      \
		sizeof((const struct message[]){__VA_ARGS__}) / sizeof(struct message))

/* The same for an array of struct message, in any order: UDP does not promise one. */
#define expect_datagrams_unordered(port, messages, count) \
	VERB(expect_datagrams_unordered, #port ", " #messages ", " #count, port, messages, count)

/* No datagram that no expectation has looked at is on this port. */
#define expect_no_datagrams(port) VERB(expect_no_datagrams, #port, port)

/* Datagram `number` on this port, counted from 1. Returns struct datagram *. */
#define datagram_of(port, number) VERB(datagram_of, #port ", " #number, port, number)

/* The datagram's bytes as a text; lives as long as the case. */
const char *payload_text(const struct datagram *datagram);

/*
 * expect_datagrams and datagram_of, for UDP-Lite (RFC 3828). All other verbs about the datagrams on
 * a port are about UDP; those about one datagram are about either.
 */
#define expect_udplite_datagrams(port, ...)                           \
	VERB(expect_udplite_datagrams, #port ", " #__VA_ARGS__, port, \
		((const struct message[]){__VA_ARGS__}),              \
		sizeof((const struct message[]){__VA_ARGS__}) / sizeof(struct message))
#define udplite_datagram_of(port, number) \
	VERB(udplite_datagram_of, #port ", " #number, port, number)

/*
 * The checksum of a UDP-Lite datagram is about so many bytes of it, from its header's first on (RFC
 * 3828 3.1): 8 for the header alone. 0: about all of it.
 */
#define expect_coverage(datagram, bytes) \
	VERB(expect_coverage, #datagram ", " #bytes, datagram, bytes)

/* The answer goes from where the question went to, to where it came from. */
#define expect_answer(answer, question) \
	VERB(expect_answer, #answer ", " #question, answer, question)

/* The zone of the cases about time, for a program's environment; not UTC, where many test. */
#define TIME_ZONE "TZ=XYZ-5:30"

/* The datagram has the time there as strftime(3) gives it, of a second from `before` to now. */
#define expect_time(datagram, form, before) \
	VERB(expect_time, #datagram ", " #form ", " #before, datagram, form, before)

/* The time in seconds now, for expect_time. */
time_t wall_clock(void);

/* The datagram came in fragments at these offsets, in units of 8 bytes: (datagram, 0, 185). */
#define expect_fragments(datagram, ...)                               \
	VERB(expect_fragments, #datagram ", " #__VA_ARGS__, datagram, \
		((const unsigned[]){__VA_ARGS__}),                    \
		sizeof((const unsigned[]){__VA_ARGS__}) / sizeof(unsigned))

/* No router may fragment the datagram: it came in one packet, and that has DF (RFC 791 2.3). */
#define expect_dont_fragment(datagram) VERB(expect_dont_fragment, #datagram, datagram)

/*
 * An ICMP error with this type and code is about a packet to this port (RFC 792, RFC 4443); of a
 * datagram, it quotes one that was sent.
 */
#define expect_icmp(port, type, code) \
	VERB(expect_icmp, #port ", " #type ", " #code, port, type, code)

/* ---- The whole wire ---- */

/* Nothing at all crossed it. */
#define expect_no_packets() case_expect_no_packets(HERE("expect_no_packets()"))

/*
 * What no expectation looked at does not fail this case. Of a connection on which the case itself
 * is one side, all that it sent counts as looked at, and what its peer sent does when
 * expect_received or exchange compared every byte of it; what it drained does not.
 */
#define allow_other_traffic() case_allow_other_traffic(HERE("allow_other_traffic()"))

/* ---- Texts, bytes and figures; bytes_of and bytes_part are in buffer.h ---- */

/* A text made as printf(3) makes it; lives as long as the case. */
const char *format(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* So many bytes without a period; the same each time. Live as long as the case. */
struct bytes pattern(size_t length);

/* The same as a text of small letters. */
const char *letters(size_t length);

/* A figure, which the case has counted itself, is from `low` to `high`. */
#define expect_within(figure, low, high) \
	VERB(expect_within, #figure ", " #low ", " #high, #figure, (int64_t)(figure), low, high)

/* Keeps a figure, as printf(3) makes it: for the output under -v and the capture's comment. */
#define record(...) VERB(record, #__VA_ARGS__, format(__VA_ARGS__))

#endif
