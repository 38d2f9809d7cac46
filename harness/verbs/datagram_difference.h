/*
 * How the datagrams that were found differ from those that are expected, as a text.
 * Tested by test_failure_texts.c.
 */
#ifndef WIRECHECK_DATAGRAM_DIFFERENCE_H
#define WIRECHECK_DATAGRAM_DIFFERENCE_H

#include "base/buffer.h"
#include "verbs/datagram_lists.h"

#include <stdbool.h>

/* Appends what is missing and what is not expected. Returns whether the lists are equal. */
bool lists_compare(struct buffer *out, const struct datagram_lists *lists);

#endif
