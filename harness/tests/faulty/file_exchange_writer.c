/* The file exchange's writer, with faults. */
#include "fault.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int main(int argc, char *argv[])
{
	char path[4096];
	int flags = O_WRONLY | O_CREAT | (fault("appends to the old text") ? O_APPEND : O_TRUNC);

	if (argc != 3)
		exit(2);
	struct stat status;
	if (lstat(argv[1], &status) == 0 && !S_ISREG(status.st_mode) &&
		!fault("replaces whatever is there")) {
		errno = EEXIST;
		fail("lstat");
	}
	snprintf(path, sizeof path, "%s.new", argv[1]);
	const char *target = fault("writes into the old file") || fault("appends to the old text")
				     ? argv[1]
				     : path;
	if (fault("writes over the old text"))
		target = argv[1], flags = O_WRONLY | O_CREAT;
	int file = open(target, flags, 0666);
	if (file < 0)
		fail("open");
	size_t length = strlen(argv[2]);
	if (fault("counts a letter as one byte")) /* in UTF-8 a letter may have several */
		for (const char *at = argv[2]; *at != '\0'; at++)
			length -= ((unsigned char)*at & 0xc0) == 0x80;
	if (write(file, argv[2], length + fault("writes the NUL")) < 0 ||
		(fault("adds a newline") && write(file, "\n", 1) != 1) || close(file) != 0)
		fail("write");
	if (target == path && fault("copies and leaves its own file")) {
		if (link(path, argv[1]) != 0 && errno != EEXIST) /* there since the first time */
			fail("link");
	} else if (target == path && rename(path, argv[1]) != 0) {
		fail("rename");
	}
	if (fault("prints what it wrote"))
		print_line(argv[2], strlen(argv[2]));
	return finish();
}
