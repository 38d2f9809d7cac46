/* The lines of a ladder (ladder_connection.h, ladder_datagrams.h): times, arrows, payloads. */
#include "wire/ladder_lines.h"

#include "base/text.h"

#include <string.h>

/* An address has at most this many columns. In a longer one the middle is left out. */
#define ENDPOINT_COLUMNS 24

void ladder_begin(struct ladder *ladder, struct buffer *out, size_t count, size_t maximum)
{
	size_t room = (maximum > LADDER_LINES ? maximum : LADDER_LINES) - 1;

	*ladder = (struct ladder){.out = out, .head = count};
	buffer_init(&ladder->line, LADDER_COLUMNS);
	if (count > room) {
		ladder->tail = (room - 1) / 2;
		ladder->head = room - 1 - ladder->tail;
	}
}

/* An empty last column leaves padding, which is dropped. */
void ladder_end_line(struct ladder *ladder)
{
	struct bytes line = buffer_bytes(&ladder->line);

	while (line.length > 0 && line.data[line.length - 1] == ' ')
		line.length--;
	buffer_append(ladder->out, line.data, line.length);
	buffer_append(ladder->out, "\n", 1);
	buffer_clear(&ladder->line);
}

void ladder_end(struct ladder *ladder)
{
	buffer_free(&ladder->line);
}

bool ladder_draws(struct ladder *ladder, size_t index, size_t count, const char *what)
{
	if (index == ladder->head) {
		buffer_printf(&ladder->line, "%12s... %zu %s left out ...", "",
			count - ladder->head - ladder->tail, what);
		ladder_end_line(ladder);
	}
	return index < ladder->head || index >= count - ladder->tail;
}

/* Times come from a capture and may be anything, so this must not overflow. */
void ladder_time(struct ladder *ladder, int64_t time)
{
	int64_t since = (int64_t)((uint64_t)time - (uint64_t)ladder->start);

	buffer_printf(&ladder->line, "%10.3f  ", (double)since / 1e6);
}

void ladder_arrow(struct ladder *ladder, bool rightward, const char *label, size_t shaft)
{
	size_t taken = strlen("---  ") + strlen(label);

	buffer_printf(&ladder->line, "|%s %s ", rightward ? "---" : "<--", label);
	for (; taken < shaft - 3; taken++)
		buffer_append(&ladder->line, "-", 1);
	buffer_printf(&ladder->line, "--%c|", rightward ? '>' : '-');
}

void ladder_payload(struct ladder *ladder, struct bytes payload)
{
	if (payload.length == 0)
		return;
	buffer_printf(&ladder->line, "  ");
	text_excerpt(&ladder->line, payload, LADDER_COLUMNS - ladder->line.length);
}

const char *ladder_endpoint(const struct address *address, char text[ADDRESS_TEXT])
{
	size_t length = strlen(address_text(address, text));
	const size_t tail = ENDPOINT_COLUMNS / 2, head = ENDPOINT_COLUMNS - tail - 2;

	if (length > ENDPOINT_COLUMNS) {
		memcpy(text + head, "..", 2);
		memmove(text + head + 2, text + length - tail, tail + 1);
	}
	return text;
}
