/* What the demos share and do not want to teach: addresses, standard streams, errors. */
#ifndef COMMON_H
#define COMMON_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>
#include <sys/un.h>

/* The name that messages begin with. Each demo defines its own. */
extern const char program[];

/* An IPv4 or IPv6 address with its port, or a path, in the shapes that the socket calls take. */
struct address {
	socklen_t length; /* of the member in use */
	union {
		struct sockaddr
			generic; /* for the calls; its sa_family says which member is in use */
		struct sockaddr_in ipv4;
		struct sockaddr_in6 ipv6;
		struct sockaddr_un file;
		struct sockaddr_storage storage; /* room for any */
	};
};

/*
 * To be called first. Ends the program when a standard stream is closed: the first socket would
 * get its number, and what is printed would go to the peer. Ignores SIGPIPE: writing to a peer or
 * a pipe that is gone then fails with EPIPE, where the signal would end the program in silence. The
 * same for SIGXFSZ: a file that is at its limit then fails with EFBIG.
 */
void prepare_standard_streams(void);

/* Reads the arguments [HOST [PORT]]; HOST is 127.0.0.1 when not given. Bad ones: usage(). */
struct address address_from_arguments(int argc, char **argv, const char *default_port);

/* Reads a numeric host and a port from 1 to 65535. False when one of them is not that. */
bool address_parse(struct address *address, const char *host, const char *port);

/* Reads 127.0.0.1:9000 or [::1]:9000. False when it is neither. */
bool address_parse_pair(struct address *address, const char *pair);

/* The address of the socket file at this path. Ends the program when the path is too long. */
struct address address_of_file(const char *path);

/* Prints 127.0.0.1:9000 or [::1]:9000; for a socket file its path, or nothing if it has none. */
void print_address(const struct address *address);

/* The value of an option of SOL_SOCKET that is an int. Ends the program on failure. */
int socket_option(int socket, int option);

/* Sends all the bytes: send(2) may take only the first of them. False, and errno, on failure. */
bool send_all(int socket, const void *bytes, size_t length);

/*
 * Writes out what was printed, or ends the program. A stream remembers a failure, so this covers
 * every printf(3), fwrite(3) and putchar(3) since the start.
 */
void flush_output(void);

/* Prints `PROGRAM: CALL: what errno means` to standard error and exits with 1. */
_Noreturn void fail(const char *call);

/* Prints `usage: PROGRAM ARGUMENTS` to standard error and exits with 2. */
_Noreturn void usage(const char *arguments);

#endif
