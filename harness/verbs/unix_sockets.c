/* Verbs about Unix sockets, of programs and of the case. */
#include "verbs/unix_sockets.h"

#include "kernel/file_kind.h"
#include "verbs/call_result.h"
#include "verbs/net_table.h"
#include "verbs/texts.h"
#include "worker/context.h"
#include "worker/endpoint.h"
#include "worker/wait.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

/* The flag of a socket that listens, in /proc/net/unix (unix(7); include/uapi/linux/net.h). */
#define ACCEPTS_CONNECTIONS 0x10000

/* Whether a line is of a socket with this path that, if it is not for datagrams, listens. */
static bool is_bound_to(const char *line, const void *path)
{
	char bound[256];
	unsigned flags, type;

	return sscanf(line, "%*s %*s %*s %x %x %*s %*s %255[^\n]", &flags, &type, bound) == 3 &&
	       strcmp(bound, path) == 0 && (type == SOCK_DGRAM || (flags & ACCEPTS_CONNECTIONS));
}

/* A socket's path, or the program that was to bind it and ended with an error. */
struct awaited_path {
	const char *path;
	const struct program *given_up;
};

static bool is_bound_or_never_will(void *argument)
{
	struct awaited_path *awaited = argument;

	if (net_table_count("/proc/net/unix", is_bound_to, awaited->path) > 0)
		return true;
	const struct program *last = context_last_program();
	if (last != NULL && last->ended && last->status != 0)
		awaited->given_up = last;
	return awaited->given_up != NULL;
}

void case_until_bound(const struct place *place, const char *path)
{
	struct awaited_path awaited = {.path = path};
	struct wait wait = {.met = is_bound_or_never_will,
		.argument = &awaited,
		.descriptor = -1,
		.asks_kernel = true};
	struct buffer end;

	context_at(place);
	if (!wait_for(&wait))
		case_over(FAIL, "waited %g s for a socket bound to %s; found %s there",
			wait_seconds(), path, file_kind(path));
	if (awaited.given_up == NULL)
		return;
	buffer_init(&end, 256);
	program_describe_end(awaited.given_up, &end);
	case_over(FAIL, "expected a socket at %s; %s ended: %s", path, awaited.given_up->name,
		buffer_text(&end));
}

/* An abstract name begins with a NUL byte, and its length is the address's (unix(7)). */
static socklen_t address_of_path(struct sockaddr_un *address, const char *path)
{
	size_t length = strlen(path);

	if (length >= sizeof address->sun_path)
		case_over(BROKEN, "%s is too long for an address", path);
	*address = (struct sockaddr_un){.sun_family = AF_UNIX};
	memcpy(address->sun_path, path, length);
	if (path[0] != '@')
		return (socklen_t)sizeof *address;
	address->sun_path[0] = '\0';
	return (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length);
}

static struct endpoint *open_unix(int type)
{
	struct endpoint *endpoint = endpoint_new();

	endpoint->type = type;
	endpoint->descriptor = socket(AF_UNIX, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (endpoint->descriptor < 0)
		case_over(BROKEN, "socket: %s", call_result_text(errno));
	return endpoint;
}

static void bind_unix(struct endpoint *endpoint, const char *path)
{
	struct sockaddr_un address;
	socklen_t length = address_of_path(&address, path);

	if (bind(endpoint->descriptor, (struct sockaddr *)&address, length) != 0)
		must_succeed(format("bind to %s", path), errno);
}

struct endpoint *case_listen_at_path(const struct place *place, const char *path)
{
	context_at(place);
	struct endpoint *endpoint = open_unix(SOCK_STREAM);
	bind_unix(endpoint, path);
	must_succeed("listen", endpoint_listen(endpoint, SOMAXCONN));
	return endpoint;
}

struct endpoint *case_connect_to_path(
	const struct place *place, int type, const char *path, const char *own_path)
{
	struct sockaddr_un address;

	context_at(place);
	struct endpoint *endpoint = open_unix(type);
	if (own_path != NULL)
		bind_unix(endpoint, own_path);
	socklen_t length = address_of_path(&address, path);
	wait_anew();
	/* Whatever stands there, or does not, and may not be used is its owner's. */
	if (connect(endpoint->descriptor, (struct sockaddr *)&address, length) != 0)
		case_over(FAIL, "connect to %s: %s", path, call_result_text(errno));
	return endpoint;
}
