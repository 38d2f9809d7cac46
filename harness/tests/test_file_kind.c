/* file_kind.c: what is at a path, links not followed. */
#include "command.h"
#include "kernel/file_kind.h"
#include "unit.h"

#include <stdio.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

TEST(each_kind_has_its_words)
{
	const char *folder = temporary_make();
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	char path[4096];

	CU_ASSERT_PTR_NOT_NULL_FATAL(folder);
	ASSERT_TEXT(file_kind(folder), "a folder");
	snprintf(path, sizeof path, "%s/file", folder);
	ASSERT_TEXT(file_kind(path), "nothing");
	FILE *file = fopen(path, "we");
	CU_ASSERT_PTR_NOT_NULL_FATAL(file);
	fclose(file);
	ASSERT_TEXT(file_kind(path), "a regular file");
	snprintf(path, sizeof path, "%s/link", folder);
	CU_ASSERT_EQUAL(symlink("file", path), 0);
	ASSERT_TEXT(file_kind(path), "something else");
	snprintf(path, sizeof path, "%s/file/below", folder);
	ASSERT_TEXT(file_kind(path), "Not a directory");
	snprintf(address.sun_path, sizeof address.sun_path, "%.90s/socket", folder);
	int handle = socket(AF_UNIX, SOCK_STREAM, 0);
	CU_ASSERT_EQUAL(bind(handle, (struct sockaddr *)&address, sizeof address), 0);
	ASSERT_TEXT(file_kind(address.sun_path), "a socket");
	close(handle);
	temporary_remove();
}
