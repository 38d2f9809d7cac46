/* What one run of a case found, in memory that the worker shares with the scheduler. */
#include "base/results.h"

#include "base/cut.h"

#include <string.h>

/* Bytes of a verb's call in a headline. */
#define CALL_IN_HEADLINE 120

/* At most this many findings of the harness itself are shown that differ in numbers alone. */
#define ALIKE_SHOWN 4

const char *verdict_name(enum verdict verdict)
{
	static const char *const names[] = {"PENDING", "PASS", "FAIL", "BROKEN", "SKIP"};

	return verdict <= SKIP ? names[verdict] : "PENDING";
}

void results_clear(struct results *results)
{
	results->verdict = PENDING;
	results->in_body = false;
	results->body_forked = false;
	results->delayed = 0;
	results->held = results->failed = results->noted = 0;
	results->finding_count = results->line_count = 0;
	results->crash_signal = 0;
	memset(results->asked, 0, sizeof results->asked);
	memset(results->found, 0, sizeof results->found);
	results->no_right_to_capture = false;
	results->larger_ring_mib = results->failed_besides_loss = 0;
	results->doing[0] = results->report[0] = '\0';
	results->text[0] = '\0'; /* offset 0 is the empty text */
	results->text_length = 1;
}

/* Stores a text before the offset `limit`, cut if it must be, and returns its own offset. */
static uint32_t results_store(struct results *results, const char *text, size_t limit)
{
	uint32_t offset = results->text_length;

	if (*text == '\0' || offset + CUT_MARK > limit)
		return 0;
	cut_print(results->text + offset, limit - offset, "%s", text);
	results->text_length += (uint32_t)strlen(results->text + offset) + 1;
	return offset;
}

/* Texts leave room for every headline (store_text). */
static uint32_t store_headline(struct results *results, const char *text)
{
	return results_store(results, text, FINDINGS_TEXT);
}

static uint32_t store_text(struct results *results, const char *text)
{
	size_t limit = FINDINGS_TEXT - (size_t)FINDINGS_MAXIMUM * (HEADLINE_MAXIMUM + CUT_MARK);

	if (*text != '\0' && results->text_length + CUT_MARK > limit)
		return store_headline(results, "... cut here: the texts before took all the room");
	return results_store(results, text, limit);
}

/* A long call is cut: the line number says where all of it is. */
static void headline(const struct place *place, char out[HEADLINE_MAXIMUM])
{
	char call[CALL_IN_HEADLINE + CUT_MARK];

	if (place == NULL)
		cut_print(out, HEADLINE_MAXIMUM, "the whole case");
	else
		cut_print(out, HEADLINE_MAXIMUM, "%s:%d: %s", place->file, place->line,
			cut_call(place->text, call, CALL_IN_HEADLINE));
}

/* The index in `lines`; LINES_COUNTED when the place is not there. */
static uint32_t find_line(const struct results *results, const struct place *place)
{
	uint32_t i = 0;

	while (place != NULL && i < results->line_count &&
		results->lines[i].place != (uintptr_t)place)
		i++;
	return place != NULL && i < results->line_count ? i : LINES_COUNTED;
}

/* The finding stands for one more: for the iteration of its line that is at work. */
static void count_iteration(const struct results *results, struct finding *finding)
{
	finding->count++;
	if (finding->begun == LINES_COUNTED)
		return;
	uint32_t iteration = results->iteration, ranges = finding->range_count;
	if (ranges > 0 && iteration - finding->iterations[ranges - 1].last <= 1)
		finding->iterations[ranges - 1].last = iteration;
	else if (ranges < ITERATIONS_SHOWN)
		finding->iterations[finding->range_count++] =
			(struct iterations){iteration, iteration};
	else
		return;
	finding->in_ranges++;
}

/* What held leaves room for notes, and both leave room for what failed. */
static struct finding *results_new(
	struct results *results, const struct place *place, bool held, bool noted)
{
	uint32_t limit = noted ? FINDINGS_MAXIMUM * 3 / 4 : FINDINGS_MAXIMUM / 2;
	char text[HEADLINE_MAXIMUM];

	if (results->finding_count >= (held ? limit : FINDINGS_MAXIMUM))
		return NULL;
	headline(place, text);
	struct finding *finding = &results->findings[results->finding_count++];
	*finding = (struct finding){
		.headline = store_headline(results, text),
		.line = place != NULL ? (uint32_t)place->line : 0,
		.file = place != NULL ? (uint32_t)strlen(place->file) : 0,
		.begun = find_line(results, place),
		.held = held,
		.noted = noted,
	};
	count_iteration(results, finding);
	return finding;
}

