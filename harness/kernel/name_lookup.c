/* How programs in a sandbox look up names of hosts: the files of /etc, and the host's own name. */
#include "kernel/name_lookup.h"

#include "kernel/folders.h"
#include "kernel/network.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

/* A file of /etc. A sandbox has a needed one even if the host lacks it. */
struct replacement {
	const char *name, *text;
	bool needed;
};

/*
 * A program may ask a name server in spite of nsswitch.conf. The server's address has no route, so
 * the program is refused at once. With a time-out of 0, musl does not wait either. With an empty
 * file the program would ask 127.0.0.1. When a name has addresses of IPv4 and IPv6, that of IPv4
 * comes first (gai.conf): a program that takes one address takes 127.0.0.1 for localhost.
 */
static const struct replacement replacements[] = {
	{"resolv.conf", "nameserver 192.0.2.53\noptions timeout:0 attempts:1\n", true},
	{"hosts",
		"127.0.0.1 localhost\n"
		"::1 localhost ip6-localhost ip6-loopback\n"
		"ff02::1 ip6-allnodes\n"
		"ff02::2 ip6-allrouters\n" OWN_IPV4 " " HOST_FULL_NAME " " HOST_NAME "\n" OWN_IPV6
		" " HOST_FULL_NAME " " HOST_NAME "\n",
		true},
	{"nsswitch.conf", NULL, true}, /* written by write_switch */
	{"host.conf", "multi on\n", false},
	{"gai.conf",
		"precedence ::1/128 50\nprecedence ::/0 40\nprecedence 2002::/16 30\n"
		"precedence ::/96 20\nprecedence ::ffff:0:0/96 100\n",
		true},
	{"hostname", HOST_NAME "\n", false},
};

#define COUNT (sizeof replacements / sizeof *replacements)

/*
 * The tables that this nsswitch.conf directs to files. The others, such as users, are the host's.
 */
static const char *const switched[] = {
	"hosts", "networks", "protocols", "services", "ethers", "rpc", "netgroup"};

static bool is_switched(const char *line)
{
	line += strspn(line, " \t");
	for (size_t i = 0; i < sizeof switched / sizeof *switched; i++) {
		size_t length = strlen(switched[i]);
		if (strncmp(line, switched[i], length) == 0 && strchr(": \t", line[length]) != NULL)
			return true;
	}
	return false;
}

static void write_switch(FILE *out)
{
	char line[1024];
	FILE *host = fopen("/etc/nsswitch.conf", "re");

	for (size_t i = 0; i < sizeof switched / sizeof *switched; i++)
		fprintf(out, "%s: files\n", switched[i]);
	while (host != NULL && fgets(line, sizeof line, host) != NULL)
		if (!is_switched(line))
			fputs(line, out);
	if (host != NULL)
		fclose(host);
}

static bool write_replacement(
	const struct replacement *replacement, const char *path, struct error *error)
{
	FILE *file = fopen(path, "we");

	if (file == NULL)
		return error_errno(error, "open %s", path);
	if (replacement->text != NULL)
		fputs(replacement->text, file);
	else
		write_switch(file);
	bool failed = ferror(file) != 0 || fchmod(fileno(file), 0444) != 0;
	return (fclose(file) == 0 && !failed) || error_errno(error, "write %s", path);
}

/* Nobody may write these files: all sandboxes share them. */
static bool bind_read_only(const char *from, const char *to, struct error *error)
{
	if (mount(from, to, NULL, MS_BIND, NULL) != 0 ||
		mount(NULL, to, NULL, MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | MS_NODEV,
			NULL) != 0)
		return error_errno(error, "mount %s on %s", from, to);
	return true;
}

/*
 * A file can only be mounted on a file that exists. When a needed file is missing, an overlay with
 * all of the files is mounted over /etc (overlayfs; for an ordinary user since Linux 5.11). When
 * that is not possible, the file stays missing.
 */
static bool lay_over(const char *folder)
{
	char options[PATH_MAX + 32];

	snprintf(options, sizeof options, "lowerdir=%s:/etc", folder);
	return mount("overlay", "/etc", "overlay", MS_NOSUID | MS_NODEV | MS_RDONLY, options) == 0;
}

static bool put_in_place(const char *folder, struct error *error)
{
	char from[PATH_MAX], to[64];
	bool lacks = false;

	for (size_t i = 0; i < COUNT; i++) {
		snprintf(to, sizeof to, "/etc/%s", replacements[i].name);
		lacks = lacks || (replacements[i].needed && access(to, F_OK) != 0);
	}
	if (lacks && lay_over(folder))
		return true;
	for (size_t i = 0; i < COUNT; i++) {
		snprintf(from, sizeof from, "%s/%s", folder, replacements[i].name);
		snprintf(to, sizeof to, "/etc/%s", replacements[i].name);
		if (access(to, F_OK) == 0 && !bind_read_only(from, to, error))
			return false;
	}
	return true;
}

static bool write_all(const char *folder, struct error *error)
{
	char path[PATH_MAX];

	for (size_t i = 0; i < COUNT; i++) {
		snprintf(path, sizeof path, "%s/%s", folder, replacements[i].name);
		if (!write_replacement(&replacements[i], path, error))
			return false;
	}
	return true;
}

bool name_lookup_set_up(const char *folder, struct error *error)
{
	if (sethostname(HOST_NAME, strlen(HOST_NAME)) != 0 ||
		setdomainname("(none)", strlen("(none)")) != 0)
		return error_errno(error, "set the host's name");
	if (!folders_mount_empty(folder, error))
		return false;
	bool done = write_all(folder, error) && put_in_place(folder, error);
	if (umount(folder) != 0 && done)
		return error_errno(error, "umount %s", folder);
	return done;
}
