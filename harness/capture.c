/* libpcap, live and from a file; the certificate that nothing is missing. */
#include "capture.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <linux/ethtool.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/*
 * A chunk holds several frames; it never moves, so that views into it stay good. Each is twice as
 * large as the one before, up to a maximum: what a chunk does not need is never touched.
 */
#define CHUNK_FIRST   ((size_t)1 << 20)
#define CHUNK_MAXIMUM ((size_t)64 << 20)

/* x86-64 and others; elsewhere the advice is only worth less. */
#define HUGE_PAGE ((size_t)2 << 20)

/* The frames follow it. */
struct capture_chunk {
	struct capture_chunk *next;
	size_t used, size; /* bytes, with this head */
};

/* IEEE 802, local experimental EtherType 1: nothing on the machine listens to it. */
#define MARKER_ETHERTYPE 0x88b5

struct marker {
	unsigned char destination[6], source[6]; /* zero, as lo's own */
	unsigned char ethertype[2];
	unsigned char nonce[8];
	unsigned char padding[ETH_ZLEN - 22];
};

static void marker_make(const struct capture *capture, struct marker *marker)
{
	*marker = (struct marker){.ethertype = {MARKER_ETHERTYPE >> 8, MARKER_ETHERTYPE & 0xff}};
	memcpy(marker->nonce, &capture->nonce, sizeof marker->nonce);
}

static bool marker_is(const struct capture *capture, struct bytes frame)
{
	struct marker marker;

	if (frame.length != sizeof marker)
		return false;
	marker_make(capture, &marker);
	return memcmp(frame.data, &marker, sizeof marker) == 0;
}

/* Half the time of a bulk transfer goes into faults of small pages. */
static struct capture_chunk *chunk_allocate(size_t size)
{
	if (size < HUGE_PAGE)
		return malloc(size);
	void *chunk = aligned_alloc(HUGE_PAGE, size);
	if (chunk != NULL)
		(void)madvise(chunk, size, MADV_HUGEPAGE); /* a kernel may have none */
	return chunk;
}

static struct capture_chunk *chunk_add(struct capture *capture)
{
	struct capture_chunk *before = capture->chunks;
	size_t size = before == NULL ? CHUNK_FIRST : 2 * before->size;

	if (size > CHUNK_MAXIMUM)
		size = CHUNK_MAXIMUM;
	struct capture_chunk *chunk = chunk_allocate(size);
	if (chunk == NULL)
		return NULL;
	*chunk = (struct capture_chunk){.next = before, .used = sizeof *chunk, .size = size};
	capture->chunks = chunk;
	return chunk;
}

/* Room for `length` bytes in the newest chunk or a new one; NULL at the capture's maximum. */
static unsigned char *capture_room(struct capture *capture, size_t length)
{
	struct capture_chunk *chunk = capture->chunks;

	if (capture->kept + length > CAPTURE_MAXIMUM)
		return NULL;
	if (chunk == NULL || chunk->size - chunk->used < length)
		chunk = chunk_add(capture);
	if (chunk == NULL || chunk->size - chunk->used < length)
		return NULL;
	unsigned char *room = (unsigned char *)chunk + chunk->used;
	chunk->used += length;
	capture->kept += length;
	return room;
}

static bool capture_grow(struct capture *capture)
{
	size_t capacity = capture->capacity > 0 ? capture->capacity * 2 : 64;

	if (capture->count < capture->capacity)
		return true;
	if (capacity > UINT32_MAX)
		return false;
	struct frame *frames = realloc(capture->frames, capacity * sizeof *frames);
	if (frames == NULL)
		return false;
	capture->frames = frames;
	capture->capacity = capacity;
	return true;
}

/* The earliest second, by 32 bits with a sign, of a format whose seconds have none. */
#define SECONDS_WITHOUT_SIGN ((int64_t)1 << 32)

/*
 * A packet's time; tv_usec holds nanoseconds: the precision asked for. A file may have any time,
 * in pcapng one that libpcap's own arithmetic made negative.
 */
