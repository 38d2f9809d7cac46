/* Verbs about files, in the scratch folder of the case. */
#include "verbs/files.h"

#include "base/comparison.h"
#include "base/text.h"
#include "kernel/file_kind.h"
#include "worker/context.h"
#include "worker/wait.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
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
		text_quote(difference, bytes_of(awaited->text), TEXT_SHOWN_IN_SENTENCE);
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
