/* Verbs about files in the case's working folder, and about sockets that have a path. */
#include "verbs/wirecheck.h"

#include "base/comparison.h"
#include "base/text.h"
#include "worker/wait.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* Bytes of a text shown in a message where there is nothing to compare it with. */
#define SHOWN 60

/* Bytes of a file that are compared at most. */
#define FILE_MAXIMUM ((size_t)64 << 20)

static const char *kind_of(const char *path)
{
	struct stat status;

	if (lstat(path, &status) != 0)
		return errno == ENOENT ? "nothing" : strerror(errno);
	return S_ISSOCK(status.st_mode)  ? "a socket"
	       : S_ISREG(status.st_mode) ? "a regular file"
	       : S_ISDIR(status.st_mode) ? "a folder"
					 : "something else";
}

static bool is_socket(void *path)
{
	return strcmp(kind_of(path), "a socket") == 0;
}

static bool is_nothing(void *path)
{
	return strcmp(kind_of(path), "nothing") == 0;
}

void case_expect_socket_file(const struct place *place, const char *path)
{
	context_at(place);
	bool held = wait_for_programs(is_socket, (void *)path);
	expect_that(held, "%s: expected a socket, found %s", path, kind_of(path));
}

void case_expect_no_file(const struct place *place, const char *path)
{
	context_at(place);
	bool held = wait_for_programs(is_nothing, (void *)path);
	expect_that(held, "%s: expected nothing, found %s", path, kind_of(path));
}

static bool read_file(const char *path, struct buffer *out)
{
	char chunk[65536];
	size_t length;
	FILE *file = fopen(path, "re");

	if (file == NULL)
		return false;
	while ((length = fread(chunk, 1, sizeof chunk, file)) > 0)
		buffer_append(out, chunk, length);
	bool whole = ferror(file) == 0;
	fclose(file);
	return whole;
}

/* A file that is to have a text. */
struct awaited_file {
	const char *path, *text;
	struct buffer difference;
};

static bool has_text(void *argument)
{
	struct awaited_file *awaited = argument;
	struct buffer found, *difference = &awaited->difference;

	buffer_clear(difference);
	buffer_init(&found, FILE_MAXIMUM);
	if (!read_file(awaited->path, &found)) {
		buffer_printf(difference, "%s: expected ", awaited->path);
		text_quote(difference, bytes_of(awaited->text), SHOWN);
		buffer_printf(difference, ", found no text: %s", strerror(errno));
	} else if (!bytes_equal(bytes_of(awaited->text), buffer_bytes(&found))) {
		buffer_printf(difference, "%s ", awaited->path);
		text_compare(difference, bytes_of(awaited->text), buffer_bytes(&found));
	}
	buffer_free(&found);
	return difference->length == 0;
}

void case_expect_file(const struct place *place, const char *path, const char *text)
{
	struct awaited_file awaited = {.path = path, .text = text};

	context_at(place);
	buffer_init(&awaited.difference, 4096);
	bool held = wait_for_programs(has_text, &awaited);
	expect_text(held, buffer_text(&awaited.difference));
	buffer_free(&awaited.difference);
}

void case_remove_file(const struct place *place, const char *path)
{
	context_at(place);
	wait_anew();
	if (unlink(path) != 0)
		case_over(FAIL, "%s: expected a file to remove, found that it cannot be: %s", path,
			strerror(errno));
}

/* The flag of a socket that listens, in /proc/net/unix (unix(7); include/uapi/linux/net.h). */
#define ACCEPTS_CONNECTIONS 0x10000

/* Whether a socket with this path is bound and, if it is a stream's, listens. */
static bool is_bound(const char *path)
{
	char line[512], bound[256];
	unsigned flags, type;
	bool found = false;
	FILE *table = fopen("/proc/net/unix", "re");

	if (table == NULL)
		case_over(BROKEN, "open /proc/net/unix: %s", strerror(errno));
	while (!found && fgets(line, sizeof line, table) != NULL)
		found = sscanf(line, "%*s %*s %*s %x %x %*s %*s %255[^\n]", &flags, &type, bound) ==
				3 &&
			strcmp(bound, path) == 0 &&
			(type != SOCK_STREAM || (flags & ACCEPTS_CONNECTIONS));
	fclose(table);
	return found;
}

/* A socket's path, or the program that was to bind it and ended with an error. */
struct sought_path {
	const char *path;
	const struct program *given_up;
};

static bool is_bound_or_never_will(void *argument)
{
	struct sought_path *sought = argument;

	if (is_bound(sought->path))
		return true;
	if (context.program_count == 0)
		return false;
	const struct program *last = context.programs[context.program_count - 1];
	if (last->ended && last->status != 0)
		sought->given_up = last;
	return sought->given_up != NULL;
}

void case_until_bound(const struct place *place, const char *path)
{
	struct sought_path sought = {.path = path};
	struct wait wait = {.met = is_bound_or_never_will,
		.argument = &sought,
		.descriptor = -1,
		.asks_kernel = true};
	struct buffer end;

	context_at(place);
	if (!wait_for(&wait))
		case_over(FAIL, "waited %g s for a socket bound to %s; found %s there",
			wait_seconds(), path, kind_of(path));
	if (sought.given_up == NULL)
		return;
	buffer_init(&end, 256);
	program_describe_end(sought.given_up, &end);
	case_over(FAIL, "expected a socket at %s; %s ended: %s", path, sought.given_up->name,
		buffer_text(&end));
}
