/* Keeps a case's capture as a file, with what the expectations said of its packets. */
#include "capture_file.h"

#include "cut.h"
#include "pcapng.h"
#include "report.h"
#include "utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Comments that one packet gets at most: those that failed and others. The rest is counted. */
#define FAILED_SHOWN 16
#define HELD_SHOWN   8

/* Bytes of a comment, and of a verb's call in it. */
#define COMMENT_SIZE 512
#define CALL_SHOWN   200

/* Bytes of the section's comment: within an option of pcapng. */
#define SECTION_SIZE 60000

/* Two runs may share a captures folder, but not a scratch folder: its name tells them apart. */
void capture_file_path(const struct settings *settings, const char *name, unsigned run, char *out,
	char *part, size_t size)
{
	const char *folder = settings->captures, *own = strrchr(settings->scratch, '/');
	char number[16] = "";

	if (run > 1)
		snprintf(number, sizeof number, ".%u", run);
	snprintf(out, size, "%s/%s%s.pcapng", folder, name, number);
	snprintf(part, size, "%s/%s%s.pcapng.%s.part", folder, name, number,
		own != NULL ? own + 1 : settings->scratch);
}

static int line_of(const struct note *note)
{
	return note->place != NULL ? note->place->line : 0;
}

/* By packet; what failed before what held; then as in the case's file. */
static int by_packet(const void *a, const void *b)
{
	const struct note *left = a, *right = b;

	if (left->packet != right->packet)
		return left->packet < right->packet ? -1 : 1;
	if (left->held != right->held)
		return left->held ? 1 : -1;
	if (line_of(left) != line_of(right))
		return line_of(left) < line_of(right) ? -1 : 1;
	return left->place < right->place ? -1 : left->place > right->place;
}

static bool is_same(const struct note *a, const struct note *b)
{
	return a->packet == b->packet && a->place == b->place && a->held == b->held;
}

static void comment_write(char out[COMMENT_SIZE], const struct note *note)
{
	const struct place *place = note->place;

	if (place == NULL) {
		snprintf(out, COMMENT_SIZE, "unexpected: no expectation looked at this");
		return;
	}
	size_t shown = utf8_cut(bytes_of(place->text), CALL_SHOWN);
	cut_print(out, COMMENT_SIZE, "%s: %.*s%s (%s:%d)", note->held ? "held" : "failed",
		(int)shown, place->text, place->text[shown] != '\0' ? "..." : "", place->file,
		place->line);
}

/* The comments of one packet. */
struct comments {
	char texts[FAILED_SHOWN + HELD_SHOWN + 2][COMMENT_SIZE];
	const char *list[FAILED_SHOWN + HELD_SHOWN + 2];
	size_t count;
};

static char *next_text(struct comments *comments)
{
	char *text = comments->texts[comments->count];

	comments->list[comments->count++] = text;
	return text;
}

/*
 * Adds those notes of the packet, from `*next` on in the sorted list, that held or those that did
 * not; beyond `maximum` only how many more there are.
 */
static void add_comments(struct comments *comments, const struct context *of, size_t packet,
	bool held, size_t maximum, size_t *next)
{
	size_t shown = 0, more = 0;

	for (; *next < of->note_count; (*next)++) {
		const struct note *note = &of->notes[*next];
		if (note->packet != packet || note->held != held)
			break;
		if (*next > 0 && is_same(note, note - 1))
			continue;
		if (shown++ < maximum)
			comment_write(next_text(comments), note);
		else
			more++;
	}
	if (more > 0)
		snprintf(next_text(comments), COMMENT_SIZE, "and %zu more that %s", more,
			held ? "held" : "failed");
}

/* Adds a packet with the comments of its notes, which start at `*next` in the sorted list. */
static bool add_packet(struct pcapng *file, const struct context *of, size_t packet, size_t *next,
	struct error *error)
{
	struct comments comments;

	comments.count = 0;
	add_comments(&comments, of, packet, false, FAILED_SHOWN, next);
	add_comments(&comments, of, packet, true, HELD_SHOWN, next);
	const struct frame *frame = &of->capture.frames[packet];
	struct pcapng_packet line = {
		.frame = frame->bytes,
		.wire_length = frame->wire_length,
		.time = frame->time,
		.comments = comments.list,
		.comment_count = comments.count,
	};
	return pcapng_add(file, &line, error);
}

static void mark_connections(const struct context *of, bool own[])
{
	for (size_t i = 0; i < of->wire.connections.count; i++) {
		const struct connection *connection = of->wire.connections.list[i];
		if (!context_owns(&connection->streams[CLIENT].address,
			    &connection->streams[SERVER].address))
			continue;
		for (size_t j = 0; j < connection->segment_count; j++)
			own[connection->segments[j].packet] = true;
	}
}

static void mark_datagrams(const struct context *of, bool own[])
{
	const struct datagrams *datagrams = &of->wire.datagrams;

	for (size_t i = 0; i < datagrams->count; i++) {
		const struct datagram *datagram = datagrams->list[i];
		if (!context_owns(&datagram->from, &datagram->to))
			continue;
		for (size_t j = 0; j < datagram->packet_count; j++)
			own[datagram->packets[j]] = true;
	}
	for (size_t i = 0; i < datagrams->error_count; i++)
		if (context_owns(&datagrams->errors[i]->sender, &datagrams->errors[i]->target))
			own[datagrams->errors[i]->packet] = true;
}

