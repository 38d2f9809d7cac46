/* Writes a case's capture to a file, with comments that say what the expectations found. */
#include "worker/capture_file.h"

#include "wire/checksum.h"
#include "wire/decode.h"
#include "wire/pcapng.h"
#include "worker/capture_comments.h"
#include "worker/capture_names.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
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

/* On the host's loopback there are packets of others too, which must not be kept. */
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

static bool begin_file(struct pcapng *file, int descriptor, const struct context *of,
	enum verdict verdict, const struct capture_names *names, struct error *error)
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
		.name = of->capture.interface,
		.description = of->settings->isolated ? "Loopback of the case's sandbox"
						      : "Loopback of the host",
		.filter = CAPTURE_FILTER,
		.speed = capture_speed(&of->capture),
		.system = machine.system,
		.snapshot_length = CAPTURE_SNAPSHOT_LENGTH,
	};
	bool begun = pcapng_begin(file, descriptor, &section, &interface, error);
	buffer_free(&comment);
	return begun;
}

static bool write_packet(struct pcapng *file, const struct context *of, size_t packet,
	struct comments *comments, struct error *error)
{
	const struct frame *frame = &of->capture.frames[packet];
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

static bool write_packets(struct pcapng *file, const struct context *of, const bool own[],
	const struct capture_names *names, struct error *error)
{
	struct pcapng_name list[HOSTS_MAXIMUM];
	struct comments comments = {0};

	comments_prepare();
	bool written = pcapng_add_names(file, list, capture_names_list(names, list), error);
	for (size_t i = 0; written && i < of->capture.count; i++)
		if (own[i])
			written = write_packet(file, of, i, &comments, error);
	comments_free(&comments);
	return written;
}

/* What the kernel has counted until now, without the harness's own markers. */
static bool statistics_of(
	struct capture *capture, struct pcapng_statistics *statistics, struct error *error)
{
	uint64_t received = 0, dropped = 0;

	if (!capture_statistics(capture, &received, &dropped, error))
		return false;
	*statistics = (struct pcapng_statistics){
		.start = capture->opened,
		.end = capture_clock(),
		.received = received - capture->markers_seen,
		.dropped = dropped,
		.delivered = capture->count,
	};
	return true;
}

static bool write_file(int descriptor, struct context *of, const bool own[], enum verdict verdict,
	struct error *error)
{
	struct pcapng_statistics statistics = {0};
	struct pcapng file;
	struct capture_names names;
	struct error ignored;

	capture_names_find(&names);
	bool written = statistics_of(&of->capture, &statistics, error);
	bool begun = begin_file(&file, descriptor, of, verdict, &names, written ? error : &ignored);
	written = written && begun && write_packets(&file, of, own, &names, error);
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

/* Makes the folders of a path below that folder. A folder that exists is no error. */
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

bool capture_file_write(
	struct context *case_context, unsigned run, enum verdict verdict, struct error *error)
{
	char whole_path[4096], whole_part[4096];
	size_t before = strlen(case_context->settings->captures) + 1;
	const char *path = whole_path + before, *part = whole_part + before;

	capture_file_path(case_context->settings, case_context->info->name, run, whole_path,
		whole_part, sizeof whole_path);
	if (!make_folders_of(path, error))
		return false;
	int descriptor = openat(folder, part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (descriptor < 0)
		return error_errno(error, "open %s", whole_part);
	bool *own = own_packets(case_context);
	bool written = own != NULL ? write_file(descriptor, case_context, own, verdict, error)
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
