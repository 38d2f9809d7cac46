/*
 * The texts of failures: the whole output of each case that fails on purpose is compared with the
 * example of it that is kept in failures/.
 *
 * When a text was changed on purpose, write the examples again and read what changed in them:
 *
 *	WIRECHECK_REWRITE=1 build/harness/tests/test_failure_texts; git diff harness/tests/failures
 */
#include "selftest.h"
#include "unit.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <ftw.h>
#include <libgen.h>
#include <limits.h>
#include <netinet/in.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#define TEXT_MAXIMUM ((size_t)1 << 20)
#define PORTS_SEEN   9

/* The ports that the kernel chooses from when a program names none (ip(7) ip_local_port_range). */
#define EPHEMERAL_FIRST 32768
#define EPHEMERAL_LAST  60999

/* Ports in the order in which a text names them. */
struct ports {
	unsigned list[PORTS_SEEN];
	size_t count;
};

/* A port keeps its width, so that columns stay where they are: the third one becomes PORT3. */
static void rename_port(struct ports *ports, unsigned port, struct buffer *out)
{
	size_t i = 0;

	while (i < ports->count && ports->list[i] != port)
		i++;
	if (i == ports->count && i < PORTS_SEEN)
		ports->list[ports->count++] = port;
	buffer_printf(out, "PORT%zu", i + 1);
}

/* The length of `word` when the text begins with it; otherwise 0. */
static size_t goes_on(const char *text, const char *word)
{
	return strncmp(text, word, strlen(word)) == 0 ? strlen(word) : 0;
}

/* The length of a number with a point and decimals that the text begins with; otherwise 0. */
static size_t decimal_length(const char *text)
{
	size_t whole = strspn(text, "0123456789");

	if (whole == 0 || text[whole] != '.')
		return 0;
	size_t rest = strspn(text + whole + 1, "0123456789");
	return rest > 0 ? whole + 1 + rest : 0;
}

/* The length of the time in a ladder's first column; 0: it is none. */
static size_t time_length(const char *line, const char *at)
{
	size_t indent = strspn(line, " ");

	return indent > 0 && at == line + indent ? decimal_length(at) : 0;
}

/* The length of a time in milliseconds, anywhere in a line; 0: it is none. */
static size_t milliseconds_length(const char *at)
{
	size_t length = decimal_length(at);

	return length > 0 && goes_on(at + length, " ms") > 0 ? length : 0;
}

static unsigned ephemeral_port(const char *line, const char *at)
{
	char *end;

	if (at == line || at[-1] != ':' || !isdigit((unsigned char)*at))
		return 0;
	unsigned long port = strtoul(at, &end, 10);
	return end - at == 5 && port >= EPHEMERAL_FIRST && port <= EPHEMERAL_LAST ? (unsigned)port
										  : 0;
}

/* Writes DIR for the test's folder, PORTn for ephemeral ports and TIME for times. */
static void normalize_line(struct ports *ports, const char *line, struct buffer *out)
{
	const char *ground = ground_path("%s", "");
	size_t ground_length = strlen(ground) - 1; /* without the slash */

	for (const char *at = line; *at != '\0';) {
		size_t time = time_length(line, at);
		unsigned port = ephemeral_port(line, at);
		if (strncmp(at, ground, ground_length) == 0) {
			buffer_printf(out, "DIR");
			at += ground_length;
		} else if (time > 0) {
			buffer_printf(out, "%*s", (int)time, "TIME");
			at += time;
		} else if (milliseconds_length(at) > 0) {
			buffer_printf(out, "TIME");
			at += milliseconds_length(at);
		} else if (port > 0) {
			rename_port(ports, port, out);
			at += 5;
		} else {
			buffer_append(out, at++, 1);
		}
	}
	buffer_append(out, "\n", 1);
}

/* Calls for each line of a text, with its newline. */
static void each_line(
	const struct buffer *text, void (*take)(void *argument, const char *line), void *argument)
{
	const char *next = buffer_text(text);

	while (*next != '\0') {
		size_t length = strcspn(next, "\n");
		length += next[length] == '\n';
		char *line = strndup(next, length);
		CU_ASSERT_PTR_NOT_NULL_FATAL(line);
		take(argument, line);
		free(line);
		next += length;
	}
}

/*
 * Lines of a ladder that are not compared: the kernel alone decides when it sends an ACK without
 * data, or something again.
 */