static int64_t time_of(struct capture *capture, const struct timeval *time)
{
	int64_t seconds = time->tv_sec, nanoseconds;

	if (capture->has_unsigned_times && seconds < 0)
		seconds += SECONDS_WITHOUT_SIGN;
	bool beyond = __builtin_mul_overflow(seconds, (int64_t)1000000000, &nanoseconds) ||
		      __builtin_add_overflow(nanoseconds, (int64_t)time->tv_usec, &nanoseconds);
	if (!beyond && nanoseconds >= 0)
		return nanoseconds;
	capture->odd_times++;
	return beyond && seconds > 0 ? INT64_MAX : 0;
}

/* Keeps a copy: libpcap's view is good during this call alone. */
static void capture_keep(
	unsigned char *argument, const struct pcap_pkthdr *header, const unsigned char *data)
{
	struct capture *capture = (struct capture *)argument;

	if (capture->nonce != 0 && marker_is(capture, (struct bytes){data, header->caplen})) {
		capture->markers_seen++;
		return;
	}
	unsigned char *copy = capture_grow(capture) ? capture_room(capture, header->caplen) : NULL;
	if (copy == NULL) {
		capture->out_of_space = true;
		return;
	}
	memcpy(copy, data, header->caplen);
	if (header->caplen < header->len)
		capture->cut++;
	capture->frames[capture->count++] = (struct frame){
		.bytes = {copy, header->caplen},
		.wire_length = header->len > header->caplen ? header->len : header->caplen,
		.time = time_of(capture, &header->ts),
	};
}

/*
 * Milliseconds until a block that is not full is handed over. A ring has few blocks, of 256 KiB
 * each: however little goes on, it lasts no longer than this for each of them.
 */
#define BLOCK_TIMEOUT 8

/*
 * Not immediate mode: it uses slots of a fixed size, of which a small ring has few. A time-out
 * packs frames tightly, and hands them over about as fast as a worker's turn comes.
 */
static int capture_activate(pcap_t *pcap, size_t ring)
{
	int status = pcap_set_snaplen(pcap, CAPTURE_SNAPSHOT_LENGTH);

	if (status == 0)
		status = pcap_set_timeout(pcap, BLOCK_TIMEOUT);
	if (status == 0)
		status = pcap_set_buffer_size(pcap, (int)ring);
	if (status == 0)
		status = pcap_set_tstamp_precision(pcap, PCAP_TSTAMP_PRECISION_NANO);
	return status == 0 ? pcap_activate(pcap) : status;
}

/*
 * Linux hands each loopback frame over twice, sent and received. A filter would drop the one only
 * after it had taken room in the ring.
 */
static bool capture_only_received(struct capture *capture, struct error *error)
{
	int on = 1;

	if (setsockopt(capture->descriptor, SOL_PACKET, PACKET_IGNORE_OUTGOING, &on, sizeof on) !=
		0)
		return error_errno(error, "setsockopt(PACKET_IGNORE_OUTGOING)");
	return true;
}

/* What an interface that others use carried before this moment belongs to no case. */
static bool capture_begin(struct capture *capture, struct error *error)
{
	capture->nonce = 0;
	if (getrandom(&capture->nonce, sizeof capture->nonce, 0) != sizeof capture->nonce)
		return error_errno(error, "getrandom");
	capture->nonce |= 1;
	capture->interfaces = open("/proc/net/dev", O_RDONLY | O_CLOEXEC);
	if (capture->interfaces < 0)
		return error_errno(error, "open /proc/net/dev");
	return capture_carried(capture, &capture->before, error);
}

static bool capture_start(
	struct capture *capture, size_t ring, bool *forbidden, struct error *error)
{
	int status = capture_activate(capture->pcap, ring);

	*forbidden = status == PCAP_ERROR_PERM_DENIED;
	if (status < 0)
		return error_set(error, "capture on %s: %s", capture->interface,
			status == PCAP_ERROR ? pcap_geterr(capture->pcap)
					     : pcap_statustostr(status));
	if (pcap_datalink(capture->pcap) != DLT_EN10MB)
		return error_set(
			error, "capture on %s: not an Ethernet interface", capture->interface);

