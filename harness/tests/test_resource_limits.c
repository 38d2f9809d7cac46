/* resource_limits.c: the limits that programs have, whatever limits wirecheck was started with. */
#include "kernel/resource_limits.h"
#include "unit.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* Limits can be lowered for good, so each test does it in a child. */
static void in_child(bool (*body)(void))
{
	int status = -1;
	pid_t child = fork();

	if (child == 0)
		_exit(body() ? 0 : 1);
	CU_ASSERT_EQUAL(waitpid(child, &status, 0), child);
	ASSERT_NUMBER(status, 0);
}

static rlim_t soft_limit(__rlimit_resource_t resource)
{
	struct rlimit limit = {0, 0};

	return getrlimit(resource, &limit) == 0 ? limit.rlim_cur : 0;
}

static bool prepared(void)
{
	struct error error;

	return resource_limits_prepare(&error) && soft_limit(RLIMIT_CORE) == 0 &&
	       soft_limit(RLIMIT_STACK) == 8 << 20;
}

TEST(limits_are_those_after_a_login)
{
	in_child(prepared);
}

static bool kept_low(void)
{
	struct error error;
	struct rlimit low = {4 << 20, 4 << 20};

	return setrlimit(RLIMIT_STACK, &low) == 0 && resource_limits_prepare(&error) &&
	       soft_limit(RLIMIT_STACK) == 4 << 20;
}

TEST(a_lower_limit_stays)
{
	in_child(kept_low);
}

static bool descriptors(void)
{
	struct error error;
	struct rlimit before;

	if (getrlimit(RLIMIT_NOFILE, &before) != 0 || !descriptors_limit_for_starter(&error))
		return false;
	rlim_t starter = soft_limit(RLIMIT_NOFILE);
	return descriptors_limit_for_program(&error) && soft_limit(RLIMIT_NOFILE) == 1024 &&
	       starter >= 1024 && (starter == 16 * 1024 || starter == before.rlim_max);
}

TEST(programs_may_open_fewer_files_than_who_starts_them)
{
	in_child(descriptors);
}
