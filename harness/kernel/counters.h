/* The kernel's counters of IP, TCP, UDP and ICMP: of RFC 1213, RFC 4022, RFC 4113, and Linux's. */
#ifndef WIRECHECK_COUNTERS_H
#define WIRECHECK_COUNTERS_H

#include "base/error.h"

#include <stdbool.h>
#include <stdint.h>

/* The texts of /proc/net/snmp and /proc/net/netstat at one moment (proc(5)). */
struct counters {
	char snmp[16384];
	char netstat[16384];
};

/* Reads the counters of the caller's network namespace. */
bool counters_read(struct counters *counters, struct error *error);

/*
 * Stores one counter, by its group and its name: "TcpExt" and "ListenOverflows", or "Udp" and
 * "RcvbufErrors". False when the kernel has no counter of that name.
 */
bool counters_get(
	const struct counters *counters, const char *group, const char *name, int64_t *value);

#endif
