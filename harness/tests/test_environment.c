/* environment.c: what programs find in their environment, whatever wirecheck was started with. */
#include "kernel/environment.h"
#include "unit.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* The environment is this process's own, so each test changes it in a child. */
static void in_child(bool (*body)(void))
{
	int status = -1;
	pid_t child = fork();

	if (child == 0)
		_exit(body() ? 0 : 1);
	CU_ASSERT_EQUAL(waitpid(child, &status, 0), child);
	ASSERT_NUMBER(status, 0);
}

static bool has(const char *name, const char *value)
{
	const char *found = getenv(name);

	return value == NULL ? found == NULL : found != NULL && strcmp(found, value) == 0;
}

static bool language_and_time(void)
{
	struct error error;
	time_t noon = 12 * 3600;

	setenv("LANG", "de_DE.UTF-8", 1);
	setenv("LC_ALL", "tr_TR.UTF-8", 1);
	setenv("LANGUAGE", "fr", 1);
	setenv("TZ", "Asia/Kathmandu", 1);
	setenv("TERM", "xterm-256color", 1);
	tzset();
	return environment_prepare(&error) && has("LANG", "C.UTF-8") && has("LC_ALL", NULL) &&
	       has("LANGUAGE", NULL) && has("TZ", "UTC") && has("TERM", "dumb") &&
	       localtime(&noon)->tm_hour == 12;
}

TEST(language_time_and_terminal_are_set)
{
	in_child(language_and_time);
}

static bool look_ups_and_folders(void)
{
	struct error error;

	setenv("TMPDIR", "/elsewhere", 1);
	setenv("HOSTALIASES", "/elsewhere", 1);
	setenv("http_proxy", "http://192.0.2.1", 1);
	setenv("HTTPS_PROXY", "http://192.0.2.1", 1);
	setenv("NOTIFY_SOCKET", "/run/systemd/notify", 1);
	setenv("LC_", "begins with LC_", 1);
	return environment_prepare(&error) && has("TMPDIR", NULL) && has("HOSTALIASES", NULL) &&
	       has("http_proxy", NULL) && has("HTTPS_PROXY", NULL) && has("NOTIFY_SOCKET", NULL) &&
	       has("LC_", NULL);
}

TEST(what_directs_look_ups_and_files_is_removed)
{
	in_child(look_ups_and_folders);
}

static bool others(void)
{
	struct error error;
	char long_name[301];

	memset(long_name, 'a', sizeof long_name - 1);
	long_name[sizeof long_name - 1] = '\0';
	setenv(long_name, "long", 1);
	setenv("PATH", "/somewhere", 1);
	setenv("TMPDIRS", "like one of them", 1);
	setenv("_proxy", "only the ending", 1);
	return environment_prepare(&error) && has("PATH", "/somewhere") && has(long_name, "long") &&
	       has("TMPDIRS", "like one of them") && has("_proxy", "only the ending");
}

TEST(all_else_stays)
{
	in_child(others);
}
