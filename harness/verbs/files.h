/* Verbs about files, in the scratch folder of the case. */
#ifndef WIRECHECK_VERBS_FILES_H
#define WIRECHECK_VERBS_FILES_H

#include "verbs/verb.h"

/* There is a socket's file at this path. */
void case_expect_socket_file(const struct place *place, const char *path);
#define expect_socket_file(...) VERB(expect_socket_file, #__VA_ARGS__, __VA_ARGS__)

/* There is nothing at this path. */
void case_expect_no_file(const struct place *place, const char *path);
#define expect_no_file(...) VERB(expect_no_file, #__VA_ARGS__, __VA_ARGS__)

/* The file has exactly this text. */
void case_expect_file(const struct place *place, const char *path, const char *text);
#define expect_file(...) VERB(expect_file, #__VA_ARGS__, __VA_ARGS__)

/* Removes what is at this path; it must be there. */
void case_remove_file(const struct place *place, const char *path);
#define remove_file(...) VERB(remove_file, #__VA_ARGS__, __VA_ARGS__)

#endif
