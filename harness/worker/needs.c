/* What a case needs of the machine that it runs on. */
#include "worker/needs.h"

#include "worker/context.h"

#include <errno.h>
#include <linux/can.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/utsname.h>
#include <unistd.h>

static void must_have_ipv6(void)
{
	struct sockaddr_in6 address = {.sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT};
	int descriptor = socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	bool there = descriptor >= 0 &&
		     bind(descriptor, (struct sockaddr *)&address, sizeof address) == 0;
	if (descriptor >= 0)
		close(descriptor);
	if (!there)
		case_over(SKIP, "this machine has no IPv6 on its loopback");
}

/* Ends the case unless the kernel makes such a socket. */
static void must_have_socket(int family, int type, int protocol, const char *name)
{
	int descriptor = socket(family, type | SOCK_CLOEXEC, protocol);

	if (descriptor < 0)
		case_over(SKIP, "this kernel has no %s: %s", name, strerror(errno));
	close(descriptor);
}

/* A family of sockets, and a type and a protocol that it has wherever the kernel has it. */
static const struct family {
	int family, type, protocol;
	const char *name;
} families[] = {
	{AF_UNIX, SOCK_STREAM, 0, "AF_UNIX"},
	{AF_INET, SOCK_DGRAM, 0, "AF_INET"},
	{AF_INET6, SOCK_DGRAM, 0, "AF_INET6"},
	{AF_CAN, SOCK_RAW, CAN_RAW, "AF_CAN"},
	{AF_RDS, SOCK_SEQPACKET, 0, "AF_RDS"},
	{AF_VSOCK, SOCK_STREAM, 0, "AF_VSOCK"},
	{AF_TIPC, SOCK_STREAM, 0, "AF_TIPC"},
	{AF_SMC, SOCK_STREAM, 0, "AF_SMC"},
};

static void must_have_family(int family)
{
	for (size_t i = 0; i < sizeof families / sizeof *families; i++)
		if (families[i].family == family) {
			must_have_socket(
				family, families[i].type, families[i].protocol, families[i].name);
			return;
		}
	case_over(BROKEN, ".needs_family: the harness does not know the family %d", family);
}

static void must_have_protocol(enum protocol protocol)
{
	must_have_socket(AF_INET, protocol == TCP ? SOCK_STREAM : SOCK_DGRAM,
		protocol_number(protocol), protocol_name(protocol));
}

static void must_have_tool(const char *name)
{
	struct tool tool;

	if (!tool_find(&tool, name, context.settings->started_in))
		tool_is_missing(&tool);
}

void tool_is_missing(const struct tool *tool)
{
	if (tool->unusable[0] != '\0')
		case_over(BROKEN, "%s is not executable", tool->unusable);
	case_over(SKIP, "%s is not %s", tool->name,
		strchr(tool->name, '/') != NULL ? "there" : "installed");
}

/* Reads "5.10", and nothing else: two numbers of at most four digits. */
static bool read_version(const char *text, unsigned version[2])
{
	static const char digits[] = "0123456789";
	size_t major = strspn(text, digits), minor = 0;

	if (text[major] == '.')
		minor = strspn(text + major + 1, digits);
	if (major == 0 || major > 4 || minor == 0 || minor > 4 || text[major + 1 + minor] != '\0')
		return false;
	return sscanf(text, "%u.%u", &version[0], &version[1]) == 2;
}

static void must_have_linux(const char *least)
{
	unsigned wanted[2], found[2] = {0, 0};
	struct utsname name;

	if (!read_version(least, wanted))
		case_over(BROKEN, ".least_linux: \"%s\" is not a version such as 5.10", least);
	if (uname(&name) != 0)
		case_over(BROKEN, "uname: %s", strerror(errno));
	if (sscanf(name.release, "%u.%u", &found[0], &found[1]) < 1)
		case_over(BROKEN, "the kernel's release %s does not begin with a version",
			name.release);
	if (found[0] < wanted[0] || (found[0] == wanted[0] && found[1] < wanted[1]))
		case_over(SKIP, "needs Linux %s, and this is %s", least, name.release);
}

void must_have_needs(const struct case_info *info)
{
	if (info->least_linux != NULL)
		must_have_linux(info->least_linux);
	if (info->needs_unprivileged && !context.settings->isolated && geteuid() == 0)
		case_over(SKIP, "needs a sandbox: root's programs have all capabilities");
	if (info->needs_ipv6)
		must_have_ipv6();
	if (info->needs_family != 0)
		must_have_family(info->needs_family);
	if (info->needs_protocol != TCP)
		must_have_protocol(info->needs_protocol);
	if (info->needs_tool != NULL)
		must_have_tool(info->needs_tool);
}
