/* The file exchange's reader, with faults. */
#include "fault.h"

#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

int main(int argc, char *argv[])
{
	char text[65536];
	int file;

	if (argc != 2)
		exit(2);
	while ((file = open(argv[1], fault("creates a missing file") ? O_RDWR | O_CREAT : O_RDONLY,
			0666)) < 0) {
		if (!fault("waits for a missing file"))
			fail("open");
		poll(NULL, 0, 10);
	}
	ssize_t length = read(file, text, fault("reads 8 bytes at most") ? 8 : sizeof text);
	if (length < 0)
		fail("read");
	print_line(text, (size_t)length);
	if (fault("removes what it has read"))
		unlink(argv[1]);
	return finish();
}
