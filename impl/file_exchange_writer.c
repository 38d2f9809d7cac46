/*
 * Two programs that share data through a file: this one writes. It writes to a new file. When that
 * is complete, the new file gets the shared name. rename does this in one step. So a program that
 * opens the name finds the old text or the new one, and never a part.
 *
 * mkstemp, write, fchmod, fsync, close, rename
 */
#include "common.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const char program[] = "file_exchange_writer";

/* Ends the program as fail() does, and removes the new file. */
static _Noreturn void fail_without(const char *file, const char *call)
{
	int cause = errno;

	if (unlink(file) != 0)
		perror(file);
	errno = cause;
	fail(call);
}

static bool write_all(int file, const char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t written = write(file, bytes, length);
		if (written < 0)
			return false;
		bytes += written;
		length -= (size_t)written;
	}
	return true;
}

int main(int argc, char **argv)
{
	prepare_standard_streams();
	if (argc != 3 || argv[1][0] == '\0')
		usage("PATH TEXT");
	const char *path = argv[1];
	const char *text = argv[2];

	/* rename would replace a device by a plain file: /dev/null would be gone. */
	struct stat status;
	if (lstat(path, &status) == 0 && !S_ISREG(status.st_mode)) {
		errno = EEXIST;
		fail(path);
	}

	/* In the same folder: rename cannot move a file to another file system. */
	size_t size = strlen(path) + sizeof ".XXXXXX";
	char *temporary = malloc(size);
	if (temporary == NULL)
		fail("malloc");
	if (snprintf(temporary, size, "%s.XXXXXX", path) < 0)
		fail("snprintf");
	int file = mkstemp(temporary);
	if (file < 0)
		fail("mkstemp");

	/* mkstemp makes a file that only its owner may read. Other new files are not like that. */
	mode_t mask = umask(0);
	umask(mask);
	if (fchmod(file, 0666 & ~mask) != 0)
		fail_without(temporary, "fchmod");

	if (!write_all(file, text, strlen(text)))
		fail_without(temporary, "write");
	if (fsync(file) != 0) /* or after a power failure the name may be there without the text */
		fail_without(temporary, "fsync");
	if (close(file) != 0)
		fail_without(temporary, "close");
	if (rename(temporary, path) != 0)
		fail_without(temporary, "rename");
	free(temporary);
	return 0;
}
