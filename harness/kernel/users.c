/* Which users and groups there are in a sandbox. */
#include "kernel/users.h"

#include <fcntl.h>
#include <pwd.h>
#include <sched.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* The user and the group without rights: by convention 65534. */
#define NOBODY 65534u

/* A system has at least the users from 0 to 65535. */
#define USUAL_COUNT 65536u

/* How many ranges a map can have (user_namespaces(7)). */
#define RANGES_MAXIMUM 340

/* `count` users or groups: those from `inside` on are the ones from `outside` on. */
struct range {
	unsigned inside, outside, count;
};

struct map {
	struct range ranges[RANGES_MAXIMUM];
	size_t count;
};

/* Both maps of one namespace. */
struct maps {
	struct map users, groups;
};

static bool read_map(const char *path, struct map *map, struct error *error)
{
	FILE *file = fopen(path, "re");
	struct range *next = map->ranges;

	map->count = 0;
	if (file == NULL)
		return error_errno(error, "open %s", path);
	while (map->count < RANGES_MAXIMUM &&
		fscanf(file, "%u %u %u", &next->inside, &next->outside, &next->count) == 3) {
		map->count++;
		next++;
	}
	fclose(file);
	return map->count > 0 || error_set(error, "%s is empty", path);
}

static bool map_add(struct map *map, unsigned inside, unsigned outside, unsigned count)
{
	if (count == 0)
		return true;
	if (map->count == RANGES_MAXIMUM)
		return false;
	map->ranges[map->count++] = (struct range){inside, outside, count};
	return true;
}

/* Adds a range that is mapped to itself, except that the numbers `a` and `b` change places. */
static bool map_add_swapped(struct map *map, struct range range, unsigned a, unsigned b)
{
	uint64_t first = range.inside, end = first + range.count;

	while (first < end) {
		uint64_t next = end;
		bool is_a = first == a, is_b = first == b;

		if (is_a || is_b)
			next = first + 1;
		else if (a > first && a < next)
			next = a;
		if (!is_a && !is_b && b > first && b < next)
			next = b;
		unsigned inside = is_a ? b : is_b ? a : (unsigned)first;
		if (!map_add(map, inside, (unsigned)first, (unsigned)(next - first)))
			return false;
		first = next;
	}
	return true;
}

/* A map for a namespace made from this one, in which the numbers `a` and `b` change places. */
static bool swapped_map(
	const char *path, unsigned a, unsigned b, struct map *map, struct error *error)
{
	struct map here;

	map->count = 0;
	if (!read_map(path, &here, error))
		return false;
	for (size_t i = 0; i < here.count; i++)
		if (!map_add_swapped(map, here.ranges[i], a, b))
			return error_set(error, "%s has too many ranges", path);
	return true;
}

static bool write_text(
	const char *process, const char *name, const char *text, size_t length, struct error *error)
{
	char path[64];

	snprintf(path, sizeof path, "/proc/%s/%s", process, name);
	int file = open(path, O_WRONLY | O_CLOEXEC);
	if (file < 0)
		return error_errno(error, "open %s", path);
	bool whole = write(file, text, length) == (ssize_t)length;
	if (!whole)
		error_errno(error, "write %s", path);
	close(file);
	return whole;
}

/* The kernel takes the whole map in one write. */
static bool write_map(
	const char *process, const char *name, const struct map *map, struct error *error)
{
	char text[RANGES_MAXIMUM * 36];
	size_t length = 0;

	for (size_t i = 0; i < map->count; i++)
		length += (size_t)snprintf(text + length, sizeof text - length, "%u %u %u\n",
			map->ranges[i].inside, map->ranges[i].outside, map->ranges[i].count);
	return write_text(process, name, text, length, error);
}

static bool write_maps(const char *process, const struct maps *maps, struct error *error)
{
	return write_map(process, "uid_map", &maps->users, error) &&
	       write_map(process, "gid_map", &maps->groups, error);
}

/* The range that a file such as /etc/subuid gives to the caller. False when there is none. */
static bool find_subordinate(const char *path, unsigned *first, unsigned *count)
{
	char line[512], number[16], name[256];
	const struct passwd *user = getpwuid(getuid());
	FILE *file = fopen(path, "re");
	bool found = false;

	snprintf(number, sizeof number, "%u", getuid());
	while (file != NULL && !found && fgets(line, sizeof line, file) != NULL)
		found = sscanf(line, "%255[^:]:%u:%u", name, first, count) == 3 && *count > 0 &&
			(strcmp(name, number) == 0 ||
				(user != NULL && strcmp(name, user->pw_name) == 0));
	if (file != NULL)
		fclose(file);
	return found;
}

/* Maps the usual users to subordinate ones, and the caller to itself. */
static bool subordinate_map(const char *path, unsigned own, struct map *map)
{
	unsigned first, count;

	map->count = 0;
	if (!find_subordinate(path, &first, &count))
		return false;
	if (count > USUAL_COUNT)
		count = USUAL_COUNT;
	if (own >= count)
		return map_add(map, 0, first, count) && map_add(map, own, own, 1);
	return map_add(map, 0, first, own) && map_add(map, own, own, 1) &&
	       map_add(map, own + 1, first + own, count - own - 1);
}

