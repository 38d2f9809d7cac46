/* The kept captures: what is in them is found, and cut anywhere they do no harm. */
#include "command.h"
#include "kernel/capture.h"
#include "unit.h"
#include "wire/wire.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What a kept capture holds. */
struct kept {
	const char *name;
	size_t connections, datagrams, errors;
	const char *client, *server; /* the streams of the last connection */
};

static const struct kept kept[] = {
	{"tcp_hello", 1, 0, 0, "hello", "hi"},
	{"tcp_server_first", 2, 0, 0, "hello", "hi"},
	{"restart_reuseaddr", 2, 0, 0, "hello again", "hi"},
	{"tcp_half_close", 1, 0, 0, "hello", "hi"},
	{"udp_boundaries", 0, 8, 0, NULL, NULL},
	{"udp_hello_ipv6", 0, 2, 0, NULL, NULL},
	{"udp_fragments", 0, 1, 0, NULL, NULL},
	{"udp_unreachable_connected", 0, 3, 1, NULL, NULL},
};

#define KEPT_COUNT (sizeof kept / sizeof *kept)

static const char *path_of(const char *name)
{
	static char path[PATH_MAX];

	snprintf(path, sizeof path, "%s/captures/reference/%s.pcapng", source_folder(), name);
	return path;
}

static bool open_kept(struct capture *capture, const char *name)
{
	struct error error = {""};
	bool opened = capture_open_file(capture, path_of(name), &error);

	ASSERT_TEXT(error.text, "");
	return opened;
}

static void decode(struct wire *wire, const struct capture *capture)
{
	for (size_t i = 0; i < capture->count; i++)
		wire_add(wire, capture->frames[i].bytes, capture->frames[i].wire_length,
			(uint32_t)i, capture->frames[i].time);
}

TEST(every_file_is_listed)
{
	char folder[PATH_MAX];
	size_t files = 0;
	struct dirent *entry;

	snprintf(folder, sizeof folder, "%s/captures/reference", source_folder());
	DIR *list = opendir(folder);
	CU_ASSERT_PTR_NOT_NULL_FATAL(list);
	while ((entry = readdir(list)) != NULL)
		files += strstr(entry->d_name, ".pcapng") != NULL;
	closedir(list);
	ASSERT_NUMBER(files, KEPT_COUNT);
}

TEST(holds_what_it_is_kept_for)
{
	for (size_t i = 0; i < KEPT_COUNT; i++) {
		struct capture capture;
		struct wire wire = {0};
		uint64_t difference;

		if (!open_kept(&capture, kept[i].name))
			continue;
		decode(&wire, &capture);
		ASSERT_NUMBER(wire.connections.count, kept[i].connections);
		ASSERT_NUMBER(wire.datagrams.count, kept[i].datagrams);
		ASSERT_NUMBER(wire.datagrams.error_count, kept[i].errors);
		ASSERT_NUMBER(wire.stray_count, 0);
		if (kept[i].client != NULL && wire.connections.count > 0) {
			const struct connection *last =
				wire.connections.list[wire.connections.count - 1];
			CU_ASSERT(stream_equal(
				&last->streams[CLIENT], bytes_of(kept[i].client), &difference));
			CU_ASSERT(stream_equal(
				&last->streams[SERVER], bytes_of(kept[i].server), &difference));
			CU_ASSERT(last->opening == OPENING_HANDSHAKE);
			CU_ASSERT(connection_closed_in_order(last));
		}
		wire_free(&wire);
		capture_close(&capture);
	}
}

/* A copy of its own length, so that the sanitizer sees a read behind its end. */
static void decode_cut(struct wire *wire, struct bytes frame, size_t length, size_t wire_length)
{
	unsigned char *copy = malloc(length > 0 ? length : 1);

	CU_ASSERT_PTR_NOT_NULL_FATAL(copy);
	memcpy(copy, frame.data, length);
	wire_add(wire, (struct bytes){copy, length}, wire_length, 0, 0);
	wire_free(wire);
	free(copy);
}

TEST(a_frame_cut_at_any_length_is_no_tcp_or_udp)
{
	for (size_t i = 0; i < KEPT_COUNT; i++) {
		struct capture capture;

		if (!open_kept(&capture, kept[i].name))
			continue;
		for (size_t f = 0; f < capture.count; f++)
			for (size_t cut = 0; cut < capture.frames[f].bytes.length; cut++) {
				struct wire wire = {0};
				struct bytes frame = capture.frames[f].bytes;
				wire_add(&wire, (struct bytes){frame.data, cut},
					capture.frames[f].wire_length, 0, 0);
				ASSERT_NUMBER(wire.stray_count, 1);
				wire_free(&wire);
				decode_cut(&wire, frame, cut, frame.length);
				decode_cut(&wire, frame, cut, cut);
			}
		capture_close(&capture);
	}
}

TEST(a_file_cut_at_any_length_is_an_error_or_a_shorter_capture)
{
	for (size_t i = 0; i < KEPT_COUNT; i++) {
		char copy[PATH_MAX], command[2 * PATH_MAX + 16];
		struct capture whole, cut;
		struct stat status;
		size_t errors = 0, silent = 0;

		if (!open_kept(&whole, kept[i].name))
			continue;
		snprintf(copy, sizeof copy, "%s/cut.pcapng", temporary_make());
		snprintf(command, sizeof command, "cp '%s' '%s'", path_of(kept[i].name), copy);
		ASSERT_NUMBER(system(command), 0);
		ASSERT_NUMBER(stat(copy, &status), 0);
		for (off_t length = status.st_size; length-- > 0;) {
			struct error error;
			ASSERT_NUMBER(truncate(copy, length), 0);
			if (!capture_open_file(&cut, copy, &error)) {
				errors++;
				continue;
			}
			CU_ASSERT(cut.count <= whole.count);
			silent += cut.count < whole.count && cut.missing.text[0] == '\0';
			capture_close(&cut);
		}
		CU_ASSERT(errors > 0);
		/* A file may end between two blocks: before each packet and the names. */
		CU_ASSERT(silent <= whole.count + 1);
		temporary_remove();
		capture_close(&whole);
	}
}
