/* What the kernel says when a wait was in vain: which sockets there are, and what programs do. */
#include "worker/diagnosis.h"

#include "kernel/processes.h"
#include "kernel/system_call.h"
#include "worker/context.h"
#include "worker/socket_list.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* How much is shown of one program, and how long a section may be. */
#define PROCESSES_SHOWN 8
#define THREADS_SHOWN   4
#define SOCKETS_SHOWN   20
#define TEXT_MAXIMUM    8192

static struct {
	const struct place *place; /* the verb that waited */
	bool made;
	struct buffer processes, sockets;
} diagnosis;

/* The sockets and processes at the time of the diagnosis. */
struct scene {
	struct sockets sockets[PROTOCOL_COUNT]; /* by enum protocol */
	struct processes processes;
};

static const struct socket_fact *socket_with(const struct scene *scene, uint32_t inode)
{
	for (enum protocol protocol = TCP; protocol < PROTOCOL_COUNT; protocol++)
		for (size_t i = 0; i < scene->sockets[protocol].count; i++)
			if (scene->sockets[protocol].list[i].inode == inode)
				return &scene->sockets[protocol].list[i];
	return NULL;
}

/* Appends what an open file is: a pipe for "pipe:[123]", a terminal for "/dev/pts/0". */
static void describe_file(struct buffer *out, const char *target)
{
	if (strncmp(target, "pipe:", 5) == 0)
		buffer_printf(out, "pipe");
	else if (strncmp(target, "socket:", 7) == 0)
		buffer_printf(out, "socket");
	else if (strncmp(target, "/dev/pts/", 9) == 0)
		buffer_printf(out, "terminal");
	else if (strncmp(target, "anon_inode:", 11) == 0)
		buffer_printf(out, "%s", target + 11);
	else
		buffer_printf(out, "%s", target);
}

/* Appends "3: TCP 127.0.0.1:8898 in LISTEN". */
static void describe_descriptor(
	struct buffer *out, const struct scene *scene, pid_t entry, int descriptor)
{
	char path[64], target[128];
	uint32_t inode = 0;

	snprintf(path, sizeof path, "/proc/%d/fd/%d", entry, descriptor);
	ssize_t length = readlink(path, target, sizeof target - 1);
	target[length > 0 ? length : 0] = '\0';
	for (char *at = target; *at != '\0'; at++)
		if (!isprint((unsigned char)*at))
			*at = '?';
	buffer_printf(out, "%d", descriptor);
	if (*target == '\0')
		return;
	buffer_printf(out, ": ");
	const struct socket_fact *fact = sscanf(target, "socket:[%" SCNu32 "]", &inode) == 1
						 ? socket_with(scene, inode)
						 : NULL;
	if (fact != NULL)
		socket_describe(out, fact);
	else
		describe_file(out, target);
}

/* Appends "sleeps in accept4(3: TCP 127.0.0.1:8898 in LISTEN)". */
static void describe_call(
	struct buffer *out, const struct scene *scene, const struct process *process, pid_t thread)
{
	struct system_call call;

	system_call_read(&call, process->entry, process->pid, thread);
	if (call.name[0] == '\0') {
		buffer_printf(out, "sleeps");
		return;
	}
	buffer_printf(out, "sleeps in %s", call.name);
	if (call.count > 0)
		buffer_printf(out, "(");
	for (size_t i = 0; i < call.count && i < SYSTEM_CALL_DESCRIPTORS; i++) {
		buffer_printf(out, "%s", i > 0 ? ", " : "");
		describe_descriptor(out, scene, process->entry, call.descriptors[i]);
	}
	if (call.count > SYSTEM_CALL_DESCRIPTORS)
		buffer_printf(out, " and %zu more", call.count - SYSTEM_CALL_DESCRIPTORS);
	if (call.count > 0)
		buffer_printf(out, ")");
}

static void describe_thread(
	struct buffer *out, const struct scene *scene, const struct process *process, pid_t thread)
{
	char state = process_thread_state(process, thread);

