/* Failures about what the case's sockets received: which packets they are about. */
#ifndef WIRECHECK_RECEIPTS_H
#define WIRECHECK_RECEIPTS_H

/*
 * Looks for the packet of each of the running case's receipts (notes.h), and notes it. Call it once
 * the capture is whole.
 */
void receipts_resolve(void);

#endif
