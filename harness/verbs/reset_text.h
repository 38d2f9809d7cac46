/* Who sent the RST of a connection, and why, as a text. Tested by test_failure_texts.c. */
#ifndef WIRECHECK_RESET_TEXT_H
#define WIRECHECK_RESET_TEXT_H

struct connection;

/* "SERVER: nobody listened". The text lives as long as the case. */
const char *reset_text(const struct connection *connection);

#endif