	if (state == 'S' || state == 'D')
		describe_call(out, scene, process, thread);
	else
		buffer_printf(out, "is %s", process_state_name(state));
}

/* Appends one line, which says what each thread does. */
static void describe_process(struct buffer *out, const struct scene *scene,
	const struct program *program, const struct process *process)
{
	pid_t threads[THREADS_SHOWN];
	size_t count = process_threads(process, threads, THREADS_SHOWN);

	buffer_printf(out, "  %s: process %d ", program->name, process->pid);
	if (strcmp(program->name, process->name) != 0)
		buffer_printf(out, "(%s) ", process->name);
	for (size_t i = 0; i < count && i < THREADS_SHOWN; i++) {
		buffer_printf(out, "%s", i > 0 ? "; another thread " : "");
		describe_thread(out, scene, process, threads[i]);
	}
	if (count == 0)
		buffer_printf(out, "has ended");
	if (count > THREADS_SHOWN)
		buffer_printf(out, "; and %zu more threads", count - THREADS_SHOWN);
	buffer_printf(out, "\n");
}

static void describe_program(
	struct buffer *out, const struct scene *scene, const struct program *program)
{
	size_t count = 0;

	for (size_t i = 0; i < scene->processes.count; i++)
		if (scene->processes.list[i].mark == program->mark && count++ < PROCESSES_SHOWN)
			describe_process(out, scene, program, &scene->processes.list[i]);
	if (count > PROCESSES_SHOWN)
		buffer_printf(out, "  %s: and %zu more processes\n", program->name,
			count - PROCESSES_SHOWN);
}

static void describe_sockets(struct buffer *out, const struct scene *scene)
{
	const struct socket_listing rows = {
		.maximum = SOCKETS_SHOWN, .before = "  ", .between = "", .after = "\n"};
	size_t count = 0;

	for (enum protocol protocol = TCP; protocol < PROTOCOL_COUNT; protocol++)
		count += socket_list(out, &scene->sockets[protocol], &scene->processes, &rows);
	if (count == 0)
		buffer_printf(out, "  no TCP or UDP socket\n");
}

/* What cannot be read is left out. The failure stands without it. */
static void scene_read(struct scene *scene)
{
	struct error error;

	*scene = (struct scene){0};
	for (enum protocol protocol = TCP; protocol < PROTOCOL_COUNT; protocol++)
		if (!sockets_open(&scene->sockets[protocol], &error) ||
			!sockets_read(&scene->sockets[protocol], protocol, &error))
			scene->sockets[protocol].count = 0;
	if (!processes_read(&scene->processes, 0, &error))
		scene->processes.count = 0;
}

static void scene_free(struct scene *scene)
{
	for (enum protocol protocol = TCP; protocol < PROTOCOL_COUNT; protocol++)
		sockets_close(&scene->sockets[protocol]);
	processes_free(&scene->processes);
}

void diagnose(void)
{
	struct scene scene;

	if (diagnosis.made)
		return;
	diagnosis.made = true;
	diagnosis.place = context.place;
	scene_read(&scene);
	buffer_init(&diagnosis.processes, TEXT_MAXIMUM);
	for (size_t i = 0; i < context.program_count; i++)
		describe_program(&diagnosis.processes, &scene, context.programs[i]);
	buffer_init(&diagnosis.sockets, TEXT_MAXIMUM);
	describe_sockets(&diagnosis.sockets, &scene);
	scene_free(&scene);
}

static void report_section(struct buffer *out, const char *heading, const struct buffer *lines)
{
	const struct place *place = diagnosis.place;

	if (lines->length == 0)
		return;
	buffer_printf(out, "%s", heading);
	if (place != NULL)
		buffer_printf(out, " when %s:%d had waited in vain", place->file, place->line);
	buffer_printf(out, "\n%s", buffer_text(lines));
}

void diagnosis_report(struct buffer *out)
{
	if (!diagnosis.made)
		return;
	report_section(out, "processes", &diagnosis.processes);
	report_section(out, "sockets", &diagnosis.sockets);
}
