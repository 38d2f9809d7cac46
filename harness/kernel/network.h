/*
 * The network of one sandbox: its loopback interface, with its addresses and routes.
 *
 * Tested by test_sandbox.c.
 */
#ifndef WIRECHECK_NETWORK_H
#define WIRECHECK_NETWORK_H

#include "base/address.h"
#include "base/error.h"

#include <stdbool.h>

/* The addresses that a sandbox has besides those of loopback (RFC 5737, RFC 3849). */
#define OWN_IPV4 "192.0.2.1"
#define OWN_IPV6 "2001:db8::1"

/*
 * Brings up `lo` in this namespace, so that it serves like a host's network: with OWN_IPV4 and
 * OWN_IPV6, with routes for multicast and broadcast, and without offloads (offload.h). On a kernel
 * without IPv6 there is IPv4 only. The first call finds that out; processes that are forked later
 * know it too.
 */
bool network_open(struct error *error);

/* Brings a network interface of this namespace up. */
bool network_interface_up(const char *interface, struct error *error);

/* Sets the MTU of `lo`, in bytes. A kernel may refuse it (netdevice(7) SIOCSIFMTU). */
bool network_set_mtu(unsigned mtu, struct error *error);

/* Adds an address to this sandbox. */
bool network_add_address(const struct address *address, struct error *error);

/*
 * Adds a route to a prefix of `bits` bits. What is sent there leaves through `lo`; nobody answers.
 */
bool network_add_route(const struct address *prefix, unsigned bits, struct error *error);

/* Adds the address of another host: programs can bind it, but no interface lists it. */
bool network_add_host(const struct address *address, struct error *error);

/* Makes a link of this kind, such as "vcan" (rtnetlink(7)). Returns 0 or an errno. */
int network_new_link(const char *name, const char *kind);

#endif
