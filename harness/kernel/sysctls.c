/* The settings of the network stack (ip-sysctl) in a sandbox; they do not depend on the host's. */
#include "kernel/sysctls.h"

#include "base/edit_distance.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* A setting below /proc/sys/net, and its value, with a space between numbers. */
struct setting {
	const char *name, *value;
};

/*
 * The kernel's defaults, in the order of ip-sysctl.rst. Where a default depends on the memory, this
 * is the one for 4 GiB. A new namespace takes some settings from the host's, and computes others
 * from the small tables of sandboxes. One setting is not the default: every port may be bound.
 */
static const struct setting settings[] = {
	{"ipv4/ip_forward", "0"},
	{"ipv4/ip_default_ttl", "64"},
	{"ipv4/ip_no_pmtu_disc", "0"},
	{"ipv4/ip_unprivileged_port_start", "0"},
	{"ipv4/ip_local_port_range", "32768 60999"},
	{"ipv4/ip_local_reserved_ports", ""},
	{"ipv4/ip_nonlocal_bind", "0"},
	{"ipv4/ip_autobind_reuse", "0"},
	{"ipv4/ping_group_range", "1 0"},
	{"ipv4/tcp_abort_on_overflow", "0"},
	{"ipv4/tcp_autocorking", "1"},
	{"ipv4/tcp_base_mss", "1024"},
	{"ipv4/tcp_congestion_control", "cubic"},
	{"ipv4/tcp_dsack", "1"},
	{"ipv4/tcp_early_retrans", "3"},
	{"ipv4/tcp_ecn", "2"},
	{"ipv4/tcp_fastopen", "1"},
	{"ipv4/tcp_fin_timeout", "60"},
	{"ipv4/tcp_frto", "2"},
	{"ipv4/tcp_keepalive_intvl", "75"},
	{"ipv4/tcp_keepalive_probes", "9"},
	{"ipv4/tcp_keepalive_time", "7200"},
	{"ipv4/tcp_max_syn_backlog", "256"},
	{"ipv4/tcp_max_tw_buckets", "16384"},
	{"ipv4/tcp_migrate_req", "0"},
	{"ipv4/tcp_min_snd_mss", "48"},
	{"ipv4/tcp_moderate_rcvbuf", "1"},
	{"ipv4/tcp_mtu_probing", "0"},
	{"ipv4/tcp_no_metrics_save", "0"},
	{"ipv4/tcp_notsent_lowat", "4294967295"},
	{"ipv4/tcp_orphan_retries", "0"},
	{"ipv4/tcp_recovery", "1"},
	{"ipv4/tcp_reordering", "3"},
	{"ipv4/tcp_retries1", "3"},
	{"ipv4/tcp_retries2", "15"},
	{"ipv4/tcp_rfc1337", "0"},
	{"ipv4/tcp_rmem", "4096 131072 6291456"},
	{"ipv4/tcp_sack", "1"},
	{"ipv4/tcp_slow_start_after_idle", "1"},
	{"ipv4/tcp_stdurg", "0"},
	{"ipv4/tcp_syn_retries", "6"},
	{"ipv4/tcp_synack_retries", "5"},
	{"ipv4/tcp_syncookies", "1"},
	{"ipv4/tcp_timestamps", "1"},
	{"ipv4/tcp_tw_reuse", "2"},
	{"ipv4/tcp_window_scaling", "1"},
	{"ipv4/tcp_wmem", "4096 16384 4194304"},
	{"ipv4/udp_rmem_min", "4096"},
	{"ipv4/udp_wmem_min", "4096"},
	{"ipv4/icmp_echo_ignore_all", "0"},
	{"ipv4/icmp_echo_ignore_broadcasts", "1"},
	{"ipv4/icmp_errors_use_inbound_ifaddr", "0"},
	{"ipv4/icmp_ratelimit", "1000"},
	{"ipv4/icmp_ratemask", "6168"},
	{"ipv4/igmp_max_memberships", "20"},
	{"ipv4/igmp_max_msf", "10"},
	{"ipv4/conf/all/accept_local", "0"},
	{"ipv4/conf/all/rp_filter", "0"},
	{"ipv4/conf/all/route_localnet", "0"},
	{"ipv4/conf/all/force_igmp_version", "0"},
	{"ipv4/conf/all/drop_unicast_in_l2_multicast", "0"},
	{"ipv4/conf/lo/accept_local", "0"},
	{"ipv4/conf/lo/rp_filter", "0"},
	{"ipv4/conf/lo/route_localnet", "0"},
	{"ipv4/conf/lo/force_igmp_version", "0"},
	{"ipv4/conf/lo/drop_unicast_in_l2_multicast", "0"},
	{"ipv4/conf/default/rp_filter", "0"},
	{"ipv4/conf/default/accept_local", "0"},
	{"ipv6/bindv6only", "0"},
	{"ipv6/ip_nonlocal_bind", "0"},
	{"ipv6/auto_flowlabels", "1"},
	{"ipv6/icmp/ratelimit", "1000"},
	{"ipv6/icmp/echo_ignore_all", "0"},
	{"ipv6/icmp/echo_ignore_multicast", "0"},
	{"ipv6/conf/all/disable_ipv6", "0"},
	{"ipv6/conf/default/disable_ipv6", "0"},
	{"ipv6/conf/lo/disable_ipv6", "0"},
	{"ipv6/conf/all/forwarding", "0"},
	{"ipv6/conf/lo/hop_limit", "64"},
	{"ipv6/conf/lo/force_mld_version", "0"},
	{"ipv6/conf/lo/drop_unicast_in_l2_multicast", "0"},
	{"core/somaxconn", "4096"},
	{"unix/max_dgram_qlen", "10"},
};