/* On the host's loopback others talk too, and what they say is nobody's business. */
static bool *own_packets(const struct context *of)
{
	bool *own = calloc(of->capture.count + 1, sizeof *own);

	if (own != NULL && of->settings->isolated) {
		memset(own, true, of->capture.count);
	} else if (own != NULL) {
		mark_connections(of, own);
		mark_datagrams(of, own);
	}
	return own;
}

static struct pcapng_statistics statistics_of(const struct context *of)
{
	struct pcapng_statistics statistics = {.received = of->capture.count};

	if (of->capture.count > 0) {
		statistics.start = of->capture.frames[0].time;
		statistics.end = of->capture.frames[of->capture.count - 1].time;
	}
	return statistics;
}

/* What programs printed there, of a case that passed too: expectations may not look at it. */
static void comment_error_outputs(struct buffer *out, const struct context *of)
{
	struct buffer line;

	buffer_init(&line, SECTION_SIZE);
	for (size_t i = 0; i < of->program_count; i++) {
		buffer_clear(&line);
		if (report_error_output(&line, of->programs[i]))
			buffer_printf(out, "\n%s", buffer_text(&line));
	}
	buffer_free(&line);
}

/*
 * The section's comment: which case, how it went, the figures that it recorded, and what was
 * printed on standard error.
 */
static void section_comment(struct buffer *out, const struct context *of, enum verdict verdict)
{
	const struct results *results = of->results;

	buffer_printf(out, "%s: %s\n%s\n%s", of->info->name, verdict_name(verdict),
		of->info->proves, of->info->clause);
	size_t told = 0;

	for (size_t i = 0; i < results->finding_count; i++)
		if (results->findings[i].noted) {
			buffer_printf(out, "\n%s",
				results_text(results, results->findings[i].text));
			told++;
		}
	if (results->noted > told)
		buffer_printf(out, "\nand %zu more notes", results->noted - told);
	if (of->notes_left_out > 0)
		buffer_printf(out, "\n%zu comments on packets left out", of->notes_left_out);
	comment_error_outputs(out, of);
}

static bool write_packets(int descriptor, const struct context *of, const bool own[],
	enum verdict verdict, struct error *error)
{
	struct pcapng file;
	struct buffer comment;
	size_t next = 0;
	struct pcapng_statistics statistics = statistics_of(of);
	struct error ignored;

	buffer_init(&comment, SECTION_SIZE);
	section_comment(&comment, of, verdict);
	bool written = pcapng_begin(&file, descriptor, buffer_text(&comment),
		"wirecheck " WIRECHECK_VERSION, of->capture.interface, CAPTURE_SNAPSHOT_LENGTH,
		error);
	for (size_t i = 0; written && i < of->capture.count; i++)
		if (own[i])
			written = add_packet(&file, of, i, &next, error);
	bool ended = pcapng_end(&file, &statistics, written ? error : &ignored);
	buffer_free(&comment);
	return written && ended;
}

/* The folder that captures go to. */
static int folder = -1;

bool capture_file_open_folder(const struct settings *settings, struct error *error)
{
	folder = open(settings->captures, O_PATH | O_DIRECTORY | O_CLOEXEC);
	return folder >= 0 || error_errno(error, "open %s", settings->captures);
}

/* Makes the folders that a path below it leads through; those that are there are fine. */
static bool make_folders_of(const char *path, struct error *error)
{
	char part[4096];

	for (const char *end = strchr(path, '/'); end != NULL; end = strchr(end + 1, '/')) {
		snprintf(part, sizeof part, "%.*s", (int)(end - path), path);
		if (mkdirat(folder, part, 0777) != 0 && errno != EEXIST)
			return error_errno(error, "mkdir %s", part);
	}
	return true;
}

bool capture_file_write(const struct context *case_context, unsigned run, enum verdict verdict,
	struct error *error)
{
	char whole_path[4096], whole_part[4096];
	size_t before = strlen(case_context->settings->captures) + 1;
	const char *path = whole_path + before, *part = whole_part + before;

	if (case_context->note_count > 0)
		qsort(case_context->notes, case_context->note_count,
			sizeof *case_context->notes, by_packet);
	capture_file_path(case_context->settings, case_context->info->name, run, whole_path,
		whole_part, sizeof whole_path);
	if (!make_folders_of(path, error))
		return false;
	int descriptor = openat(folder, part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (descriptor < 0)
		return error_errno(error, "open %s", whole_part);
	bool *own = own_packets(case_context);
	bool written = own != NULL ? write_packets(descriptor, case_context, own, verdict, error)
				   : error_errno(error, "memory for %s", whole_part);
	free(own);
	if (close(descriptor) != 0 && written)
		written = error_errno(error, "close %s", whole_part);
	if (written && renameat(folder, part, folder, path) != 0)
		written = error_errno(error, "rename %s", whole_part);
	if (!written)
		unlinkat(folder, part, 0);
	return written;
}