static void take_what_counts(void *argument, const char *line)
{
	bool acknowledgment =
		strstr(line, "|--- ACK seq ") != NULL || strstr(line, "|<-- ACK seq ") != NULL;

	if (strstr(line, "  [repeated]") == NULL &&
		(!acknowledgment || strstr(line, " len ") != NULL))
		buffer_printf(argument, "%s", line);
}

static void keep_example(const char *path, const struct buffer *found)
{
	char folder[PATH_MAX];

	snprintf(folder, sizeof folder, "%s", path);
	dirname(folder);
	CU_ASSERT_TRUE(mkdir(folder, 0777) == 0 || errno == EEXIST);
	FILE *file = fopen(path, "we");
	CU_ASSERT_PTR_NOT_NULL_FATAL(file);
	CU_ASSERT_TRUE(fputs(buffer_text(found), file) >= 0);
	CU_ASSERT_EQUAL(fclose(file), 0);
}

static void compare(const char *path, const struct buffer *found)
{
	struct buffer example, expected_part, found_part;

	buffer_init(&example, TEXT_MAXIMUM);
	buffer_init(&expected_part, TEXT_MAXIMUM);
	buffer_init(&found_part, TEXT_MAXIMUM);
	CU_ASSERT_TRUE(read_file(path, &example));
	each_line(&example, take_what_counts, &expected_part);
	each_line(found, take_what_counts, &found_part);
	ASSERT_TEXT(buffer_text(&found_part), buffer_text(&expected_part));
	buffer_free(&example);
	buffer_free(&expected_part);
	buffer_free(&found_part);
}

/* On one processor what is sent comes in the order of the case's lines. */
static void keep_to_one_processor(void)
{
	cpu_set_t allowed, one;
	size_t processor = 0;

	CU_ASSERT_EQUAL_FATAL(sched_getaffinity(0, sizeof allowed, &allowed), 0);
	while (!CPU_ISSET(processor, &allowed))
		processor++;
	CPU_ZERO(&one);
	CPU_SET(processor, &one);
	CU_ASSERT_EQUAL_FATAL(sched_setaffinity(0, sizeof one, &one), 0);
}

/*
 * The output of all cases, from two runs. One has the cases that wait for what never comes, with a
 * short limit. The other has all others, with a long limit, which a busy machine may need.
 */
static const char *run_all(void)
{
	static const char *const waiting[] = {"--timeout", "1", "-j16", "timeout/*", NULL};
	static const char *const others[] = {"--timeout", "60", "-j16", "judging/*", "tcp/*",
		"udp/*", "program/*", "file/*", "socket/*", "counter/*", "endpoint/*", "worker/*",
		NULL};
	static struct buffer all;
	struct command commands[2];

	if (all.length > 0)
		return buffer_text(&all);
	buffer_init(&all, TEXT_MAXIMUM);
	keep_to_one_processor();
	CU_ASSERT_TRUE_FATAL(ground_make());
	CU_ASSERT_TRUE_FATAL(selftest_start(&commands[0], waiting, NULL));
	CU_ASSERT_TRUE_FATAL(selftest_start(&commands[1], others, NULL));
	for (int i = 0; i < 2; i++) {
		command_finish(&commands[i]);
		ASSERT_TEXT(buffer_text(&commands[i].err), "");
		buffer_append(&all, buffer_text(&commands[i].out), commands[i].out.length);
		command_free(&commands[i]);
	}
	return buffer_text(&all);
}

/*
 * Appends what a case said: its heading and the lines that are indented under it, but for the one
 * that depends on how busy the machine was.
 */
static void find_case(const char *all, const char *name, struct buffer *out)
{
	struct ports ports = {.count = 0};
	bool inside = false;

	while (*all != '\0') {
		size_t length = strcspn(all, "\n");
		char *line = strndup(all, length);
		CU_ASSERT_PTR_NOT_NULL_FATAL(line);
		const char *space = strchr(line, ' ');
		if (*line != ' ')
			inside = space != NULL && line[0] <= 'Z' && strcmp(space + 1, name) == 0;
		if (inside && strstr(line, "(the machine was busy: ") == NULL)
			normalize_line(&ports, line, out);
		free(line);
		all += length + (all[length] == '\n');
	}
}

static void check(const char *name)
{
	struct buffer found;
	char path[PATH_MAX];

	buffer_init(&found, TEXT_MAXIMUM);
	find_case(run_all(), name, &found);
	CU_ASSERT_TRUE(found.length > 0);
	snprintf(path, sizeof path, "%s/harness/tests/failures/%s.txt", source_folder(), name);
	if (getenv("WIRECHECK_REWRITE") != NULL)
		keep_example(path, &found);
	compare(path, &found);
	buffer_free(&found);
}

