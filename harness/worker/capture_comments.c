/* The comments in a case's capture file: the one about the case, and those of each packet. */
#include "worker/capture_comments.h"

#include "base/array.h"
#include "base/cut.h"
#include "base/text.h"
#include "worker/context.h"
#include "worker/report.h"
#include "worker/socket_failures.h"

#include <stdlib.h>
#include <string.h>

/* Bytes of a verb's call in a packet's comment. */
#define CALL_IN_COMMENT 200

/*
 * All comments of a packet together have at most this many bytes: a block of pcapng holds no more.
 * There are at most this many comments: Wireshark makes several lines of each, and fails with a
 * million of them.
 */
#define PACKET_MAXIMUM   ((size_t)16 << 20)
#define COMMENTS_MAXIMUM 65536

/* Bytes of the section's comment that are kept for what comes after the failures. */
#define KEPT_FOR_REST 4096

/* The section's comment has at most this many pairs of addresses. */
#define PAIRS_SHOWN 8

/* Appends a failure as it is in the report. */
static void describe_failure(
	struct buffer *out, const struct results *results, const struct finding *finding)
{
	struct buffer count;

	buffer_printf(out, "\nfailed: %s", results_text(results, finding->headline));
	text_lines(out, "\n  ", results_text(results, finding->text), "");
	buffer_init(&count, 512);
	results_count(&count, results, finding);
	text_lines(out, "\n  ", buffer_text(&count), "");
	buffer_free(&count);
}

/* Appends a failure, cut if the room is too small. False when there is no room for it at all. */
static bool append_failure(struct buffer *out, const struct results *results,
	const struct finding *finding, size_t room)
{
	size_t headline = strlen("\nfailed: ") + strlen(results_text(results, finding->headline));
	struct buffer text;

	if (headline + CUT_MARK > room)
		return false;
	buffer_init(&text, room);
	describe_failure(&text, results, finding);
	buffer_append(out, buffer_text(&text), text.length);
	buffer_free(&text);
	return true;
}

/* The failures share the room. What one of them does not need, the others have. */
static void append_failures(struct buffer *out, const struct results *results)
{
	size_t left = 0, shown = 0, limit = out->maximum - KEPT_FOR_REST;

	for (size_t i = 0; i < results->finding_count; i++)
		left += !results->findings[i].held;
	for (size_t i = 0; i < results->finding_count; i++) {
		const struct finding *finding = &results->findings[i];
		if (finding->held)
			continue;
		size_t room = out->length < limit ? (limit - out->length) / left : 0;
		left--;
		if (append_failure(out, results, finding, room))
			shown += finding->count;
	}
	if (results->failed > shown)
		buffer_printf(out, "\nand %zu more that failed", results->failed - shown);
}

static void append_notes(struct buffer *out, const struct results *results)
{
	size_t shown = 0;

	for (size_t i = 0; i < results->finding_count; i++)
		if (results->findings[i].noted) {
			buffer_printf(
				out, "\n%s", results_text(results, results->findings[i].text));
			shown++;
		}
	if (results->noted > shown)
		buffer_printf(out, "\nand %zu more notes", results->noted - shown);
}

static void append_left_out(struct buffer *out, const struct notes *notes)
{
	if (notes->failed_left_out > 0)
		buffer_printf(out, "\n%zu comments on packets left out, of what failed",
			notes->failed_left_out);
	if (notes->held_left_out > 0)
		buffer_printf(out, "\n%zu comments on packets left out, of what held",
			notes->held_left_out);
}

static void append_sides(struct buffer *out, const struct capture_names *names)
{
	size_t shown = names->pair_count < PAIRS_SHOWN ? names->pair_count : PAIRS_SHOWN;
	char client[ADDRESS_TEXT], server[ADDRESS_TEXT];

	for (size_t i = 0; i < shown; i++)
		buffer_printf(out, "\nCLIENT %s, SERVER %s",
			address_text(&names->pairs[i].client, client),
			address_text(&names->pairs[i].server, server));
	if (names->more)
		buffer_printf(out, "\nand more than %zu others", PAIRS_MAXIMUM - shown);
	else if (names->pair_count > shown)
		buffer_printf(out, "\nand %zu others", names->pair_count - shown);
}

