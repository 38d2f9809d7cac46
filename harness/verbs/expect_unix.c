/* Verbs for the case's own AF_UNIX sockets: a path, or a name without a file that begins with @. */
#include "verbs/wirecheck.h"

#include "worker/wait.h"

#include <fcntl.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

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
		case_over(BROKEN, "socket: %s", outcome_text(errno));
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
		case_over(FAIL, "connect to %s: %s", path, outcome_text(errno));
	return endpoint;
}

void case_make_blocking(const struct place *place, struct endpoint *endpoint)
{
	context_at(place);
	int flags = fcntl(endpoint->descriptor, F_GETFL);
	if (flags < 0 || fcntl(endpoint->descriptor, F_SETFL, flags & ~O_NONBLOCK) != 0)
		case_over(BROKEN, "fcntl: %s", outcome_text(errno));
}
