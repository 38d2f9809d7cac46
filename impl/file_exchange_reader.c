/*
 * Two programs that share data through a file: this one reads. The file that it has
 * opened stays the same to the end, even if the writer gives the name to a new file.
 *
 * open, read, close
 */
#include "common.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

const char program[] = "file_exchange_reader";

int main(int argc, char **argv)
{
	prepare_standard_streams();
	if (argc != 2 || argv[1][0] == '\0')
		usage("PATH");

	int file = open(argv[1], O_RDONLY);
	if (file < 0)
		fail("open");

	char text[4096];
	ssize_t length;
	while ((length = read(file, text, sizeof text)) > 0)
		fwrite(text, 1, (size_t)length, stdout);
	if (length < 0)
		fail("read");
	putchar('\n');
	flush_output();

	if (close(file) != 0)
		fail("close");
	return 0;
}