/* Also for a case that passed: its expectations need not look at standard error. */
static void append_error_outputs(struct buffer *out)
{
	struct buffer line;

	buffer_init(&line, SECTION_COMMENT_MAXIMUM);
	for (size_t i = 0; i < context.program_count; i++) {
		buffer_clear(&line);
		if (report_error_output(&line, context.programs[i]))
			buffer_printf(out, "\n%s", buffer_text(&line));
	}
	buffer_free(&line);
}

void comments_of_case(struct buffer *out, enum verdict verdict, const struct capture_names *names)
{
	const struct results *results = context.results;

	buffer_printf(out, "%s: %s", context.info->name, verdict_name(verdict));
	if (*context.info->proves != '\0')
		buffer_printf(out, "\n%s", context.info->proves);
	if (*context.info->clause != '\0')
		buffer_printf(out, "\n%s", context.info->clause);
	append_failures(out, results);
	append_notes(out, results);
	append_left_out(out, &context.notes);
	append_sides(out, names);
	append_error_outputs(out);
}

void comments_prepare(void)
{
	socket_failures_find();
	notes_sort(&context.notes, context.info->file);
}

/*
 * Appends "failed: CALL (FILE:LINE): TEXT", or what the harness itself found. Of what was done to
 * the packet on purpose: "TEXT: CALL (FILE:LINE)".
 */
static void describe_note(struct buffer *out, const struct note *note)
{
	const char *text = notes_text(&context.notes, note);
	const struct place *place = note->place;

	if (note->expectation == 0) {
		buffer_printf(out, "%s: ", text);
		text = "";
	} else {
		buffer_printf(out, "%s: ", note->held ? "held" : "failed");
	}
	if (place != NULL) {
		char call[CALL_IN_COMMENT + CUT_MARK];
		buffer_printf(out, "%s (%s:%d)%s", cut_call(place->text, call, CALL_IN_COMMENT),
			place->file, place->line, *text != '\0' ? ": " : "");
	}
	buffer_printf(out, "%s", text);
}

/* Adds one comment. False when memory ran out. */
static bool add_comment(struct comments *comments, const struct note *note)
{
	size_t *offsets = array_grow(
		comments->offsets, &comments->offset_capacity, comments->count, sizeof *offsets);
	if (offsets == NULL)
		return false;
	comments->offsets = offsets;
	offsets[comments->count++] = comments->text.length;
	describe_note(&comments->text, note);
	return buffer_append(&comments->text, "", 1);
}

/* The text moves while it grows. So the addresses of the comments are taken at the end. */
static bool list_texts(struct comments *comments)
{
	for (size_t i = 0; i < comments->count; i++) {
		const char **list =
			array_grow(comments->list, &comments->list_capacity, i, sizeof *list);
		if (list == NULL)
			return false;
		comments->list = list;
		list[i] = buffer_text(&comments->text) + comments->offsets[i];
	}
	return true;
}

bool comments_of_packet(struct comments *comments, size_t packet)
{
	const struct notes *notes = &context.notes;

	if (comments->text.maximum == 0)
		buffer_init(&comments->text, PACKET_MAXIMUM + 4096);
	buffer_clear(&comments->text);
	comments->count = comments->left_out = 0;
	for (; comments->next < notes->count; comments->next++) {
		const struct note *note = &notes->list[comments->next];
		if (note->packet > packet)
			break;
		if (note->packet < packet)
			continue;
		if (comments->text.length > PACKET_MAXIMUM || comments->count == COMMENTS_MAXIMUM)
			comments->left_out++;
		else if (!add_comment(comments, note))
			return false;
	}
	return list_texts(comments);
}

void comments_free(struct comments *comments)
{
	buffer_free(&comments->text);
	free(comments->offsets);
	free(comments->list);
	*comments = (struct comments){0};
}
