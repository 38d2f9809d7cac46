/* Verbs for the dialogue with a program: what it prints, what is typed, and how to block its
 * output.
 *
 * Tested by test_failure_texts.c.
 */
#ifndef WIRECHECK_VERBS_DIALOGUE_H
#define WIRECHECK_VERBS_DIALOGUE_H

#include "base/bytes.h"
#include "verbs/verb.h"

/*
 * Waits until its standard output (or terminal) has this text, after what the last until_printed
 * found.
 */
void case_until_printed(const struct place *place, struct program *program, const char *text);
#define until_printed(...) VERB(until_printed, #__VA_ARGS__, __VA_ARGS__)

/*
 * The same for its standard error, after what the last until_error_printed found. On a
 * terminal both verbs go on from the same place.
 */
void case_until_error_printed(const struct place *place, struct program *program, const char *text);
#define until_error_printed(...) VERB(until_error_printed, #__VA_ARGS__, __VA_ARGS__)

/*
 * Types a line: writes the text and a newline to its standard input. A terminal takes lines of 4095
 * bytes and the newline; the case is BROKEN where one is longer. A pipe takes any.
 */
void case_type_line(const struct place *place, struct program *program, const char *text);
#define type_line(...) VERB(type_line, #__VA_ARGS__, __VA_ARGS__)

/* The same without a newline: a part of a line, or several lines; and bytes that may hold NULs. */
void case_type_text(const struct place *place, struct program *program, const char *text);
void case_type_bytes(const struct place *place, struct program *program, struct bytes bytes);
#define type_text(...)  VERB(type_text, #__VA_ARGS__, __VA_ARGS__)
#define type_bytes(...) VERB(type_bytes, #__VA_ARGS__, __VA_ARGS__)

/* Ends its standard input, as Ctrl-D does. */
void case_end_input(const struct place *place, struct program *program);
#define end_input(...) VERB(end_input, #__VA_ARGS__, __VA_ARGS__)

/*
 * Fills the pipe of its standard output. The program then waits when it prints, until
 * unblock_output(). One program at a time.
 */
void case_block_output(const struct place *place, struct program *program);
void case_unblock_output(const struct place *place, struct program *program);
#define block_output(...)   VERB(block_output, #__VA_ARGS__, __VA_ARGS__)
#define unblock_output(...) VERB(unblock_output, #__VA_ARGS__, __VA_ARGS__)

#endif
