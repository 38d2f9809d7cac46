/* How much one verb receives. */
#ifndef WIRECHECK_RECEIVED_MAXIMUM_H
#define WIRECHECK_RECEIVED_MAXIMUM_H

#include <stddef.h>

/* Bytes that one verb receives at most; receiving.h and received_bytes.h promise the same. */
#define RECEIVED_MAXIMUM ((size_t)256 << 20)

#endif
