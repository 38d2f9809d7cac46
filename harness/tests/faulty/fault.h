/*
 * What the faulty programs share. Each behaves as the contract in impl/README.md says, unless the
 * environment variable WIRECHECK_FAULT names one of its faults: "tcp_hello_server: answers twice".
 */
#ifndef FAULT_H
#define FAULT_H

#include <netdb.h>
#include <stdbool.h>
#include <stddef.h>

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

#endif
