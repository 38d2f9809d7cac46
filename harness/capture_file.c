/* Keeps a case's capture as a file, with what the expectations said of its packets. */
#include "capture_file.h"

#include "pcapng.h"
#include "report.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Comments that one packet gets at most, and the length of one. */
#define COMMENTS_MAXIMUM 8
#define COMMENT_SIZE     320

/* Of a section's comment: room for all that a case records and its programs print. */
#define SECTION_COMMENT_MAXIMUM 60000

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

static int by_packet(const void *a, const void *b)
{
	const struct note *left = a, *right = b;

	if (left->packet != right->packet)
		return left->packet < right->packet ? -1 : 1;
	return left->place < right->place ? -1 : left->place > right->place;
}

static void comment_write(char out[COMMENT_SIZE], const struct note *note)
{
	if (note->place == NULL)
		snprintf(out, COMMENT_SIZE, "unexpected: no expectation looked at this");
	else
		snprintf(out, COMMENT_SIZE, "%s: %.200s (%s:%d)", note->held ? "held" : "failed",
			note->place->text, note->place->file, note->place->line);
}

/* Adds a packet with the comments of its notes, which start at `*next` in the sorted list. */
static bool add_packet(struct pcapng *file, const struct context *of, size_t packet, size_t *next,
	struct error *error)
{
	char texts[COMMENTS_MAXIMUM][COMMENT_SIZE];
	const char *comments[COMMENTS_MAXIMUM];
	size_t count = 0;

	for (; *next < of->note_count && of->notes[*next].packet == packet; (*next)++) {
		const struct note *note = &of->notes[*next];
		bool again = *next > 0 && note[-1].packet == packet && note[-1].place == note->place;
		if (again || count == COMMENTS_MAXIMUM)
			continue;
		comment_write(texts[count], note);
		comments[count] = texts[count];
		count++;
	}
	const struct frame *frame = &of->capture.frames[packet];
	struct pcapng_packet line = {
		.frame = frame->bytes,
		.wire_length = frame->wire_length,
		.time = frame->time,
		.comments = comments,
		.comment_count = count,
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

	buffer_init(&line, SECTION_COMMENT_MAXIMUM);
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
	for (size_t i = 0; i < results->finding_count; i++) {
		const char *text = results_text(results, results->findings[i].text);
		if (results->findings[i].held && *text != '\0')
			buffer_printf(out, "\n%s", text);
	}
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

	buffer_init(&comment, SECTION_COMMENT_MAXIMUM);
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

/* Makes the topic's folder; one that is there already is fine. */
static bool make_folder_of(const char *path, struct error *error)
{
	char folder[4096];
	const char *end = strrchr(path, '/');

	snprintf(folder, sizeof folder, "%.*s", end != NULL ? (int)(end - path) : 0, path);
	if (*folder != '\0' && mkdir(folder, 0777) != 0 && errno != EEXIST)
		return error_errno(error, "mkdir %s", folder);
	return true;
}

bool capture_file_write(const struct context *case_context, unsigned run, enum verdict verdict,
	struct error *error)
{
	char path[4096], part[4096];

	if (case_context->note_count > 0)
		qsort(case_context->notes, case_context->note_count,
			sizeof *case_context->notes, by_packet);
	capture_file_path(case_context->settings, case_context->info->name, run, path, part,
		sizeof path);
	if (!make_folder_of(path, error))
		return false;
	int descriptor = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (descriptor < 0)
		return error_errno(error, "open %s", part);
	bool *own = own_packets(case_context);
	bool written = own != NULL ? write_packets(descriptor, case_context, own, verdict, error)
				   : error_errno(error, "memory for %s", part);
	free(own);
	if (close(descriptor) != 0 && written)
		written = error_errno(error, "close %s", part);
	if (written && rename(part, path) != 0)
		written = error_errno(error, "rename %s", part);
	if (!written)
		unlink(part);
	return written;
}
