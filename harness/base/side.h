/* The two sides of a connection, or of an exchange of datagrams. Tested by test_names.c. */
#ifndef WIRECHECK_SIDE_H
#define WIRECHECK_SIDE_H

enum side { CLIENT, SERVER };

/* "CLIENT" or "SERVER". */
const char *side_name(enum side side);

/* The other side. */
enum side side_peer(enum side side);

#endif
