/* The list of cases, for a person and for tools. */
#include "command/listing.h"

#include "base/buffer.h"
#include "command/json.h"

#include <stdio.h>
#include <string.h>

/* Bytes of a line, where each text is one of a case file. */
#define LINE_MAXIMUM 65536

void listing_print(const struct case_info *const cases[], size_t count)
{
	int width = 0;

	for (size_t i = 0; i < count; i++)
		if ((int)strlen(cases[i]->name) > width)
			width = (int)strlen(cases[i]->name);
	for (size_t i = 0; i < count; i++) {
		printf("%-*s  %s\n", width, cases[i]->name, cases[i]->proves);
		if (*cases[i]->clause != '\0')
			printf("%-*s  [%s]\n", width, "", cases[i]->clause);
	}
}

static bool write_case(FILE *file, const struct case_info *info)
{
	struct buffer line;

	buffer_init(&line, LINE_MAXIMUM);
	buffer_printf(&line, "{\"name\":");
	json_string(&line, bytes_of(info->name));
	json_member(&line, "file", info->file);
	buffer_printf(&line, ",\"line\":%d", info->line);
	json_member(&line, "proves", info->proves);
	json_member(&line, "clause", info->clause);
	buffer_printf(&line, "}\n");
	bool written = !line.full && fputs(buffer_text(&line), file) != EOF;
	buffer_free(&line);
	return written;
}

bool listing_write_json(
	const char *path, const struct case_info *const cases[], size_t count, struct error *error)
{
	bool to_standard_output = strcmp(path, "-") == 0;
	FILE *file = to_standard_output ? stdout : fopen(path, "we");
	bool written = file != NULL;

	for (size_t i = 0; written && i < count; i++)
		written = write_case(file, cases[i]);
	if (file != NULL && !to_standard_output)
		written = fclose(file) == 0 && written;
	return written || error_errno(error, "write %s", path);
}
