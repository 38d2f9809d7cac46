/* Runs one demo in a sandbox, misused or starved, and holds what must come of it. */
#include "demo.h"

#include "command.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#define LINE_MAX_X ((size_t)8 << 20)
#define OUTPUT_MAX ((size_t)32 << 20)

/* Files take any amount at once, so that nothing needs to be fed or drained meanwhile. */
static int memory_file(struct bytes content)
{
	int file = memfd_create("demo", MFD_CLOEXEC);

	INSIDE(file >= 0);
	if (content.length > 0)
		INSIDE(write(file, content.data, content.length) == (ssize_t)content.length);
	INSIDE(lseek(file, 0, SEEK_SET) == 0);
	return file;
}

static int unread_pipe(void)
{
	int ends[2] = {-1, -1};

	INSIDE(pipe2(ends, O_CLOEXEC) == 0);
	close(ends[0]);
	return ends[1];
}

static bool limit_resources(const struct use *use)
{
	struct rlimit limit = {use->limit, use->limit}, output = {OUTPUT_MAX, OUTPUT_MAX};

	return setrlimit(RLIMIT_FSIZE, &output) == 0 &&
	       (use->limit == 0 || setrlimit(use->resource, &limit) == 0);
}

static bool set_signals(bool off)
{
	sigset_t set;

	return sigemptyset(&set) == 0 && sigaddset(&set, SIGINT) == 0 &&
	       sigaddset(&set, SIGTERM) == 0 &&
	       sigprocmask(off ? SIG_BLOCK : SIG_UNBLOCK, &set, NULL) == 0 &&
	       signal(SIGINT, off ? SIG_IGN : SIG_DFL) != SIG_ERR &&
	       signal(SIGTERM, off ? SIG_IGN : SIG_DFL) != SIG_ERR &&
	       signal(SIGPIPE, SIG_DFL) != SIG_ERR && signal(SIGXFSZ, SIG_DFL) != SIG_ERR;
}

/* In the child: becomes the demo. */
_Noreturn static void become(const struct use *use, const int streams[3])
{
	const char *path = build_path("impl/%s", use->argv[0]);
	bool ready = set_signals(use->wrong == SIGNALS_OFF);

	for (int i = 0; i < 3; i++)
		ready = ready && dup2(streams[i], i) == i;
	if (use->wrong >= INPUT_CLOSED && use->wrong <= ERROR_CLOSED)
		ready = ready && close((int)use->wrong - INPUT_CLOSED) == 0;
	/* Whatever this test was started with would count against a limit of descriptors. */
	ready = ready && close_range(3, ~0u, CLOSE_RANGE_CLOEXEC) == 0;
	if (use->inherited != 0)
		ready = ready && fcntl(use->inherited, F_SETFD, 0) == 0;
	if (ready && limit_resources(use))
		execv(path, (char *const *)use->argv);
	_exit(127);
}

void demo_start(struct demo *demo, const struct use *use)
{
	demo->output = memory_file((struct bytes){NULL, 0});
	demo->error_output = memory_file((struct bytes){NULL, 0});
	int streams[] = {use->wrong == INPUT_FOLDER ? open(".", O_RDONLY | O_CLOEXEC)
						    : memory_file(use->input),
		use->wrong == OUTPUT_FULL     ? open("/dev/full", O_WRONLY | O_CLOEXEC)
		: use->wrong == OUTPUT_UNREAD ? unread_pipe()
					      : dup(demo->output),
		dup(demo->error_output)};

	demo->pid = fork();
	if (demo->pid == 0)
		become(use, streams);
	inside_check(demo->pid > 0, use->file, use->line, "fork: %s", strerror(errno));
	for (int i = 0; i < 3; i++)
		close(streams[i]);
	demo->watch = (int)syscall(SYS_pidfd_open, demo->pid, 0);
	INSIDE(demo->watch >= 0);
}

