/* Keeps a case's capture as a file, with what the expectations said of its packets. */
#ifndef WIRECHECK_CAPTURE_FILE_H
#define WIRECHECK_CAPTURE_FILE_H

#include "base/error.h"
#include "worker/context.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Opens the folder that captures go to, before a sandbox may have another in its place: the file
 * is written where the user asked, even in /tmp.
 */
bool capture_file_open_folder(const struct settings *settings, struct error *error);

/*
 * Writes FOLDER/NAME.pcapng; of a run after the first NAME.RUN.pcapng. Its comments are those of
 * comments.h, its name resolution block names the sides (sides.h), its statistics are the
 * capture's until now. Of TCP segments and UDP datagrams whose checksum the kernel left partial it
 * says so. On the host's loopback the case's packets alone are written. The file appears whole or
 * not at all. Once for a case, after capture_file_open_folder.
 */
bool capture_file_write(
	struct context *case_context, unsigned run, enum verdict verdict, struct error *error);

/* The file's path into `out`, and into `part` the one that it has while it is being written. */
void capture_file_path(const struct settings *settings, const char *name, unsigned run, char *out,
	char *part, size_t size);

#endif
