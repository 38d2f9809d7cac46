/* The file system /proc (proc(5)): a file of a process as text, a line of it, entries by number. */
#include "kernel/proc.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

bool proc_read(int folder, const char *name, char *text, size_t size)
{
	int file = openat(folder, name, O_RDONLY | O_CLOEXEC);

	if (file < 0)
		return false;
	ssize_t length = read(file, text, size - 1);
	close(file);
	text[length > 0 ? length : 0] = '\0';
	return length > 0;
}

const char *proc_field(const char *text, const char *name)
{
	size_t length = strlen(name);

	for (const char *line = text; *line != '\0'; line += *line == '\n') {
		if (strncmp(line, name, length) == 0)
			return line + length;
		line += strcspn(line, "\n");
	}
	return NULL;
}

bool proc_each_number(
	int folder, const char *path, proc_taker *take, void *argument, struct error *error)
{
	int file = openat(folder, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *entries = file < 0 ? NULL : fdopendir(file);
	const struct dirent *entry;
	bool taken = true;

	if (entries == NULL) {
		error_errno(error, "open %s", path);
		if (file >= 0)
			close(file);
		return false;
	}
	while (taken && (entry = readdir(entries)) != NULL)
		if (isdigit((unsigned char)entry->d_name[0]))
			taken = take(argument, file, entry->d_name, error);
	closedir(entries);
	return taken;
}
