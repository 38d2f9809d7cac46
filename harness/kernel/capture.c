/* A live capture by libpcap, and the certificate that nothing is missing. */
#include "kernel/capture.h"

#include "base/clock.h"
#include "kernel/capture_frames.h"

#include <fcntl.h>
#include <inttypes.h>
#include <linux/ethtool.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <unistd.h>

/* IEEE 802, local experimental EtherType 1: nothing on the machine receives it. */
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

/* Keeps a frame, or counts a marker. */
static void capture_take(
	unsigned char *argument, const struct pcap_pkthdr *header, const unsigned char *data)
{
	struct capture *capture = (struct capture *)argument;

	if (marker_is(capture, (struct bytes){data, header->caplen}))
		capture->markers_seen++;
	else
		capture_keep(argument, header, data);
}

/*
 * The kernel hands over a block that is not full after this many milliseconds. A ring has few
 * blocks, of 256 KiB each. So even with little traffic it is full after this time, once for each
 * block.
 */
#define BLOCK_TIMEOUT 8

/*
 * Not immediate mode: that uses slots of a fixed size, and a small ring has only a few of them.
 * With a time-out the frames are packed tightly. They still come about as soon as the worker is
 * scheduled.
 */
static int capture_activate(pcap_t *pcap, size_t ring_bytes)
{
	int status = pcap_set_snaplen(pcap, CAPTURE_SNAPSHOT_LENGTH);

	if (status == 0)
		status = pcap_set_timeout(pcap, BLOCK_TIMEOUT);
	if (status == 0)
		status = pcap_set_buffer_size(pcap, (int)ring_bytes);
	if (status == 0)
		status = pcap_set_tstamp_precision(pcap, PCAP_TSTAMP_PRECISION_NANO);
	return status == 0 ? pcap_activate(pcap) : status;
}

/*
 * Linux hands over each loopback frame twice: as it is sent and as it is received. A filter would
 * drop the first only after it had taken room in the ring.
 */
static bool capture_only_received(struct capture *capture, struct error *error)
{
	int on = 1;

	if (setsockopt(capture->descriptor, SOL_PACKET, PACKET_IGNORE_OUTGOING, &on, sizeof on) !=
		0)
		return error_errno(error, "setsockopt(PACKET_IGNORE_OUTGOING)");
	return true;
}

/* Others may use the interface. What it carried before this moment belongs to no case. */
static bool capture_begin(struct capture *capture, struct error *error)
{
	capture->nonce = 0;
	if (getrandom(&capture->nonce, sizeof capture->nonce, 0) != sizeof capture->nonce)
		return error_errno(error, "getrandom");
	capture->nonce |= 1;
	capture->interfaces = open("/proc/net/dev", O_RDONLY | O_CLOEXEC);
	if (capture->interfaces < 0)
		return error_errno(error, "open /proc/net/dev");
	return capture_carried(capture, &capture->carried_before, error);
}

static bool capture_start(struct capture *capture, bool *forbidden, struct error *error)
{
	int status = capture_activate(capture->pcap, capture->ring_bytes);

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

bool capture_open(struct capture *capture, const char *interface, size_t ring_bytes,
	bool *forbidden, struct error *error)
{
	char text[PCAP_ERRBUF_SIZE];

	*capture = CAPTURE_CLOSED;
	*forbidden = false;
	if (ring_bytes > INT32_MAX)
		return error_set(error, "a capture ring of %zu MiB is too large: 2047 at most",
			ring_bytes >> 20);
	snprintf(capture->interface, sizeof capture->interface, "%s", interface);
	capture->ring_bytes = ring_bytes;
	capture->opened = wall_clock_now();
	capture->pcap = pcap_create(interface, text);
	if (capture->pcap == NULL)
		return error_set(error, "capture on %s: %s", interface, text);
	if (capture_start(capture, forbidden, error))
		return true;
	capture_close(capture);
	return false;
}

bool capture_read(struct capture *capture, struct error *error)
{
	int taken = pcap_dispatch(capture->pcap, -1, capture_take, (unsigned char *)capture);

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
 * Finds an interface in the table. After the name there are eight counters of what was received,
 * then the bytes and packets sent (proc_pid_net(5)). False when the table has no whole line of it.
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

/* The table is opened once. Each read from its beginning gives the counters of that moment. */
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
	carried->frames = total.frames - capture->carried_before.frames;
	carried->bytes = total.bytes - capture->carried_before.bytes;
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

uint64_t capture_taken_in(const struct capture *capture)
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
			dropped, received, capture->ring_bytes >> 20);
	if (capture->cut > 0)
		return error_set(error,
			"the capture cut %zu of %zu packets short: it keeps %d bytes of each; ip "
			"link set %s gso_max_size 65536 gso_ipv4_max_size 65536 makes them shorter",
			capture->cut, capture->count, CAPTURE_SNAPSHOT_LENGTH, capture->interface);
	if (capture->out_of_space)
		return error_set(error, "the capture ran out of space at %zu packets, %zu bytes",
			capture->count, capture->kept);
	if (capture_taken_in(capture) < carried)
		return error_set(error, "%s carried %" PRIu64 " packets, the capture has %" PRIu64,
			capture->interface, carried, capture_taken_in(capture));
	return true;
}

/* This is ethtool's oldest request: every driver that knows a speed answers it. */
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
	capture_free(capture);
	if (capture->interfaces >= 0)
		close(capture->interfaces);
	*capture = CAPTURE_CLOSED;
}
