/* The folders that all programs of a host share: /tmp and so on. Each sandbox has its own ones. */
#include "kernel/folders.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

/* How many links may be on the way to a path (path_resolution(7)). */
#define LINKS_MAXIMUM 40

/* The longest first line of a script, which names its interpreter (execve(2)). */
#define INTERPRETER_MAXIMUM 256

/* An entry of a shared folder that stays where it is. */
struct entry {
	mode_t kind;  /* S_IFMT */
	char *path;   /* on the host */
	char *inside; /* its path below the root of the tmpfs */
	char *target; /* where a link leads */
	struct entry *next;
};

/* A shared folder, and the name in the tmpfs of the folder that replaces it. */
struct shared {
	char path[PATH_MAX];
	const char *inside;
	bool keeps; /* some entry of it stays visible */
};

static struct shared shared[3];
static size_t shared_count;
static struct entry *kept;
static const char *scratch;
static const struct shared *around_scratch; /* the one that has the scratch folder; NULL: none */

/* The folder in the tmpfs that replaces the scratch folder. */
#define SCRATCH_INSIDE "scratch"

static struct shared *shared_at(const char *path)
{
	for (size_t i = 0; i < shared_count; i++)
		if (strcmp(shared[i].path, path) == 0)
			return &shared[i];
	return NULL;
}

static const char *scratch_name(void)
{
	return strrchr(scratch, '/') + 1;
}

bool folders_find(const char *scratch_folder, struct error *error)
{
	static const char *const names[][2] = {
		{"/tmp", "tmp"}, {"/var/tmp", "var-tmp"}, {"/dev/shm", "shm"}};
	char parent[PATH_MAX];

	scratch = scratch_folder;
	if (strrchr(scratch, '/') == NULL)
		return error_set(error, "%s is no absolute path", scratch);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct shared *next = &shared[shared_count];
		if (realpath(names[i][0], next->path) == NULL || shared_at(next->path) != NULL)
			continue;
		next->inside = names[i][1];
		shared_count++;
	}
	snprintf(parent, sizeof parent, "%.*s", (int)(scratch_name() - 1 - scratch), scratch);
	around_scratch = shared_at(parent);
	return folders_keep(scratch, error);
}

/* The scratch folder counts as kept: a folder of its own replaces it. */
static bool is_kept(const char *path)
{
	for (const struct entry *entry = kept; entry != NULL; entry = entry->next)
		if (strcmp(entry->path, path) == 0)
			return true;
	return strcmp(path, scratch) == 0;
}

/* `target` is where a link leads; "" for other entries. */
static bool keep_entry(struct shared *folder, const char *path, mode_t mode, const char *target,
	struct error *error)
{
	if (is_kept(path))
		return true;
	struct entry *entry = calloc(1, sizeof *entry);
	if (entry == NULL)
		return error_errno(error, "memory for %s", path);
	entry->kind = mode & S_IFMT;
	entry->path = strdup(path);
	entry->target = strdup(target);
	if (asprintf(&entry->inside, "%s/%s", folder->inside, strrchr(path, '/') + 1) < 0)
		entry->inside = NULL;
	entry->next = kept;
	kept = entry;
	folder->keeps = true;
	return (entry->path != NULL && entry->target != NULL && entry->inside != NULL) ||
	       error_errno(error, "memory for %s", path);
}

static void to_parent(char path[PATH_MAX])
{
	char *end = strrchr(path, '/');

	if (end != NULL)
		*end = '\0';
}

/* A walk along a path. `here` is the part that was walked; it has no link. `rest` is the rest. */
struct walk {
	char here[PATH_MAX], rest[PATH_MAX];
	int links;
};

/* Takes the first name from `rest`. False when there is none. */
static bool next_name(struct walk *walk, char name[NAME_MAX + 1])
{
	const char *start = walk->rest + strspn(walk->rest, "/");
	size_t length = strcspn(start, "/");

	if (length == 0 || length > NAME_MAX)
		return false;
	memcpy(name, start, length);
	name[length] = '\0';
	memmove(walk->rest, start + length, strlen(start + length) + 1);
	return true;
}

/* Goes on at the target of the link at `here`. */
static bool follow(struct walk *walk, const char *target)
{
	char rest[PATH_MAX];

	if (++walk->links > LINKS_MAXIMUM ||
		snprintf(rest, sizeof rest, "%s/%s", target, walk->rest) >= (int)sizeof rest)
		return false;
	memcpy(walk->rest, rest, sizeof rest);
	if (target[0] == '/')
		walk->here[0] = '\0';
	else
		to_parent(walk->here);
	return true;
}

/* Walks one name further. `*over` says that the walk ends there. */
static bool step(struct walk *walk, const char *name, bool *over, struct error *error)
{
	struct shared *folder = shared_at(walk->here);
	size_t length = strlen(walk->here);
	char target[PATH_MAX] = "";
	struct stat status;

	*over = snprintf(walk->here + length, PATH_MAX - length, "/%s", name) >=
			(int)(PATH_MAX - length) ||
		lstat(walk->here, &status) != 0;
	if (*over)
		return true;
	if (S_ISLNK(status.st_mode)) {
		ssize_t size = readlink(walk->here, target, sizeof target - 1);
		*over = size < 0;
		target[size < 0 ? 0 : size] = '\0';
	}
	if (folder != NULL && !keep_entry(folder, walk->here, status.st_mode, target, error))
		return false;
	*over = *over || (S_ISLNK(status.st_mode) && !follow(walk, target));
	return true;
}

