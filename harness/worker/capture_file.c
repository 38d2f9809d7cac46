/* Writes a case's capture to a file, with comments that say what the expectations found. */
#include "worker/capture_file.h"

#include "base/clock.h"
#include "kernel/parent_folders.h"
#include "wire/checksum.h"
#include "wire/decode.h"
#include "wire/pcapng.h"
#include "worker/capture_comments.h"
#include "worker/capture_names.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

/*
 * Two runs may share a folder for captures, but not a scratch folder. Its name makes `part` unique.
 */
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

static void mark_connections(bool own[])
{
	for (size_t i = 0; i < context.wire.connections.count; i++) {
		const struct connection *connection = context.wire.connections.list[i];
		if (!context_owns(&connection->streams[CLIENT].address,
			    &connection->streams[SERVER].address))
			continue;
		for (size_t j = 0; j < connection->segment_count; j++)
			own[connection->segments[j].packet] = true;
	}
}

static void mark_datagrams(bool own[])
{
	const struct datagrams *datagrams = &context.wire.datagrams;

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

/* On the host's loopback there are packets of others too, which must not be kept. */
static bool *own_packets(void)
{
	bool *own = calloc(context.capture.count + 1, sizeof *own);

	if (own != NULL && context.settings->isolated) {
		memset(own, true, context.capture.count);
	} else if (own != NULL) {
		mark_connections(own);
		mark_datagrams(own);
	}
	return own;
}

/* The machine that the case ran on, by uname(2). */
struct machine {
	char system[160], hardware[80];
};

static void machine_of(struct machine *machine)
{
	struct utsname names = {0};

	if (uname(&names) != 0)
		names = (struct utsname){.sysname = "Linux"};
	snprintf(machine->system, sizeof machine->system, "%s %s", names.sysname, names.release);
	snprintf(machine->hardware, sizeof machine->hardware, "%s", names.machine);
}

static bool begin_file(struct pcapng *file, int descriptor, enum verdict verdict,
	const struct capture_names *names, struct error *error)
{
	struct buffer comment;
	struct machine machine;

	machine_of(&machine);
	buffer_init(&comment, SECTION_COMMENT_MAXIMUM);
	comments_of_case(&comment, verdict, names);
	const struct pcapng_section section = {
		.comment = buffer_text(&comment),
		.hardware = machine.hardware,
		.system = machine.system,
		.application = "wirecheck " WIRECHECK_VERSION,
	};
	const struct pcapng_interface interface = {
		.name = context.capture.interface,
		.description = context.settings->isolated ? "Loopback of the case's sandbox"
							  : "Loopback of the host",
		.filter = CAPTURE_FILTER,
		.speed = capture_speed(&context.capture),
		.system = machine.system,
		.snapshot_length = CAPTURE_SNAPSHOT_LENGTH,
	};
	bool begun = pcapng_begin(file, descriptor, &section, &interface, error);
	buffer_free(&comment);
	return begun;
}

static bool write_packet(
	struct pcapng *file, size_t packet, struct comments *comments, struct error *error)
{
	const struct frame *frame = &context.capture.frames[packet];
	struct packet decoded;

	if (!comments_of_packet(comments, packet))
		return error_errno(error, "memory for the comments of packet %zu", packet + 1);
	packet_decode(&decoded, frame->bytes, frame->wire_length);
	const struct pcapng_packet line = {
		.frame = frame->bytes,
		.wire_length = frame->wire_length,
		.time = frame->time,
		.checksum_not_ready = checksum_is_partial(&decoded),
		.comments = comments->list,
		.comment_count = comments->count,
		.comments_left_out = comments->left_out,
	};
	return pcapng_add(file, &line, error);
}

static bool write_packets(struct pcapng *file, const bool own[], const struct capture_names *names,
	struct error *error)
{
	struct pcapng_name list[HOSTS_MAXIMUM];
	struct comments comments = {0};

	comments_prepare();
	bool written = pcapng_add_names(file, list, capture_names_list(names, list), error);
	for (size_t i = 0; written && i < context.capture.count; i++)
		if (own[i])
			written = write_packet(file, i, &comments, error);
	comments_free(&comments);
	return written;
}

/* What the kernel has counted until now, without the harness's own markers. */
static bool read_statistics(struct pcapng_statistics *statistics, struct error *error)
{
	struct capture *capture = &context.capture;
	uint64_t received = 0, dropped = 0;

	if (!capture_statistics(capture, &received, &dropped, error))
		return false;
	*statistics = (struct pcapng_statistics){
		.start = capture->opened,
		.end = wall_clock_now(),
		.received = received - capture->markers_seen,
		.dropped = dropped,
		.delivered = capture->count,
	};
	return true;
}

static bool write_file(int descriptor, const bool own[], enum verdict verdict, struct error *error)
{
	struct pcapng_statistics statistics = {0};
	struct pcapng file;
	struct capture_names names;
	struct error ignored;

	capture_names_find(&names);
	bool written = read_statistics(&statistics, error);
	bool begun = begin_file(&file, descriptor, verdict, &names, written ? error : &ignored);
	written = written && begun && write_packets(&file, own, &names, error);
	bool ended = pcapng_end(&file, &statistics, written ? error : &ignored);
	return written && ended;
}

/* The open folder for captures; -1: not opened yet. */
static int folder = -1;

bool capture_file_open_folder(const struct settings *settings, struct error *error)
{
	folder = open(settings->captures, O_PATH | O_DIRECTORY | O_CLOEXEC);
	return folder >= 0 || error_errno(error, "open %s", settings->captures);
}

bool capture_file_write(unsigned run, enum verdict verdict, struct error *error)
{
	char whole_path[4096], whole_part[4096];
	size_t before = strlen(context.settings->captures) + 1;
	const char *path = whole_path + before, *part = whole_part + before;

	capture_file_path(context.settings, context.info->name, run, whole_path, whole_part,
		sizeof whole_path);
	if (!parent_folders_make(folder, path, error))
		return false;
	int descriptor = openat(folder, part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (descriptor < 0)
		return error_errno(error, "open %s", whole_part);
	bool *own = own_packets();
	bool written = own != NULL ? write_file(descriptor, own, verdict, error)
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
