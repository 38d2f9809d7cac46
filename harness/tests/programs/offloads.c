/*
 * Prints which segmentation and receive offloads of lo are on, one a line, as ethtool(8) -k does.
 */
#include <linux/ethtool.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

static void ask(void *command)
{
	struct ifreq request = {.ifr_name = "lo", .ifr_data = command};
	int handle = socket(AF_INET, SOCK_DGRAM, 0);

	if (handle < 0 || ioctl(handle, SIOCETHTOOL, &request) < 0) {
		perror("SIOCETHTOOL");
		exit(2);
	}
}

static unsigned feature_count(void)
{
	struct ethtool_sset_info *sets = calloc(1, sizeof *sets + sizeof *sets->data);

	if (sets == NULL)
		exit(3);
	sets->cmd = ETHTOOL_GSSET_INFO;
	sets->sset_mask = 1u << ETH_SS_FEATURES;
	ask(sets);
	return sets->data[0];
}

int main(void)
{
	unsigned count = feature_count(), blocks = (count + 31) / 32;
	struct ethtool_gstrings *names = calloc(1, sizeof *names + (size_t)count * ETH_GSTRING_LEN);
	struct ethtool_gfeatures *features =
		calloc(1, sizeof *features + blocks * sizeof *features->features);

	if (names == NULL || features == NULL)
		return 3;
	names->cmd = ETHTOOL_GSTRINGS;
	names->string_set = ETH_SS_FEATURES;
	names->len = count;
	ask(names);
	features->cmd = ETHTOOL_GFEATURES;
	features->size = blocks;
	ask(features);
	for (unsigned i = 0; i < count; i++) {
		const char *name = (const char *)names->data + (size_t)i * ETH_GSTRING_LEN;
		bool on = (features->features[i / 32].active >> (i % 32) & 1) != 0;
		if (on && (strstr(name, "segmentation") != NULL || strstr(name, "gso") != NULL ||
				  strstr(name, "gro") != NULL || strstr(name, "lro") != NULL))
			puts(name);
	}
	return 0;
}