#define EXAMPLES_MAXIMUM 224

/* The test of a case whose text is kept. */
struct example {
	char name[320], test[320]; /* of the case: TOPIC/NAME; of the test: TOPIC_NAME */
};

static struct example examples[EXAMPLES_MAXIMUM];
static size_t example_count;

/* Cases without an example: their text depends on the machine, or another test looks at it. */
static bool has_no_example(const char *name)
{
	return goes_on(name, "capture/") > 0 || goes_on(name, "endless/") > 0 ||
	       goes_on(name, "settle/") > 0 || goes_on(name, "schedule/") > 0 ||
	       goes_on(name, "stranger/") > 0 || goes_on(name, "tool/") > 0 ||
	       goes_on(name, "host/") > 0 || goes_on(name, "comments/") > 0 ||
	       goes_on(name, "kept/") > 0 || goes_on(name, "disturbed/") > 0 ||
	       goes_on(name, "elapsed/") > 0;
}

static size_t file_count;

static int count_file(const char *path, const struct stat *status, int type, struct FTW *walk)
{
	(void)path;
	(void)status;
	(void)walk;
	file_count += type == FTW_F;
	return 0;
}

static bool has_test(const char *name)
{
	for (size_t i = 0; i < example_count; i++)
		if (strcmp(examples[i].name, name) == 0)
			return true;
	return false;
}

static void take_name(void *argument, const char *line)
{
	char name[128], path[PATH_MAX];
	size_t *count = argument;

	if (*line == ' ') /* its clause */
		return;
	snprintf(name, sizeof name, "%.*s", (int)strcspn(line, " "), line);
	if (has_no_example(name))
		return;
	snprintf(path, sizeof path, "%s/harness/tests/failures/%s.txt", source_folder(), name);
	if (access(path, R_OK) != 0)
		ASSERT_TEXT("no example is kept", name);
	if (!has_test(name))
		ASSERT_TEXT("no file of its name declares it", name);
	*count += 1;
}

TEST(each_case_has_an_example_and_each_example_a_case)
{
	const char *const arguments[] = {build_path("harness/tests/selftest"), "--list", NULL};
	struct command command;
	char folder[PATH_MAX];
	size_t cases = 0;

	CU_ASSERT_TRUE_FATAL(command_run(&command, arguments, NULL));
	each_line(&command.out, take_name, &cases);
	snprintf(folder, sizeof folder, "%s/harness/tests/failures", source_folder());
	file_count = 0;
	CU_ASSERT_EQUAL(nftw(folder, count_file, 8, FTW_PHYS), 0);
	ASSERT_NUMBER(file_count, cases);
	ASSERT_NUMBER(example_count, cases);
	CU_ASSERT_TRUE(cases > 0);
	command_free(&command);
}

/*
 * Verbs without an example, since a kernel may lack what they are about. No kernel that runs these
 * tests has AF_CAN. Verbs about UDP-Lite fail in cases of stranger/, and test_strangers leaves them
 * out where it is missing.
 */
static bool hangs_on_the_kernel(const char *verb)
{
	static const char *const verbs[] = {"until_listening_can", "expect_can_frame",
		"expect_udplite_datagrams", "expect_coverage"};

	for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
		if (strcmp(verb, verbs[i]) == 0)
			return true;
	return false;
}

/* All that the kept examples say. */
static struct buffer example_texts;

/* All headers of verbs. */
static struct buffer headers;

static int add_header(const char *path, const struct stat *status, int type, struct FTW *walk)
{
	(void)status;
	(void)walk;
	size_t length = strlen(path);
	if (type == FTW_F && length > 2 && strcmp(path + length - 2, ".h") == 0)
		CU_ASSERT_TRUE(read_file(path, &headers));
	return 0;
}

static int add_example(const char *path, const struct stat *status, int type, struct FTW *walk)
{
	(void)status;
	(void)walk;
	if (type == FTW_F)
		CU_ASSERT_TRUE(read_file(path, &example_texts));
	return 0;
}

/* Of a line "#define expect_exit(…" the verb, when it expects, waits or receives. */
static void look_for_verb(void *argument, const char *line)
{
	size_t define = goes_on(line, "#define "), *count = argument;
	char verb[64], found[80];

	if (goes_on(line + define, "expect") + goes_on(line + define, "until_") +
			goes_on(line + define, "drain") + goes_on(line + define, "receive_") ==
		0)
		return;
	snprintf(verb, sizeof verb, "%.*s", (int)strcspn(line + define, "( "), line + define);
	snprintf(found, sizeof found, ": %s(", verb);
	*count += 1;
	if (strstr(buffer_text(&example_texts), found) == NULL && !hangs_on_the_kernel(verb))
		ASSERT_TEXT("no case fails in it", verb);
}