#define COUNT (sizeof settings / sizeof *settings)

/* The settings that must be set: their indices in `settings`. */
static unsigned char differing[COUNT];
static size_t differing_count;

/*
 * The folder of the settings, in the /proc from before any sandbox. It shows the settings of the
 * process that reads it. It is used because Linux 5.10 gives the files of a new /proc no owner
 * where user 0 is not mapped: then nobody can write them. -1: there is no folder, and nothing can
 * be set.
 */
static int folder = -1;

/* Opens a setting by its path below /proc/sys/net. On failure -1, with errno. */
static int setting_open(const char *name, int flags)
{
	char path[PATH_MAX];

	if (snprintf(path, sizeof path, "net/%s", name) >= (int)sizeof path) {
		errno = ENAMETOOLONG;
		return -1;
	}
	return openat(folder, path, flags | O_CLOEXEC);
}

/* The kernel's text has tabs between numbers and a newline at the end. */
static bool is_as_documented(const struct setting *setting, const char *found)
{
	const char *expected = setting->value;

	for (; *expected != '\0'; expected++, found++)
		if (*expected != *found && !(*expected == ' ' && *found == '\t'))
			return false;
	return *found == '\n' || *found == '\0';
}

/*
 * The kernel refuses an empty text. From "3 of them" it takes the number 3, and returns how many
 * bytes that was.
 */
static int write_value(int file, const char *value)
{
	const char *text = *value != '\0' ? value : "\n";
	ssize_t length = (ssize_t)strlen(text), written = write(file, text, (size_t)length);

	if (written < 0)
		return errno;
	return written == length ? 0 : EINVAL;
}

int sysctl_write(const char *name, const char *value)
{
	int file = setting_open(name, O_WRONLY);

	if (file < 0)
		return errno;
	int cause = write_value(file, value);
	close(file);
	return cause;
}

/* A setting that this kernel lacks, or does not allow to be set, stays as it is. */
static bool is_to_be_set(const struct setting *setting)
{
	char found[128] = "";
	int file = setting_open(setting->name, O_RDWR);
	ssize_t length = file < 0 ? -1 : read(file, found, sizeof found - 1);
	bool differs = length >= 0 && !is_as_documented(setting, found) &&
		       lseek(file, 0, SEEK_SET) == 0 && write_value(file, setting->value) == 0;
	if (file >= 0)
		close(file);
	return differs;
}

/* In the new namespace: writes the indices of the settings that differ to a pipe. */
_Noreturn static void write_differing(int to)
{
	for (size_t i = 0; i < COUNT; i++) {
		unsigned char place = (unsigned char)i;
		if (is_to_be_set(&settings[i]) && write(to, &place, 1) != 1)
			_exit(1);
	}
	_exit(0);
}

bool sysctls_find(struct error *error)
{
	struct clone_args arguments = {.flags = CLONE_NEWNET, .exit_signal = SIGCHLD};
	int ends[2], status = -1;

	folder = open("/proc/sys", O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (pipe2(ends, O_CLOEXEC) != 0)
		return error_errno(error, "pipe");
	pid_t child = (pid_t)syscall(SYS_clone3, &arguments, sizeof arguments);
	if (child == 0)
		write_differing(ends[1]);
	close(ends[1]);
	ssize_t count = child < 0 ? -1 : read(ends[0], differing, sizeof differing);
	differing_count = 0;
	while (count > 0) {
		differing_count += (size_t)count;
		count = read(
			ends[0], differing + differing_count, sizeof differing - differing_count);
	}
	close(ends[0]);
	if (child < 0 || waitpid(child, &status, 0) != child)
		return error_errno(error, "clone3 into a new network namespace");
	return status == 0 || error_set(error, "the network's settings could not be read");
}

bool sysctls_set(struct error *error)
{
	for (size_t i = 0; i < differing_count; i++) {
		const struct setting *setting = &settings[differing[i]];
		int cause = sysctl_write(setting->name, setting->value);
		if (cause != 0)
			return error_set(error, "write %s to /proc/sys/net/%s: %s", setting->value,
				setting->name, strerror(cause));
	}
	return true;
}

/* The entry of a folder that is most like a name, or "". Closes the descriptor. */
static void find_nearest(int descriptor, const char *name, char nearest[NAME_MAX + 1])
{
	DIR *entries = fdopendir(descriptor);
	const struct dirent *entry;
	size_t least = SIZE_MAX;

	while (entries != NULL && (entry = readdir(entries)) != NULL) {
		size_t distance = edit_distance(name, entry->d_name);
		if (entry->d_name[0] == '.' || distance >= least)
			continue;
		least = distance;
		snprintf(nearest, NAME_MAX + 1, "%s", entry->d_name);
	}
	if (entries != NULL)
		closedir(entries);
	else if (descriptor >= 0)
		close(descriptor);
}

bool sysctl_exists(const char *name, char nearest[NAME_MAX + 1])
{
	const char *slash = strrchr(name, '/');
	int file = setting_open(name, O_PATH);
	char parent[PATH_MAX] = ".";

	nearest[0] = '\0';
	if (file >= 0) {
		close(file);
		return true;
	}
	if (slash != NULL)
		snprintf(parent, sizeof parent, "%.*s", (int)(slash - name), name);
	find_nearest(setting_open(parent, O_RDONLY | O_DIRECTORY), slash != NULL ? slash + 1 : name,
		nearest);
	return false;
}
