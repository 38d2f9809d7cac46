/* The offloads of lo: they join several packets, as a wire would carry them, into one. */
#include "kernel/offload.h"

#include <errno.h>
#include <linux/ethtool.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

/* The kernel's list of features; Linux 6.18 has 64 of them, in two blocks. */
#define BLOCKS_MAXIMUM 8u
#define NAMES_MAXIMUM  (32u * BLOCKS_MAXIMUM)

/* The features of lo. Their numbers differ from kernel to kernel. */
struct features {
	char names[NAMES_MAXIMUM][ETH_GSTRING_LEN];
	size_t count, blocks;
	uint32_t active[BLOCKS_MAXIMUM];  /* those that were on when the kernel was asked */
	uint32_t changes[BLOCKS_MAXIMUM]; /* those that can be switched */
};

/* Does one of the ioctls of SIOCETHTOOL. Returns its result, or -1 with errno. */
static int ethtool(void *command)
{
	struct ifreq request = {.ifr_name = "lo", .ifr_data = command};
	int handle = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	if (handle < 0)
		return -1;
	int result = ioctl(handle, SIOCETHTOOL, &request);
	int cause = errno;
	close(handle);
	errno = cause;
	return result;
}

static bool count_features(struct features *features, struct error *error)
{
	_Alignas(struct ethtool_sset_info) unsigned char
		memory[sizeof(struct ethtool_sset_info) + sizeof(uint32_t)];
	struct ethtool_sset_info *sets = (struct ethtool_sset_info *)memory;
	uint32_t count;

	memset(memory, 0, sizeof memory);
	sets->cmd = ETHTOOL_GSSET_INFO;
	sets->sset_mask = 1u << ETH_SS_FEATURES;
	if (ethtool(sets) < 0)
		return error_errno(error, "ask for the number of lo's features");
	memcpy(&count, memory + sizeof *sets, sizeof count);
	if (count > NAMES_MAXIMUM)
		return error_set(error, "lo has %u features, more than %u", count, NAMES_MAXIMUM);
	features->count = count;
	features->blocks = (count + 31) / 32;
	return true;
}

static bool name_features(struct features *features, struct error *error)
{
	_Alignas(struct ethtool_gstrings) unsigned char
		memory[sizeof(struct ethtool_gstrings) + sizeof features->names];
	struct ethtool_gstrings *strings = (struct ethtool_gstrings *)memory;

	memset(memory, 0, sizeof memory);
	strings->cmd = ETHTOOL_GSTRINGS;
	strings->string_set = ETH_SS_FEATURES;
	strings->len = (uint32_t)features->count;
	if (ethtool(strings) < 0)
		return error_errno(error, "ask for the names of lo's features");
	memcpy(features->names, memory + sizeof *strings, features->count * ETH_GSTRING_LEN);
	for (size_t i = 0; i < features->count; i++)
		features->names[i][ETH_GSTRING_LEN - 1] = '\0';
	return true;
}

static bool read_features(struct features *features, struct error *error)
{
	_Alignas(struct ethtool_gfeatures) unsigned char
		memory[sizeof(struct ethtool_gfeatures) +
			BLOCKS_MAXIMUM * sizeof(struct ethtool_get_features_block)];
	struct ethtool_gfeatures *found = (struct ethtool_gfeatures *)memory;

	memset(memory, 0, sizeof memory);
	found->cmd = ETHTOOL_GFEATURES;
	found->size = (uint32_t)features->blocks;
	if (ethtool(found) < 0)
		return error_errno(error, "ask for lo's features");
	for (size_t i = 0; i < features->blocks; i++) {
		features->active[i] = found->features[i].active;
		features->changes[i] = found->features[i].available;
	}
	return true;
}

static bool find_features(struct features *features, struct error *error)
{
	return count_features(features, error) && name_features(features, error) &&
	       read_features(features, error);
}

static bool has(const uint32_t blocks[BLOCKS_MAXIMUM], size_t feature)
{
	return (blocks[feature / 32] >> (feature % 32) & 1) != 0;
}

/* Those of TCP, UDP, SCTP and tunnels: "tx-tcp6-segmentation", or "rx-gro-list" for receiving. */
static bool is_offload(const char *name)
{
	static const char *const beginnings[] = {"tx-gso-", "rx-gro", "rx-udp-gro-", "rx-lro"};

	for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++)
		if (strncmp(name, beginnings[i], strlen(beginnings[i])) == 0)
			return true;
	return strstr(name, "-segmentation") != NULL;
}

/* The error names the first offload that is on. */
static bool all_are_off(struct features *features, struct error *error)
{
	if (!read_features(features, error))
		return false;
	for (size_t i = 0; i < features->count; i++)
		if (is_offload(features->names[i]) && has(features->active, i))
			return error_set(
				error, "lo's %s cannot be switched off", features->names[i]);
	return true;
}

/* One request for all offloads. When one of them cannot be switched off, the kernel says so. */
struct request {
	_Alignas(struct ethtool_sfeatures) unsigned char memory
		[sizeof(struct ethtool_sfeatures) +
			BLOCKS_MAXIMUM * sizeof(struct ethtool_set_features_block)];
};

static void request_make(struct request *request, const struct features *features)
{
	struct ethtool_sfeatures *off = (struct ethtool_sfeatures *)request->memory;

	memset(request, 0, sizeof *request);
	off->cmd = ETHTOOL_SFEATURES;
	off->size = (uint32_t)features->blocks;
	for (size_t i = 0; i < features->count; i++)
		if (is_offload(features->names[i]) &&
			(has(features->changes, i) || has(features->active, i)))
			off->features[i / 32].valid |= 1u << (i % 32);
}

bool offload_switch_off(struct error *error)
{
	static struct features features;
	static struct request request;

	if (features.count == 0) {
		if (!find_features(&features, error))
			return false;
		request_make(&request, &features);
	}
	int result = ethtool(request.memory);
	if (result < 0)
		return error_errno(error, "switch the offloads of lo off");
	/* Otherwise an offload may have stayed on (ETHTOOL_F_UNSUPPORTED, ETHTOOL_F_WISH). */
	return result == 0 || all_are_off(&features, error);
}

/* TCP has several kinds, for what a segment may have: "tx-tcp-ecn-segmentation" is one. */
static bool is_of_transport(const char *name)
{
	return strcmp(name, "tx-udp-segmentation") == 0 ||
	       (strncmp(name, "tx-tcp", 6) == 0 && is_offload(name));
}

bool offload_joins(bool *joins, struct error *error)
{
	static struct features features;

	*joins = false;
	if (!find_features(&features, error))
		return false;
	for (size_t i = 0; i < features.count; i++)
		*joins = *joins || (is_of_transport(features.names[i]) && has(features.active, i));
	return true;
}
