/* Keeps a case's capture as a file, with what the expectations said of its packets. */
#include "capture_file.h"

#include "pcapng.h"

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

/* The section's comment: which case, how it went, and the figures that it recorded. */
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
}

static bool write_packets(int descriptor, const struct context *of, const bool own[],
	enum verdict verdict, struct error *error)
{
	struct pcapng file;
	struct buffer comment;
	size_t next = 0;
	struct pcapng_statistics statistics = statistics_of(of);
	struct error ignored;

	buffer_init(&comment, 4096);
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
