/* Which expectation looked at which packet. The comments of a capture file are made of this. */
#include "worker/packet_notes.h"

#include "base/array.h"

#include <stdlib.h>
#include <string.h>

/* At most this many bytes of a failure's text go into a comment: there may be many comments. */
#define TEXT_MAXIMUM 600

/* How many notes there may be when one more of this kind is added. */
static size_t room_for(const struct notes *notes, bool held, uint32_t expectation)
{
	if (held)
		return NOTES_MAXIMUM / 2;
	return expectation == notes->last_failed ? NOTES_MAXIMUM / 4 * 3 : NOTES_MAXIMUM;
}

/* Whether a line has only marks under what differs. In a comment they would be at a wrong place. */
static bool is_marks(const char *line, size_t length)
{
	return length > 0 && strspn(line, " ^") >= length;
}

/* Appends a line without the spaces that align it with other lines. */
static void append_line(struct buffer *out, const char *line, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (line[i] != ' ' || (i > 0 && line[i - 1] != ' '))
			buffer_append(out, line + i, 1);
}

/* Appends the text as one line: a list of comments, or a column, has no room for more. */
static void in_one_line(struct buffer *out, const char *text)
{
	while (*text != '\0') {
		size_t length = strcspn(text, "\n");
		if (length > 0 && !is_marks(text, length)) {
			if (out->length > 0)
				buffer_append(out, " | ", 3);
			append_line(out, text, length);
		}
		text += length + (text[length] == '\n');
	}
}

/* Keeps a text and returns its offset; 0 when there is no room. */
static uint32_t keep_text(struct notes *notes, const char *text)
{
	struct buffer line;

	if (notes->texts.maximum == 0) {
		buffer_init(&notes->texts, TEXTS_MAXIMUM);
		buffer_append(&notes->texts, "", 1);
	}
	size_t offset = notes->texts.length;
	if (offset + TEXT_MAXIMUM + 1 > TEXTS_MAXIMUM)
		return 0;
	buffer_init(&line, TEXT_MAXIMUM);
	line.is_text = true;
	in_one_line(&line, text);
	bool kept = buffer_append(&notes->texts, buffer_text(&line), line.length + 1);
	buffer_free(&line);
	return kept ? (uint32_t)offset : 0;
}

void notes_expectation(struct notes *notes, const char *failure)
{
	notes->expectation++;
	notes->text = failure != NULL ? keep_text(notes, failure) : 0;
}

static void add(struct notes *notes, const struct note *note)
{
	struct note *list = NULL;

	if (notes->count < room_for(notes, note->held, note->expectation))
		list = array_grow(notes->list, &notes->capacity, notes->count, sizeof *list);
	if (list == NULL) {
		*(note->held ? &notes->held_left_out : &notes->failed_left_out) += 1;
		return;
	}
	notes->list = list;
	list[notes->count++] = *note;
	if (!note->held)
		notes->last_failed = note->expectation;
}

void notes_add(struct notes *notes, const struct place *place, uint32_t packet, bool held)
{
	const struct note note = {packet, notes->expectation, held ? 0 : notes->text, held, place};

	add(notes, &note);
}

void notes_add_done(
	struct notes *notes, const struct place *place, uint32_t packet, const char *text)
{
	const struct note note = {packet, 0, keep_text(notes, text), true, place};

	add(notes, &note);
}

/* The text of the next failure will begin where the last text ended. */
static struct note next_failure(const struct notes *notes, const struct place *place)
{
	size_t end = notes->texts.length > 0 ? notes->texts.length : 1;

	return (struct note){0, notes->expectation + 1, (uint32_t)end, false, place};
}

void notes_add_next(struct notes *notes, const struct place *place, uint32_t packet)
{
	struct note note = next_failure(notes, place);

	note.packet = packet;
	add(notes, &note);
}

void notes_add_socket_failure(struct notes *notes, const struct place *place,
	const struct socket_failure *failure, bool next)
{
	struct socket_failure *list = NULL;

	if (notes->socket_failure_count < SOCKET_FAILURES_MAXIMUM)
		list = array_grow(notes->socket_failures, &notes->socket_failure_capacity,
			notes->socket_failure_count, sizeof *list);
	if (list == NULL) {
		notes->failed_left_out++;
		return;
	}
	notes->socket_failures = list;
	list += notes->socket_failure_count++;
	*list = *failure;
	list->note = next ? next_failure(notes, place)
			  : (struct note){0, notes->expectation, notes->text, false, place};
}

void notes_found(struct notes *notes, const struct socket_failure *failure, uint32_t packet)
{
	struct note note = failure->note;

	note.packet = packet;
	add(notes, &note);
}

static int compare_places(const struct place *a, const struct place *b, const char *case_file)
{
	if (a == b)
		return 0;
	if (a == NULL || b == NULL)
		return a == NULL ? 1 : -1;
	int files = strcmp(a->file, b->file);
	if (files != 0 && strcmp(a->file, case_file) == 0)
		return -1;
	if (files != 0 && strcmp(b->file, case_file) == 0)
		return 1;
	return files != 0 ? files : (a->line > b->line) - (a->line < b->line);
}

static int compare(const void *left, const void *right, void *case_file)
{
	const struct note *a = left, *b = right;

	if (a->packet != b->packet)
		return a->packet < b->packet ? -1 : 1;
	if (a->held != b->held)
		return a->held ? 1 : -1;
	int places = compare_places(a->place, b->place, case_file);
	return places != 0 ? places
			   : (a->expectation > b->expectation) - (a->expectation < b->expectation);
}

static bool is_same(const struct note *a, const struct note *b)
{
	return a->packet == b->packet && a->expectation == b->expectation && a->held == b->held;
}

void notes_sort(struct notes *notes, const char *case_file)
{
	size_t kept = 0;

	if (notes->count == 0)
		return;
	qsort_r(notes->list, notes->count, sizeof *notes->list, compare, (void *)case_file);
	for (size_t i = 0; i < notes->count; i++)
		if (i == 0 || !is_same(&notes->list[i], &notes->list[i - 1]))
			notes->list[kept++] = notes->list[i];
	notes->count = kept;
}

const char *notes_text(const struct notes *notes, const struct note *note)
{
	return note->text < notes->texts.length ? buffer_text(&notes->texts) + note->text : "";
}

void notes_free(struct notes *notes)
{
	free(notes->list);
	free(notes->socket_failures);
	buffer_free(&notes->texts);
	*notes = (struct notes){0};
}
