/*
 * What the faulty programs share. Each behaves as the contract in impl/README.md says, unless the
 * environment variable WIRECHECK_FAULT names one of its faults: "tcp_hello_server: answers twice".
 */
#ifndef FAULT_H
#define FAULT_H

#include <netdb.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/un.h>

/* Whether the environment names this fault of this program. */
bool fault(const char *name);

/* The address of the arguments [HOST [PORT]]; bad ones end the program with 2. Never freed. */
struct addrinfo *address_of(int argc, char *argv[], const char *port);

/* Says which call failed and why, and ends the program with 1; with faults of its own. */
void fail(const char *call);

/* Prints the bytes and a newline, now; with faults of its own. */
void print_line(const char *bytes, size_t length);

/* What a program does at its end, for its exit status: nothing, but for faults. */
int finish(void);

/* Starts a child that keeps every socket open that the program has now. */
void leave_a_child(void);

/* Sets an option of SOL_SOCKET. */
void set_option(int handle, int option);

/* Whom a datagram came from. */
struct peer {
	struct sockaddr_storage address;
	socklen_t size;
};

/* A UDP socket bound to the address; with faults of its own. */
int open_bound(const struct addrinfo *address);

/* One datagram of at most 1024 bytes, and from whom. Returns its length. */
size_t receive_datagram(int handle, char text[1024], struct peer *peer);

/* Sends one datagram. */
void send_datagram(int handle, const char *text, size_t length, const struct peer *peer);

/* Prints the prompt and reads a line, trimmed; it stays until the next call. NULL: end of input. */
char *ask(const char *prompt);

/* Prints whom a message is from, and its text in colour. */
void print_message(const struct peer *peer, const char *text, size_t length);

/* SIGINT and SIGTERM wait from now on, or come through. */
void hold_signals(bool hold);

/* SIGINT and SIGTERM end the program with 0 from now on. */
void end_on_signals(void);

/* A socket of AF_UNIX with this path as its peer's, or its own. */
struct sockaddr_un address_at(const char *path);

#endif
