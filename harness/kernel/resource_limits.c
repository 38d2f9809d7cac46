/* The limits of resources that programs inherit, whatever limits wirecheck was started with. */
#include "kernel/resource_limits.h"

#include <stddef.h>
#include <sys/resource.h>

/* A limit of a resource: what programs have (soft), and the most that they may ask for (hard). */
struct resource_limit {
	__rlimit_resource_t resource;
	rlim_t usual, most;
};

#define DESCRIPTORS 1024

static const struct resource_limit limits[] = {
	{RLIMIT_NOFILE, DESCRIPTORS, 1048576},
	{RLIMIT_CORE, 0, RLIM_INFINITY},
	{RLIMIT_STACK, 8 << 20, RLIM_INFINITY},
	{RLIMIT_FSIZE, RLIM_INFINITY, RLIM_INFINITY},
	{RLIMIT_DATA, RLIM_INFINITY, RLIM_INFINITY},
	{RLIMIT_AS, RLIM_INFINITY, RLIM_INFINITY},
	{RLIMIT_CPU, RLIM_INFINITY, RLIM_INFINITY},
	{RLIMIT_RSS, RLIM_INFINITY, RLIM_INFINITY},
	{RLIMIT_LOCKS, RLIM_INFINITY, RLIM_INFINITY},
	{RLIMIT_MSGQUEUE, 819200, 819200},
	{RLIMIT_MEMLOCK, 8 << 20, 8 << 20},
};

static rlim_t at_most(rlim_t value, rlim_t bound)
{
	return value < bound ? value : bound; /* RLIM_INFINITY is the largest */
}

static bool set_descriptors(rlim_t count, struct error *error)
{
	struct rlimit own;

	if (getrlimit(RLIMIT_NOFILE, &own) != 0)
		return error_errno(error, "getrlimit");
	own.rlim_cur = at_most(count, own.rlim_max);
	return setrlimit(RLIMIT_NOFILE, &own) == 0 || error_errno(error, "setrlimit");
}

bool descriptors_limit_for_starter(struct error *error)
{
	return set_descriptors(16 * DESCRIPTORS, error);
}

bool descriptors_limit_for_program(struct error *error)
{
	return set_descriptors(DESCRIPTORS, error);
}

/* Where this process may not raise a lower limit, that limit stays. */
bool resource_limits_prepare(struct error *error)
{
	for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
		const struct resource_limit *limit = &limits[i];
		struct rlimit own;
		if (getrlimit(limit->resource, &own) != 0)
			return error_errno(error, "getrlimit");
		own.rlim_max = at_most(limit->most, own.rlim_max);
		own.rlim_cur = at_most(limit->usual, own.rlim_max);
		if (setrlimit(limit->resource, &own) != 0)
			return error_errno(error, "setrlimit");
	}
	return descriptors_limit_for_starter(error);
}
