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

/* The address in the arguments [HOST [PORT]]. Bad ones end the program with 2. Never freed. */
struct addrinfo *address_of(int argc, char *argv[], const char *port);

/* Prints which call failed and why, and ends the program with 1. Has faults of its own. */
void fail(const char *call);

/* Prints the bytes and a newline, and flushes them. Has faults of its own. */
void print_line(const char *bytes, size_t length);

/* Does the faults that come at a program's end. Returns its exit status, 0 without a fault. */
int finish(void);

/* Starts a child that keeps open every socket that the program has now. */
void leave_a_child(void);

/* Sets an option of SOL_SOCKET. */
void set_option(int handle, int option);

/* The sender of a datagram. */
struct peer {
	struct sockaddr_storage address;
	socklen_t size;
};

/* Opens a UDP socket bound to the address. Has faults of its own. */
int open_bound(const struct addrinfo *address);

/* Receives one datagram of at most 1024 bytes, and its sender. Returns its length. */
size_t receive_datagram(int handle, char text[1024], struct peer *peer);

/* Sends one datagram. */
void send_datagram(int handle, const char *text, size_t length, const struct peer *peer);

/* Prompts for a line and returns it trimmed, valid until the next call. NULL: end of input. */
char *ask(const char *prompt);

/* Prints the sender of a message, and its text in colour. */
void print_message(const struct peer *peer, const char *text, size_t length);

/* Blocks SIGINT and SIGTERM, or lets them come. */
void hold_signals(bool hold);

/* SIGINT and SIGTERM end the program with 0 from now on. */
void end_on_signals(void);

/* The address of an AF_UNIX socket with this path. */
struct sockaddr_un address_at(const char *path);

#endif
