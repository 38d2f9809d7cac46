/* Verbs about files. */
#include "verbs/files.h"

#include "base/comparison.h"
#include "base/pattern.h"
#include "base/text.h"
#include "kernel/file_kind.h"
#include "verbs/scratch_folder.h"
#include "worker/context.h"
#include "worker/wait.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Bytes of a file that are compared at most. */
#define FILE_MAXIMUM ((size_t)64 << 20)

static bool is_socket(void *path)
{
	return strcmp(file_kind(path), "a socket") == 0;
}

static bool is_nothing(void *path)
{
	return strcmp(file_kind(path), "nothing") == 0;
}

void case_expect_socket_file(const struct place *place, const char *path)
{
	context_at(place);
	bool held = wait_for_programs(is_socket, (void *)path);
	expect_that(held, "%s: expected a socket, found %s", path, file_kind(path));
}

void case_expect_no_file(const struct place *place, const char *path)
{
	context_at(place);
	bool held = wait_for_programs(is_nothing, (void *)path);
	expect_that(held, "%s: expected nothing, found %s", path, file_kind(path));
}

/*
 * Appends all of a regular file. NULL, or why it cannot be read: strerror's text, or what is there
 * instead. Anything else, such as a named pipe, could keep the reader waiting.
 */
static const char *read_file(const char *path, struct buffer *out)
{
	char chunk[65536];
	ssize_t length = 0;
	struct stat status;
	int file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);

	if (file < 0)
		return strerror(errno);
	bool is_file = fstat(file, &status) == 0 && S_ISREG(status.st_mode);
	while (is_file && !out->full && (length = read(file, chunk, sizeof chunk)) > 0)
		buffer_append(out, chunk, (size_t)length);
	const char *problem = !is_file     ? "it is no regular file"
			      : length < 0 ? strerror(errno)
					   : NULL;
	close(file);
	return problem;
}

/* A file that is to have these bytes or to match a pattern, and why it does not. */
struct awaited_file {
	const char *path;
	struct bytes expected;
	const char *pattern; /* NULL: none */
	struct buffer difference;
};

static bool has_expected_bytes(struct awaited_file *awaited, struct bytes found)
{
	if (bytes_equal(awaited->expected, found))
		return true;
	buffer_printf(&awaited->difference, "%s ", awaited->path);
	text_compare(&awaited->difference, awaited->expected, found);
	return false;
}

static bool matches_pattern(struct awaited_file *awaited, struct bytes found)
{
	buffer_printf(&awaited->difference, "%s\n", awaited->path);
	pattern_describe(&awaited->difference, awaited->pattern, found);
	return pattern_matches(&awaited->difference, awaited->pattern, found);
}

static bool is_as_expected(void *argument)
{
	struct awaited_file *awaited = argument;
	struct buffer found, *difference = &awaited->difference;
	bool is_equal = false;

	buffer_clear(difference);
	buffer_init(&found, FILE_MAXIMUM);
	const char *problem = read_file(awaited->path, &found);
	if (problem != NULL) {
		buffer_printf(difference, "%s: expected ", awaited->path);
		text_quote(difference,
			awaited->pattern != NULL ? bytes_of(awaited->pattern) : awaited->expected,
			TEXT_SHOWN_IN_SENTENCE);
		buffer_printf(difference, ", found no file to read: %s", problem);
	} else if (found.full) {
		buffer_printf(difference, "%s: expected at most %zu MiB, found more", awaited->path,
			FILE_MAXIMUM >> 20);
	} else {
		is_equal = awaited->pattern != NULL
				   ? matches_pattern(awaited, buffer_bytes(&found))
				   : has_expected_bytes(awaited, buffer_bytes(&found));
	}
	buffer_free(&found);
	return is_equal;
}

static void expect_awaited(struct awaited_file *awaited)
{
	buffer_init(&awaited->difference, 8192);
	bool held = wait_for_programs(is_as_expected, awaited);
	expect_text(held, buffer_text(&awaited->difference));
	buffer_free(&awaited->difference);
}

void case_expect_file_bytes(const struct place *place, const char *path, struct bytes expected)
{
	struct awaited_file awaited = {.path = path, .expected = expected};

	context_at(place);
	expect_awaited(&awaited);
}

void case_expect_file(const struct place *place, const char *path, const char *text)
{
	case_expect_file_bytes(place, path, bytes_of(text));
}

void case_expect_file_matches(const struct place *place, const char *path, const char *pattern)
{
	struct awaited_file awaited = {.path = path, .pattern = pattern};

	context_at(place);
	expect_awaited(&awaited);
}

static void write_new(int folder, const char *name, struct bytes bytes)
{
	int handle = openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	FILE *file = handle >= 0 ? fdopen(handle, "w") : NULL;

	if (file == NULL)
		case_over(BROKEN, "write %s: %s", name, strerror(errno));
	bool written =
		bytes.length == 0 || fwrite(bytes.data, 1, bytes.length, file) == bytes.length;
	if (fclose(file) != 0 || !written)
		case_over(BROKEN, "write %s: %s", name, strerror(errno));
}

void case_write_file_bytes(const struct place *place, const char *path, struct bytes bytes)
{
	/* It has this name until it is whole. */
	static const char new[] = ".wirecheck-written";

	context_at(place);
	wait_anew();
	int folder = scratch_folder_of(path);
	const char *slash = strrchr(path, '/'), *name = slash != NULL ? slash + 1 : path;
	write_new(folder, new, bytes);
	if (renameat(folder, new, folder, name) != 0)
		case_over(BROKEN, "write %s: %s", path, strerror(errno));
	close(folder);
}

void case_write_file(const struct place *place, const char *path, const char *text)
{
	case_write_file_bytes(place, path, bytes_of(text));
}

void case_remove_file(const struct place *place, const char *path)
{
	context_at(place);
	wait_anew();
	if (unlink(path) != 0)
		case_over(FAIL, "%s: expected a file to remove, found that it cannot be: %s", path,
			strerror(errno));
}