/* What was written to the file, and closes it. */
static void read_back(int file, struct buffer *into)
{
	char part[65536];
	ssize_t length;

	buffer_init(into, OUTPUT_MAX);
	INSIDE(lseek(file, 0, SEEK_SET) == 0);
	while ((length = read(file, part, sizeof part)) > 0)
		buffer_append(into, part, (size_t)length);
	INSIDE(length == 0);
	close(file);
}

static int wait_for_end(struct demo *demo, const struct use *use)
{
	int status = -1;
	struct pollfd end = {demo->watch, POLLIN, 0};

	if (!inside_check(poll(&end, 1, DEMO_DEADLINE_MS) == 1, use->file, use->line,
		    "%s %s: hangs", use->argv[0], use->argv[1] != NULL ? use->argv[1] : ""))
		kill(demo->pid, SIGKILL);
	INSIDE(waitpid(demo->pid, &status, 0) == demo->pid);
	close(demo->watch);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* Whether standard error fits the end; a closed one and a killed demo have nothing to say. */
static bool error_fits(const struct use *use, const struct buffer *err)
{
	if (use->error != NULL)
		return strstr(buffer_text(err), use->error) != NULL;
	bool failed = use->status > 0 && use->status < 128;
	return use->wrong == ERROR_CLOSED || failed == (err->length > 0);
}

void demo_finish(struct demo *demo, const struct use *use)
{
	struct buffer out, err;
	int status = wait_for_end(demo, use);
	char name[128] = "";

	for (size_t i = 0; i < 6 && use->argv[i] != NULL; i++)
		strncat(strncat(name, use->argv[i], 30), " ", 2);
	read_back(demo->output, &out);
	read_back(demo->error_output, &err);
	inside_check(status == use->status, use->file, use->line,
		"%s: exit status: expected %d, found %d; it said: %s", name, use->status, status,
		buffer_text(&err));
	inside_check(error_fits(use, &err), use->file, use->line,
		"%s: standard error: expected %s, found: %s", name,
		use->error != NULL ? use->error
		: use->status > 0  ? "something"
				   : "nothing",
		buffer_text(&err));
	inside_check(bytes_equal(buffer_bytes(&out), use->output), use->file, use->line,
		"%s: standard output: expected %zu bytes, %.500s; found %zu bytes, %.500s", name,
		use->output.length, use->output.length > 0 ? (const char *)use->output.data : "",
		out.length, buffer_text(&out));
	buffer_free(&out);
	buffer_free(&err);
}

void demo_run(const struct use *use)
{
	struct demo demo;

	demo_start(&demo, use);
	demo_finish(&demo, use);
}

bool demo_until_readable(const struct demo *demo, int socket)
{
	struct pollfd either[] = {{socket, POLLIN, 0}, {demo->watch, POLLIN, 0}};

	INSIDE(poll(either, 2, DEMO_DEADLINE_MS) > 0);
	return either[0].revents != 0;
}

int demo_connect(const struct demo *demo, int type, const struct sockaddr *address, socklen_t size)
{
	int handle = socket(address->sa_family, type | SOCK_CLOEXEC, 0);
	struct pollfd end = {demo->watch, POLLIN, 0};
	struct timeval limit = {DEMO_DEADLINE_MS / 1000, 0};

	INSIDE(setsockopt(handle, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit) == 0);
	INSIDE(setsockopt(handle, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit) == 0);
	for (int turn = 0; turn < DEMO_DEADLINE_MS; turn++) {
		if (connect(handle, address, size) == 0)
			return handle;
		if (poll(&end, 1, 1) != 0) /* a look at the socket each millisecond */
			break;
	}
	close(handle);
	return -1;
}

struct bytes demo_line(size_t length)
{
	static unsigned char line[LINE_MAX_X];

	INSIDE(length <= sizeof line);
	memset(line, 'x', length);
	return (struct bytes){line, length};
}