/* Whether the first lines of two texts are the same, apart from the numbers in them. */
static bool is_alike(const char *a, const char *b)
{
	static const char digits[] = "0123456789";

	for (;;) {
		size_t digits_a = strspn(a, digits), digits_b = strspn(b, digits);
		if ((digits_a > 0) != (digits_b > 0))
			return false;
		a += digits_a;
		b += digits_b;
		bool end_a = *a == '\0' || *a == '\n', end_b = *b == '\0' || *b == '\n';
		if (end_a || end_b)
			return end_a && end_b;
		if (*a++ != *b++)
			return false;
	}
}

static bool counts_with(const struct results *results, const struct finding *finding,
	const struct place *place, const char *what, bool follows)
{
	bool own = place == NULL && finding->file == 0;

	if (finding->noted || finding->held != (what == NULL) || finding->follows != follows)
		return false;
	if (!own &&
		(finding->begun == LINES_COUNTED || finding->begun != find_line(results, place)))
		return false;
	return what == NULL || is_alike(what, results_text(results, finding->text));
}

/* The finding that another one at this place is counted with, or NULL. */
static struct finding *find_alike(
	struct results *results, const struct place *place, const char *what, bool follows)
{
	struct finding *latest = NULL;
	size_t alike = 0, enough = place != NULL ? 1 : ALIKE_SHOWN;

	for (uint32_t i = results->finding_count; i > 0; i--) {
		struct finding *finding = &results->findings[i - 1];
		if (!counts_with(results, finding, place, what, follows))
			continue;
		if (latest == NULL)
			latest = finding;
		if (++alike == enough)
			return latest;
	}
	return NULL;
}

static void add(struct results *results, const struct place *place, const char *what, bool follows)
{
	struct finding *finding = find_alike(results, place, what, follows);

	*(what == NULL ? &results->held : &results->failed) += 1;
	if (finding != NULL) {
		count_iteration(results, finding);
		return;
	}
	finding = results_new(results, place, what == NULL, false);
	if (finding == NULL)
		return;
	finding->follows = follows;
	if (what != NULL)
		finding->text = store_text(results, what);
}

void results_add(struct results *results, const struct place *place, const char *what)
{
	add(results, place, what, false);
}

/* Without a failure before it there is none that it could follow from. */
void results_follow(struct results *results, const struct place *place, const char *what)
{
	add(results, place, what, results->failed > 0);
}

void results_note(struct results *results, const struct place *place, const char *text)
{
	struct finding *finding = results_new(results, place, true, true);

	results->noted++;
	if (finding != NULL)
		finding->text = store_text(results, text);
}

void results_doing(struct results *results, const struct place *place)
{
	uint32_t line = find_line(results, place);

	headline(place, results->doing);
	if (line == LINES_COUNTED && place != NULL && results->line_count < LINES_COUNTED) {
		line = results->line_count++;
		results->lines[line] = (struct line_count){(uintptr_t)place, 0};
	}
	results->iteration = line < LINES_COUNTED ? ++results->lines[line].begun : 0;
}

void results_resume(struct results *results, const struct place *place, uint32_t iteration)
{
	headline(place, results->doing);
	results->iteration = iteration;
}

static void append_iterations(
	struct buffer *out, const struct results *results, const struct finding *finding)
{
	uint32_t ranges =
		finding->range_count < ITERATIONS_SHOWN ? finding->range_count : ITERATIONS_SHOWN;
	uint32_t begun = results->lines[finding->begun].begun;

	buffer_printf(out, ", iterations ");
	for (uint32_t i = 0; i < ranges; i++) {
		struct iterations range = finding->iterations[i];
		buffer_printf(out, "%s%u", i > 0 ? ", " : "", range.first);
		if (range.last > range.first)
			buffer_printf(out, " to %u", range.last);
	}
	if (finding->count > finding->in_ranges)
		buffer_printf(out, " and %u more", finding->count - finding->in_ranges);
	buffer_printf(out, " of this line");
	if (begun > finding->count)
		buffer_printf(out, ", which came %u times", begun);
}

void results_count(struct buffer *out, const struct results *results, const struct finding *finding)
{
	if (finding->count < 2)
		return;
	if (finding->file == 0)
		buffer_printf(out, "and %u more like this, but for numbers", finding->count - 1);
	else
		buffer_printf(out, "%u times", finding->count);
	if (finding->begun < LINES_COUNTED && results->lines[finding->begun].begun > 1)
		append_iterations(out, results, finding);
	if (finding->file > 0 && !finding->held)
		buffer_printf(out, "; the first is shown");
}

const char *results_text(const struct results *results, uint32_t offset)
{
	if (offset >= FINDINGS_TEXT ||
		memchr(results->text + offset, '\0', FINDINGS_TEXT - offset) == NULL)
		return "";
	return results->text + offset;
}