	char text[PCAP_ERRBUF_SIZE];
	if (pcap_setnonblock(capture->pcap, 1, text) != 0)
		return error_set(error, "capture on %s: %s", capture->interface, text);
	capture->descriptor = pcap_get_selectable_fd(capture->pcap);
	if (capture->descriptor < 0)
		return error_set(error, "capture on %s: cannot be waited for", capture->interface);
	return capture_only_received(capture, error) && capture_begin(capture, error);
}

bool capture_open(struct capture *capture, const char *interface, size_t ring, bool *forbidden,
	struct error *error)
{
	char text[PCAP_ERRBUF_SIZE];

	*capture = CAPTURE_CLOSED;
	*forbidden = false;
	if (ring > INT32_MAX)
		return error_set(
			error, "a capture ring of %zu MiB is too large: 2047 at most", ring >> 20);
	snprintf(capture->interface, sizeof capture->interface, "%s", interface);
	capture->ring = ring;
	capture->opened = capture_clock();
	capture->pcap = pcap_create(interface, text);
	if (capture->pcap == NULL)
		return error_set(error, "capture on %s: %s", interface, text);
	if (capture_start(capture, ring, forbidden, error))
		return true;
	capture_close(capture);
	return false;
}

/* A file whose first byte is this one is gzip's (RFC 1952 2.3.1), or pcapng's (draft 4.1). */
#define FIRST_OF_GZIP   0x1f
#define FIRST_OF_PCAPNG 0x0a

/*
 * Reads all packets. What libpcap says of a file that ends within a packet begins with this word;
 * its status is the same as for one that is damaged.
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
	capture->pcap = pcap_fopen_offline_with_tstamp_precision(
		stream, PCAP_TSTAMP_PRECISION_NANO, text);
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

bool capture_read(struct capture *capture, struct error *error)
{
	int taken = pcap_dispatch(capture->pcap, -1, capture_keep, (unsigned char *)capture);

	if (taken == PCAP_ERROR)
		return error_set(error, "capture: %s", pcap_geterr(capture->pcap));
	return true;
}

static bool capture_send_marker(struct capture *capture, struct error *error)
{
	struct marker marker;

	marker_make(capture, &marker);
	if (pcap_inject(capture->pcap, &marker, sizeof marker) != sizeof marker)
		return error_set(error, "send a marker: %s", pcap_geterr(capture->pcap));
	capture->markers_sent++;
	return true;
}

static bool capture_mark_processors(
	struct capture *capture, const cpu_set_t *processors, struct error *error)
{
	for (size_t processor = 0; processor < CPU_SETSIZE; processor++) {
		cpu_set_t one;

		if (!CPU_ISSET(processor, processors))
			continue;
		CPU_ZERO(&one);
		CPU_SET(processor, &one);
		if (sched_setaffinity(0, sizeof one, &one) != 0)
			return error_errno(error, "run on processor %zu", processor);
		if (!capture_send_marker(capture, error))
			return false;
	}
	return true;
}

bool capture_mark(struct capture *capture, struct error *error)
{
	cpu_set_t processors;

	if (sched_getaffinity(0, sizeof processors, &processors) != 0)
		return error_errno(error, "sched_getaffinity");
	bool marked = capture_mark_processors(capture, &processors, error);
	if (sched_setaffinity(0, sizeof processors, &processors) != 0 && marked)
		return error_errno(error, "sched_setaffinity");
	return marked;
}

bool capture_marked(const struct capture *capture)
{
	return capture->markers_seen == capture->markers_sent;
}

/*
 * Finds an interface in the table: after the name, eight counters received, then bytes and packets
 * sent (proc_pid_net(5)). False when its line is not there, or not whole.
 */
