/* The offloads of lo: they join several packets, as a wire would carry them, into one. */
#ifndef WIRECHECK_OFFLOAD_H
#define WIRECHECK_OFFLOAD_H

#include "base/error.h"

#include <stdbool.h>

/*
 * Switches off every segmentation and receive offload of `lo` in this namespace. Then `lo` carries
 * the same segments and datagrams as a wire (segmentation-offloads.rst, ethtool(8) -K). The first
 * call finds out which offloads this kernel has; processes that are forked later know it too. The
 * error names an offload that stays on.
 */
bool offload_switch_off(struct error *error);

/*
 * Stores whether segmentation offload of TCP or UDP is on for `lo` in this namespace. If it is,
 * several segments, or the datagrams of one send with UDP_SEGMENT (udp(7)), may be one packet
 * there.
 */
bool offload_joins(bool *joins, struct error *error);

#endif
