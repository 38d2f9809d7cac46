/* Writes a case's capture to a file, with comments that say what the expectations found. */
#ifndef WIRECHECK_CAPTURE_FILE_H
#define WIRECHECK_CAPTURE_FILE_H

#include "base/error.h"
#include "worker/context.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Opens the folder for captures. Call it before the sandbox replaces folders such as /tmp: the file
 * must go where the user asked, even if that is below /tmp.
 */
bool capture_file_open_folder(const struct settings *settings, struct error *error);

/*
 * Writes FOLDER/NAME.pcapng, or FOLDER/NAME.RUN.pcapng for a run after the first. The file has the
 * comments of capture_comments.h, the names of capture_names.h, and the capture's statistics until
 * now. It marks the TCP segments and UDP datagrams in which the kernel left the checksum partial.
 * On the host's loopback only the case's own packets are written. The file appears whole or not at
 * all. Call this once for a case, after capture_file_open_folder.
 */
bool capture_file_write(unsigned run, enum verdict verdict, struct error *error);

/* Stores the path of the file in `out`, and the path that it has until it is whole in `part`. */
void capture_file_path(const struct settings *settings, const char *name, unsigned run, char *out,
	char *part, size_t size);

#endif