bool folders_keep(const char *path, struct error *error)
{
	struct walk walk = {.here = ""};
	char name[NAME_MAX + 1];
	bool over = snprintf(walk.rest, sizeof walk.rest, "%s", path) >= (int)sizeof walk.rest;

	while (!over && next_name(&walk, name)) {
		if (strcmp(name, "..") == 0)
			to_parent(walk.here);
		else if (strcmp(name, ".") != 0 && !step(&walk, name, &over, error))
			return false;
	}
	return true;
}

/* Stores the interpreter that a script names after #!, or "". */
static void read_interpreter(const char *path, char out[INTERPRETER_MAXIMUM])
{
	char line[INTERPRETER_MAXIMUM];
	int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	ssize_t length = file < 0 ? -1 : read(file, line, sizeof line - 1);

	if (file >= 0)
		close(file);
	out[0] = '\0';
	if (length < 2 || line[0] != '#' || line[1] != '!')
		return;
	line[length] = '\0';
	char *start = line + 2 + strspn(line + 2, " \t");
	start[strcspn(start, " \t\n")] = '\0';
	memcpy(out, start, strlen(start) + 1);
}

static bool keep_program(const char *path, struct error *error)
{
	char interpreter[INTERPRETER_MAXIMUM];
	struct stat status;

	if (stat(path, &status) != 0 || !S_ISREG(status.st_mode) ||
		(status.st_mode & (S_IXUSR | S_IXGRP | S_IXOTH)) == 0)
		return true;
	read_interpreter(path, interpreter);
	return folders_keep(path, error) &&
	       (interpreter[0] != '/' || folders_keep(interpreter, error));
}

bool folders_keep_programs(const char *folder, struct error *error)
{
	char path[PATH_MAX];
	bool done = folders_keep(folder, error);
	DIR *list = done ? opendir(folder) : NULL;
	const struct dirent *entry;

	while (done && list != NULL && (entry = readdir(list)) != NULL)
		if (snprintf(path, sizeof path, "%s/%s", folder, entry->d_name) < (int)sizeof path)
			done = keep_program(path, error);
	if (list != NULL)
		closedir(list);
	return done;
}

bool folders_keep_list(const char *list, struct error *error)
{
	char path[PATH_MAX], resolved[PATH_MAX];

	while (list != NULL && *list != '\0') {
		size_t length = strcspn(list, ":");
		bool fits =
			snprintf(path, sizeof path, "%.*s", (int)length, list) < (int)sizeof path;
		bool whole = fits && path[0] == '/' && realpath(path, resolved) != NULL &&
			     shared_at(resolved) != NULL;
		if (fits && path[0] == '/' &&
			!(whole ? folders_keep_programs(path, error) : folders_keep(path, error)))
			return false;
		list += length + (list[length] == ':');
	}
	return true;
}

bool folders_mount_empty(const char *folder, struct error *error)
{
	if (mount("wirecheck", folder, "tmpfs", MS_NOSUID | MS_NODEV, "size=512m,mode=0755") != 0)
		return error_errno(error, "mount tmpfs on %s", folder);
	return true;
}

static bool change_folder(const char *folder, struct error *error)
{
	return chdir(folder) == 0 || error_errno(error, "chdir %s", folder);
}

static bool make_folder(const char *path, mode_t mode, struct error *error)
{
	return mkdir(path, mode) == 0 || error_errno(error, "mkdir %s", path);
}

static bool bind_over(const char *from, const char *to, unsigned long more, struct error *error)
{
	return mount(from, to, NULL, MS_BIND | more, NULL) == 0 ||
	       error_errno(error, "mount %s on %s", from, to);
}

/* Makes an entry in the tmpfs, which is the working folder. It may be gone from the host by now. */
static bool place_entry(const struct entry *entry, struct error *error)
{
	if (access(entry->path, F_OK) != 0 && entry->kind != S_IFLNK)
		return true;
	if (entry->kind == S_IFLNK)
		return symlink(entry->target, entry->inside) == 0 ||
		       error_errno(error, "symlink %s", entry->inside);
	if (entry->kind == S_IFDIR && !make_folder(entry->inside, 0755, error))
		return false;
	if (entry->kind != S_IFDIR && mknod(entry->inside, S_IFREG | 0644, 0) != 0)
		return error_errno(error, "mknod %s", entry->inside);
	return bind_over(entry->path, entry->inside, MS_REC, error);
}

static bool make_folders(struct error *error)
{
	char own[PATH_MAX];

	for (size_t i = 0; i < shared_count; i++)
		if (!make_folder(shared[i].inside, 01777, error))
			return false;
	if (!make_folder(SCRATCH_INSIDE, 0755, error))
		return false;
	if (around_scratch == NULL)
		return true;
	snprintf(own, sizeof own, "%s/%s", around_scratch->inside, scratch_name());
	return make_folder(own, 0755, error);
}

/*
 * The tmpfs itself is mounted on the scratch folder. At the end the new scratch folder covers it.
 */
static bool mount_parts(struct error *error)
{
	for (const struct entry *entry = kept; entry != NULL; entry = entry->next)
		if (!place_entry(entry, error))
			return false;
	for (size_t i = 0; i < shared_count; i++)
		if (!bind_over(
			    shared[i].inside, shared[i].path, shared[i].keeps ? MS_REC : 0, error))
			return false;
	return bind_over(SCRATCH_INSIDE, scratch, 0, error) && change_folder(scratch, error);
}

bool folders_mount(struct error *error)
{
	mode_t mask = umask(0);
	bool mounted = folders_mount_empty(scratch, error) && change_folder(scratch, error) &&
		       make_folders(error) && mount_parts(error);

	umask(mask);
	return mounted;
}
