/*
 * Verbs about files. Paths begin at the scratch folder of the case, unless they are absolute.
 * Tested by test_failure_texts.c.
 */
#ifndef WIRECHECK_VERBS_FILES_H
#define WIRECHECK_VERBS_FILES_H

#include "base/bytes.h"
#include "verbs/verb.h"

/* There is a socket's file at this path. */
void case_expect_socket_file(const struct place *place, const char *path);
#define expect_socket_file(...) VERB(expect_socket_file, #__VA_ARGS__, __VA_ARGS__)

/* There is nothing at this path. */
void case_expect_no_file(const struct place *place, const char *path);
#define expect_no_file(...) VERB(expect_no_file, #__VA_ARGS__, __VA_ARGS__)

/*
 * Writes a file with exactly this text, in place of one that is there. Makes missing folders on the
 * way. A program sees the old file or the new one, and never a part: until the new one is whole, it
 * is named .wirecheck-written. The file is in the scratch folder: the case is BROKEN when the path
 * is absolute or has "..", and FAIL when a program's symbolic link leads out.
 */
void case_write_file(const struct place *place, const char *path, const char *text);
void case_write_file_bytes(const struct place *place, const char *path, struct bytes bytes);
#define write_file(...)       VERB(write_file, #__VA_ARGS__, __VA_ARGS__)
#define write_file_bytes(...) VERB(write_file_bytes, #__VA_ARGS__, __VA_ARGS__)

/* The file has exactly this text, of at most 64 MiB. */
void case_expect_file(const struct place *place, const char *path, const char *text);
#define expect_file(...) VERB(expect_file, #__VA_ARGS__, __VA_ARGS__)

/* The same for bytes that may hold NULs. */
void case_expect_file_bytes(const struct place *place, const char *path, struct bytes expected);
#define expect_file_bytes(...) VERB(expect_file_bytes, #__VA_ARGS__, __VA_ARGS__)

/* What the file has matches a pattern: * stands for any bytes, everything else for itself. */
void case_expect_file_matches(const struct place *place, const char *path, const char *pattern);
#define expect_file_matches(...) VERB(expect_file_matches, #__VA_ARGS__, __VA_ARGS__)

/* Removes what is at this path; it must be there. */
void case_remove_file(const struct place *place, const char *path);
#define remove_file(...) VERB(remove_file, #__VA_ARGS__, __VA_ARGS__)

#endif
