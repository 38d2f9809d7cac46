/* Reads a capture from a file, as far as libpcap reads the file. */
#include "kernel/capture.h"

#include "kernel/capture_frames.h"

#include <stdio.h>
#include <string.h>

/* The first byte of a file by gzip (RFC 1952 2.3.1), and of a file in pcapng (draft 4.1). */
#define FIRST_OF_GZIP   0x1f
#define FIRST_OF_PCAPNG 0x0a

/*
 * Reads all packets. When a file ends within a packet, libpcap's message begins with "truncated".
 * Its status is the same as for a damaged file.
 */
static bool capture_read_file(struct capture *capture, const char *name, struct error *error)
{
	static const char cut[] = "truncated";

	if (pcap_dispatch(capture->pcap, -1, capture_keep, (unsigned char *)capture) != PCAP_ERROR)
		return true;
	const char *problem = pcap_geterr(capture->pcap);
	struct error *said = strncmp(problem, cut, strlen(cut)) == 0 ? &capture->missing : error;
	error_set(said, "%s: packet %zu: %s", name, capture->count + 1, problem);
	return said != error;
}

static bool capture_begin_file(
	struct capture *capture, FILE *stream, const char *name, struct error *error)
{
	char text[PCAP_ERRBUF_SIZE];
	int first = getc(stream);

	if (first != EOF)
		ungetc(first, stream);
	capture->has_unsigned_times = first != FIRST_OF_PCAPNG;
	capture->pcap =
		pcap_fopen_offline_with_tstamp_precision(stream, PCAP_TSTAMP_PRECISION_NANO, text);
	if (capture->pcap == NULL) {
		fclose(stream);
		return error_set(error, "%s: %s%s", name, text,
			first == FIRST_OF_GZIP ? "; gzip -d unpacks what gzip has packed" : "");
	}
	if (pcap_datalink(capture->pcap) != DLT_EN10MB)
		return error_set(error, "%s: not a capture of Ethernet frames", name);
	return true;
}

bool capture_open_stream(
	struct capture *capture, FILE *stream, const char *name, struct error *error)
{
	*capture = CAPTURE_CLOSED;
	if (capture_begin_file(capture, stream, name, error) &&
		capture_read_file(capture, name, error)) {
		if (!capture->out_of_space)
			return true;
		error_set(error, "%s: no room for more than %zu packets", name, capture->count);
	}
	capture_close(capture);
	return false;
}

bool capture_open_file(struct capture *capture, const char *path, struct error *error)
{
	FILE *stream = fopen(path, "re");

	*capture = CAPTURE_CLOSED;
	if (stream == NULL)
		return error_errno(error, "%s", path);
	return capture_open_stream(capture, stream, path, error);
}