/* A kept example names the verb that failed, after the case's file and line. */
TEST(each_expectation_and_wait_has_an_example_in_which_it_fails)
{
	char path[PATH_MAX];
	size_t verbs = 0;

	buffer_init(&example_texts, TEXT_MAXIMUM);
	snprintf(path, sizeof path, "%s/harness/tests/failures", source_folder());
	CU_ASSERT_EQUAL(nftw(path, add_example, 8, FTW_PHYS), 0);
	buffer_init(&headers, TEXT_MAXIMUM);
	snprintf(path, sizeof path, "%s/harness/verbs", source_folder());
	CU_ASSERT_EQUAL(nftw(path, add_header, 8, FTW_PHYS), 0);
	each_line(&headers, look_for_verb, &verbs);
	CU_ASSERT_TRUE(verbs > 80);
	buffer_free(&headers);
	buffer_free(&example_texts);
}

/* Whether the kernel has sockets of this protocol: not each one has UDP-Lite. */
static bool has_protocol(int protocol)
{
	int handle = socket(AF_INET, protocol == IPPROTO_TCP ? SOCK_STREAM : SOCK_DGRAM, protocol);

	if (handle >= 0)
		close(handle);
	return handle >= 0;
}

/* What an example's case needs of the kernel, where that is not on each one. */
static int protocol_of(const char *name)
{
	return strcmp(name, "udp/lite") == 0 ? IPPROTO_UDPLITE : IPPROTO_TCP;
}

/* The test that CUnit runs says which case it is about. */
static const char *running_case(void)
{
	const char *test = strchr(CU_get_current_test()->pName, '/') + 1;
	size_t i = 0;

	while (i < example_count && strcmp(examples[i].test, test) != 0)
		i++;
	CU_ASSERT_FATAL(i < example_count);
	return examples[i].name;
}

static void compare_example(void)
{
	const char *name = running_case();

	NEEDS_SANDBOXES();
	if (!has_protocol(protocol_of(name)))
		SKIP_TEST("this kernel lacks the protocol");
	check(name);
}

/* A test for the case TOPIC/NAME of a file: TOPIC_NAME. */
static void register_example(const char *topic, const char *file)
{
	struct example *example = &examples[example_count];
	int length = (int)strlen(file) - 2;

	if (length < 1 || strcmp(file + length, ".c") != 0)
		return;
	if (example_count == EXAMPLES_MAXIMUM)
		abort();
	snprintf(example->name, sizeof example->name, "%.60s/%.*s", topic, length, file);
	snprintf(example->test, sizeof example->test, "%.60s_%.*s", topic, length, file);
	if (has_no_example(example->name))
		return;
	unit_register(example->test, __FILE__, compare_example);
	example_count++;
}

static int by_name(const struct dirent **left, const struct dirent **right)
{
	return strcmp((*left)->d_name, (*right)->d_name);
}

/* The entries of a folder below harness/tests/cases, by name. Freed by entries_free. */
static int entries_read(const char *topic, struct dirent ***entries)
{
	char path[PATH_MAX];

	snprintf(path, sizeof path, "%s/harness/tests/cases/%s", source_folder(), topic);
	return scandir(path, entries, NULL, by_name);
}

static void entries_free(struct dirent **entries, int count)
{
	for (int i = 0; i < count; i++)
		free(entries[i]);
	free(entries);
}

static void register_topic(const char *topic)
{
	struct dirent **files = NULL;
	int count = entries_read(topic, &files);

	for (int i = 0; i < count; i++)
		register_example(topic, files[i]->d_name);
	entries_free(files, count);
}

/* The tests are there before main begins, as all others are. */
__attribute__((constructor)) static void register_examples(void)
{
	struct dirent **topics = NULL;
	int count = entries_read("", &topics);

	for (int i = 0; i < count; i++)
		if (topics[i]->d_name[0] != '.')
			register_topic(topics[i]->d_name);
	entries_free(topics, count);
}

/* The last test. */
TEST(nothing_is_left_behind)
{
	NEEDS_SANDBOXES();
	run_all();
	ASSERT_NUMBER(folder_count(ground_path("scratch")), 0);
	ground_remove();
}