/* Only root may map users other than the caller. The tool runs with root's rights. */
static bool run_tool(const char *tool, const char *process, const struct map *map)
{
	char texts[9][16];
	const char *arguments[12] = {tool, process};
	size_t count = 0;
	int status = -1;
	pid_t pid;
	posix_spawn_file_actions_t quiet;

	for (size_t i = 0; i < map->count && i < 3; i++) {
		unsigned numbers[3] = {
			map->ranges[i].inside, map->ranges[i].outside, map->ranges[i].count};
		for (size_t j = 0; j < 3; j++) {
			snprintf(texts[count], sizeof texts[count], "%u", numbers[j]);
			arguments[2 + count] = texts[count];
			count++;
		}
	}
	/* What a tool says when it refuses is left out. Then there are no other users; a case
	 * that needs them is told so. */
	if (posix_spawn_file_actions_init(&quiet) != 0)
		return false;
	bool ran = posix_spawn_file_actions_addopen(&quiet, 2, "/dev/null", O_WRONLY, 0) == 0 &&
		   posix_spawnp(&pid, tool, &quiet, NULL, (char *const *)arguments, environ) == 0 &&
		   waitpid(pid, &status, 0) == pid && status == 0;
	posix_spawn_file_actions_destroy(&quiet);
	return ran;
}

/* Waits until the parent says that it has left this namespace, then maps its users and groups. */
static void map_for_parent(const int ready[2], const struct maps *maps, bool is_root)
{
	struct error error;
	char byte, parent[16];

	close(ready[1]);
	snprintf(parent, sizeof parent, "%d", getppid());
	if (read(ready[0], &byte, 1) != 1)
		_exit(1);
	bool mapped = is_root ? write_maps(parent, maps, &error)
			      : run_tool("newgidmap", parent, &maps->groups) &&
					run_tool("newuidmap", parent, &maps->users);
	_exit(mapped ? 0 : 1);
}

/* Whether this namespace has one of its maps. */
static bool has_map(const char *path)
{
	struct map map;
	struct error error;

	return read_map(path, &map, &error);
}

/* Where there is no map yet, maps the caller's own user and group only: that needs no privilege. */
static bool map_self(uid_t user, gid_t group, struct error *error)
{
	unsigned user_inside = user == 0 ? NOBODY : user, group_inside = user == 0 ? NOBODY : group;
	struct map users = {.ranges = {{user_inside, user, 1}}, .count = 1};
	struct map groups = {.ranges = {{group_inside, group, 1}}, .count = 1};

	if (!has_map("/proc/self/gid_map") &&
		(!write_text("self", "setgroups", "deny", 4, error) ||
			!write_map("self", "gid_map", &groups, error)))
		return false;
	return has_map("/proc/self/uid_map") || write_map("self", "uid_map", &users, error);
}

/* Plans maps that a helper process can write. False when it may write none. */
static bool plan_maps(struct maps *maps)
{
	struct error error;

	if (geteuid() == 0)
		return swapped_map("/proc/self/uid_map", 0, NOBODY, &maps->users, &error) &&
		       swapped_map("/proc/self/gid_map", getegid(), NOBODY, &maps->groups, &error);
	return subordinate_map("/etc/subuid", geteuid(), &maps->users) &&
	       subordinate_map("/etc/subgid", getegid(), &maps->groups);
}

bool users_enter(int flags, struct error *error)
{
	static struct maps maps;
	uid_t user = geteuid();
	gid_t group = getegid();
	int ready[2], status = 1;

	if (pipe2(ready, O_CLOEXEC) != 0)
		return error_errno(error, "pipe");
	pid_t helper = plan_maps(&maps) ? fork() : -1;
	if (helper == 0)
		map_for_parent(ready, &maps, user == 0);
	bool left = unshare(CLONE_NEWUSER | flags) == 0;
	if (!left)
		error_errno(error, "unshare namespaces");
	else if (helper > 0 && write(ready[1], "", 1) != 1)
		left = error_errno(error, "write to a pipe");
	close(ready[0]);
	close(ready[1]);
	if (helper > 0 && waitpid(helper, &status, 0) != helper)
		return error_errno(error, "waitpid");
	return left && (status == 0 || map_self(user, group, error));
}

static bool map_has(const struct map *map, unsigned number)
{
	for (size_t i = 0; i < map->count; i++)
		if (number >= map->ranges[i].inside &&
			number - map->ranges[i].inside < map->ranges[i].count)
			return true;
	return false;
}

static bool are_several(const char *path)
{
	struct map map;
	struct error error;

	return read_map(path, &map, &error) && map_has(&map, 0) && map_has(&map, 1) &&
	       map_has(&map, NOBODY);
}

bool users_are_several(void)
{
	return are_several("/proc/self/uid_map") && are_several("/proc/self/gid_map");
}

bool users_map_root(pid_t child, struct error *error)
{
	static struct maps maps;
	char process[16];

	snprintf(process, sizeof process, "%d", child);
	return swapped_map("/proc/self/uid_map", geteuid(), 0, &maps.users, error) &&
	       swapped_map("/proc/self/gid_map", getegid(), 0, &maps.groups, error) &&
	       write_maps(process, &maps, error);
}