static bool find_sent(const char *table, const char *interface, struct carried *sent)
{
	size_t length = strlen(interface);
	const char *line = table;

	for (const char *end; (end = strchr(line, '\n')) != NULL; line = end + 1) {
		const char *name = line + strspn(line, " ");
		if (strncmp(name, interface, length) == 0 && name[length] == ':')
			return sscanf(name + length + 1,
				       "%*u %*u %*u %*u %*u %*u %*u %*u %" SCNu64 " %" SCNu64,
				       &sent->bytes, &sent->frames) == 2;
	}
	return false;
}

/* The table is opened once: to read it from its beginning is to read it anew. */
bool capture_carried(const struct capture *capture, struct carried *carried, struct error *error)
{
	static char table[65536];
	size_t used = 0;
	struct carried total;

	table[0] = '\0';
	while (!find_sent(table, capture->interface, &total)) {
		ssize_t length = pread(
			capture->interfaces, table + used, sizeof table - 1 - used, (off_t)used);
		if (length < 0)
			return error_errno(error, "read /proc/net/dev");
		if (length == 0)
			return error_set(error, "no %s in /proc/net/dev", capture->interface);
		used += (size_t)length;
		table[used] = '\0';
	}
	carried->frames = total.frames - capture->before.frames;
	carried->bytes = total.bytes - capture->before.bytes;
	return true;
}

bool capture_statistics(
	struct capture *capture, uint64_t *received, uint64_t *dropped, struct error *error)
{
	struct pcap_stat statistics;

	if (pcap_stats(capture->pcap, &statistics) != 0)
		return error_set(error, "capture: %s", pcap_geterr(capture->pcap));
	*received = statistics.ps_recv;
	*dropped = statistics.ps_drop;
	return true;
}

uint64_t capture_held(const struct capture *capture)
{
	return capture->count + capture->markers_seen;
}

bool capture_certify(struct capture *capture, uint64_t carried, struct error *error)
{
	uint64_t received = 0, dropped = 0;

	if (!capture_statistics(capture, &received, &dropped, error))
		return false;
	if (dropped > 0)
		return error_set(error,
			"the capture dropped %" PRIu64 " of %" PRIu64
			" packets: its ring of %zu MiB was full",
			dropped, received, capture->ring >> 20);
	if (capture->cut > 0)
		return error_set(error,
			"the capture cut %zu of %zu packets short: it keeps %d bytes of each; ip "
			"link set %s gso_max_size 65536 gso_ipv4_max_size 65536 makes them shorter",
			capture->cut, capture->count, CAPTURE_SNAPSHOT_LENGTH, capture->interface);
	if (capture->out_of_space)
		return error_set(error, "the capture ran out of space at %zu packets, %zu bytes",
			capture->count, capture->kept);
	if (capture_held(capture) < carried)
		return error_set(error, "%s carried %" PRIu64 " packets, the capture has %" PRIu64,
			capture->interface, carried, capture_held(capture));
	return true;
}

int64_t capture_clock(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* ethtool's oldest request: every driver that knows a speed answers it. */
uint64_t capture_speed(const struct capture *capture)
{
	struct ethtool_cmd settings = {.cmd = ETHTOOL_GSET};
	struct ifreq request = {.ifr_data = (char *)&settings};

	snprintf(request.ifr_name, sizeof request.ifr_name, "%s", capture->interface);
	if (ioctl(capture->descriptor, SIOCETHTOOL, &request) != 0)
		return 0;
	uint32_t speed = ethtool_cmd_speed(&settings);
	return speed != (uint32_t)SPEED_UNKNOWN ? (uint64_t)speed * 1000000 : 0;
}

void capture_close(struct capture *capture)
{
	if (capture->pcap != NULL)
		pcap_close(capture->pcap);
	while (capture->chunks != NULL) {
		struct capture_chunk *next = capture->chunks->next;
		free(capture->chunks);
		capture->chunks = next;
	}
	free(capture->frames);
	if (capture->interfaces >= 0)
		close(capture->interfaces);
	*capture = CAPTURE_CLOSED;
}
