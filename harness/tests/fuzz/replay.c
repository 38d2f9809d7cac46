/*
 * Runs a fuzz target without a fuzzer: each seed of a folder, and mutations of it, the same each
 * time. replay FOLDER MUTATIONS FAILED: FAILED is the file that an input on which the target fails
 * is written to. What it prints last is how many inputs there were.
 */
#include "fuzz.h"

#include "../craft.h"

#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

/* No seed is longer; a mutation may be, by as much again. */
#define SEED_MAXIMUM  65536
#define INPUT_MAXIMUM (2 * SEED_MAXIMUM)

struct input {
	size_t length;
	unsigned char data[INPUT_MAXIMUM];
};

/* What the process that runs the target shares with the process that reports the result. */
struct progress {
	size_t inputs; /* begun so far */
	bool over;     /* all of them are done */
	struct input now;
};

static uint32_t state = 1;

/* A number from 0 on, less than `below`. */
static uint32_t any(size_t below)
{
	uint32_t number = craft_random(&state);

	return (uint32_t)(below > 0 ? number % below : 0);
}

_Noreturn static void give_up(const char *what)
{
	fprintf(stderr, "replay: %s: %s\n", what, strerror(errno));
	exit(2);
}

static void read_seed(const char *folder, const char *name, struct input *seed)
{
	char path[4096];

	snprintf(path, sizeof path, "%s/%s", folder, name);
	FILE *file = fopen(path, "rb");
	if (file == NULL)
		give_up(path);
	seed->length = fread(seed->data, 1, SEED_MAXIMUM, file);
	if (ferror(file) || fclose(file) != 0)
		give_up(path);
}

/* Removes `length` bytes at a place, or inserts as many, copied from another place. */
static void mutate_length(struct input *input, size_t at, size_t length, bool longer)
{
	size_t rest = input->length - at;

	if (longer && input->length + length <= INPUT_MAXIMUM) {
		memmove(input->data + at + length, input->data + at, rest);
		memmove(input->data + at, input->data + any(input->length), length);
		input->length += length;
	} else if (!longer && length < rest) {
		memmove(input->data + at, input->data + at + length, rest - length);
		input->length -= length;
	}
}

/* Changes an input in one place. */
static void mutate_once(struct input *input)
{
	static const unsigned char odd[] = {0, 1, 2, 7, 8, 0x3f, 0x40, 0x7f, 0x80, 0xfe, 0xff};
	size_t at = any(input->length), from = any(input->length);

	if (input->length == 0)
		return;
	switch (any(7)) {
	case 0:
		input->data[at] ^= (unsigned char)(1u << any(8));
		break;
	case 1:
		input->data[at] = (unsigned char)any(256);
		break;
	case 2:
		input->data[at] = odd[any(sizeof odd)];
		break;
	case 3:
		input->data[at] = input->data[from];
		break;
	case 4:
		input->length = at;
		break;
	case 5:
	case 6:
		mutate_length(input, at, 1 + any(16), any(2) == 0);
		break;
	}
}

/* The target sees a block of exactly the input's length, so that a sanitizer sees its end. */
static void run(struct progress *progress)
{
	size_t length = progress->now.length;
	unsigned char *copy = malloc(length > 0 ? length : 1);

	if (copy == NULL)
		give_up("malloc");
	memcpy(copy, progress->now.data, length);
	progress->inputs++;
	LLVMFuzzerTestOneInput(copy, length);
	free(copy);
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int is_seed(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

/* Runs the target on all inputs. */
static void run_all(struct progress *progress, const char *folder, unsigned long mutations)
{
	static struct input seed;
	struct dirent **entries;
	int count = scandir(folder, &entries, is_seed, by_name);

	if (count < 0)
		give_up(folder);
	progress->now.length = 0;
	run(progress);
	for (int i = 0; i < count; i++) {
		read_seed(folder, entries[i]->d_name, &seed);
		progress->now = seed;
		run(progress);
		for (unsigned long m = mutations / (unsigned long)count; m > 0; m--) {
			progress->now.length = seed.length;
			memcpy(progress->now.data, seed.data, seed.length);
			for (uint32_t times = 1 + any(4); times > 0; times--)
				mutate_once(&progress->now);
			run(progress);
		}
		free(entries[i]);
	}
	free(entries);
	progress->over = true;
}

static void write_failed(const struct input *input, const char *path)
{
	FILE *file = fopen(path, "wb");

	if (file == NULL || fwrite(input->data, 1, input->length, file) != input->length ||
		fclose(file) != 0)
		give_up(path);
	fprintf(stderr, "replay: the input that failed is %s\n", path);
}

int main(int count, char *arguments[])
{
	int status;
	struct progress *progress = mmap(
		NULL, sizeof *progress, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (count != 4) {
		fprintf(stderr, "usage: replay FOLDER MUTATIONS FAILED\n");
		return 2;
	}
	if (progress == MAP_FAILED)
		give_up("mmap");
	pid_t child = fork();
	if (child == 0) {
		run_all(progress, arguments[1], strtoul(arguments[2], NULL, 10));
		return 0;
	}
	if (child < 0 || waitpid(child, &status, 0) != child)
		give_up("fork");
	if (!progress->over)
		write_failed(&progress->now, arguments[3]);
	printf("%zu inputs\n", progress->inputs);
	return status == 0 ? 0 : 1;
}
