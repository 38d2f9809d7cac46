/* The kernel's counters of IP, TCP, UDP and ICMP (RFC 1213, RFC 4022, RFC 4113, and Linux's own).
 */
#ifndef WIRECHECK_COUNTERS_H
#define WIRECHECK_COUNTERS_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The texts of /proc/net/snmp and /proc/net/netstat at one moment (proc(5)). */
struct counters {
	char snmp[16384];
	char netstat[16384];
};

/* Reads the counters of the network namespace that the caller is in. */
bool counters_read(struct counters *counters, struct error *error);

/*
 * One counter by its group and name, such as "TcpExt" and "ListenOverflows", or "Udp" and
 * "RcvbufErrors". False when the kernel has none of that name.
 */
bool counters_get(
	const struct counters *counters, const char *group, const char *name, int64_t *value);

#endif
