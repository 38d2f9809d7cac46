/* What one run of a case found, in memory that the worker shares with the scheduler. */
#include "results.h"

#include <stdio.h>
#include <string.h>

const char *verdict_name(enum verdict verdict)
{
	static const char *const names[] = {"PENDING", "PASS", "FAIL", "BROKEN", "SKIP"};

	return verdict <= SKIP ? names[verdict] : "PENDING";
}

void results_clear(struct results *results)
{
	results->verdict = PENDING;
	results->in_body = false;
	results->delayed = 0;
	results->held = results->failed = results->finding_count = 0;
	results->crash_signal = 0;
	results->no_right_to_capture = false;
	results->ring_needed = results->failed_before = 0;
	results->doing[0] = results->report[0] = '\0';
	results->text[0] = '\0'; /* offset 0 is the empty text */
	results->text_length = 1;
}

/* Stores a text and returns its offset; one that does not fit is cut, or 0: the empty one. */
static uint32_t results_store(struct results *results, const char *text)
{
	uint32_t offset = results->text_length;
	size_t room = FINDINGS_TEXT - offset;

	if (*text == '\0' || room < 2)
		return 0;
	size_t length = strnlen(text, room - 1);
	memcpy(results->text + offset, text, length);
	results->text[offset + length] = '\0';
	results->text_length += (uint32_t)length + 1;
	return offset;
}

/* A long call is cut: the line number leads to the whole of it. */
static void headline(const struct place *place, char *out, size_t size)
{
	if (place == NULL)
		snprintf(out, size, "the whole case");
	else
		snprintf(out, size, "%s:%d: %.120s%s", place->file, place->line, place->text,
			strlen(place->text) > 120 ? "..." : "");
}

/* What held may not take the room of what failed. */
static struct finding *results_new(struct results *results, const struct place *place, bool held)
{
	char text[256];

	if (results->finding_count >= (held ? FINDINGS_MAXIMUM / 2 : FINDINGS_MAXIMUM))
		return NULL;
	headline(place, text, sizeof text);
	struct finding *finding = &results->findings[results->finding_count++];
	*finding = (struct finding){
		.headline = results_store(results, text),
		.line = place != NULL ? (uint32_t)place->line : 0,
		.file = place != NULL ? (uint32_t)strlen(place->file) : 0,
		.held = held,
	};
	return finding;
}

void results_add(struct results *results, const struct place *place, const char *what)
{
	struct finding *finding = results_new(results, place, what == NULL);

	*(what == NULL ? &results->held : &results->failed) += 1;
	if (finding != NULL && what != NULL)
		finding->text = results_store(results, what);
}

/* Without a failure before it there is nothing to follow from. */
void results_follow(struct results *results, const struct place *place, const char *what)
{
	uint32_t count = results->finding_count;
	bool first = results->failed == 0;

	results_add(results, place, what);
	if (results->finding_count > count)
		results->findings[count].follows = !first;
}

void results_note(struct results *results, const struct place *place, const char *text)
{
	struct finding *finding = results_new(results, place, true);

	if (finding != NULL)
		finding->text = results_store(results, text);
}

void results_doing(struct results *results, const struct place *place)
{
	headline(place, results->doing, sizeof results->doing);
}

const char *results_text(const struct results *results, uint32_t offset)
{
	if (offset >= FINDINGS_TEXT ||
		memchr(results->text + offset, '\0', FINDINGS_TEXT - offset) == NULL)
		return "";
	return results->text + offset;
}
