/* The offloads of lo: what makes one packet there of several that a wire would carry. */
#ifndef WIRECHECK_OFFLOAD_H
#define WIRECHECK_OFFLOAD_H

#include "base/error.h"

#include <stdbool.h>

/*
 * Switches every segmentation and receive offload of this namespace's `lo` off, so that it carries
 * the segments and datagrams that a wire would (segmentation-offloads.rst, ethtool(8) -K). Which
 * of them this kernel has is found out by the first call, and holds for processes that are forked
 * then. The error names one that stays on.
 */
bool offload_switch_off(struct error *error);

/*
 * Stores whether segmentation offload of TCP or UDP is on at this namespace's `lo`: several
 * segments, or the datagrams of one send with UDP_SEGMENT (udp(7)), then cross it in one packet.
 */
bool offload_joins(bool *joins, struct error *error);

#endif
