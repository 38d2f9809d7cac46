/* The network of one sandbox: its loopback interface, and addresses and routes on that. */
#ifndef WIRECHECK_NETWORK_H
#define WIRECHECK_NETWORK_H

#include "base/address.h"
#include "base/error.h"

#include <stdbool.h>

/* The addresses that a sandbox has beside those of loopback (RFC 5737, RFC 3849). */
#define OWN_IPV4 "192.0.2.1"
#define OWN_IPV6 "2001:db8::1"

/*
 * Brings up `lo` in this namespace, without offloads (offload.h), with OWN_IPV4 and OWN_IPV6 and
 * with routes for groups and for broadcast, so that it is what a host's network is. A kernel
 * without IPv6 has IPv4 alone; whether it has is found out by the first call, and holds for
 * processes that are forked then.
 */
bool network_open(struct error *error);

/* Brings a network interface of this namespace up. */
bool network_interface_up(const char *interface, struct error *error);

/* Sets the MTU of `lo`, in bytes; a kernel may refuse one (netdevice(7) SIOCSIFMTU). */
bool network_set_mtu(unsigned mtu, struct error *error);

/* One more address of this sandbox. */
bool network_add_address(const struct address *address, struct error *error);

/* What is sent to these addresses leaves, and nobody answers. `bits`: the prefix's length. */
bool network_add_route(const struct address *prefix, unsigned bits, struct error *error);

/* An address of another host: it can be bound, and no interface lists it. */
bool network_add_host(const struct address *address, struct error *error);

/* Asks for a link of this kind (rtnetlink(7)); 0 or an errno. */
int network_new_link(const char *name, const char *kind);

#endif
