/* What is at a path. */
#ifndef WIRECHECK_FILE_KIND_H
#define WIRECHECK_FILE_KIND_H

/*
 * "a socket", "a regular file", "a folder", "something else" or "nothing"; or why that cannot be
 * known. A symbolic link is not followed. The text is static, or strerror's.
 */
const char *file_kind(const char *path);

#endif
