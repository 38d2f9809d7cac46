/* What a program and its user say to each other in a terminal. */
#ifndef DIALOGUE_H
#define DIALOGUE_H

#include "common.h"

/*
 * Prints the prompt and reads a line, without white space at its ends. Returns its first byte and
 * sets the length; it is valid until the next call. NULL at end of input; an error ends the
 * program.
 */
char *ask(const char *prompt, size_t *length);

/* Prints a chat message: its sender, and the text in bold on blue. */
void print_message(const struct address *sender, const char *text, size_t length);

#endif
