/* The limits of resources that programs inherit, whatever limits wirecheck was started with. */
#ifndef WIRECHECK_RESOURCE_LIMITS_H
#define WIRECHECK_RESOURCE_LIMITS_H

#include "base/error.h"

#include <stdbool.h>

/*
 * Gives this process the limits of resources (getrlimit(2)) that README.md promises to programs:
 * the ones after a login on a freshly booted Debian, as far as this process may set them. The limit
 * of descriptors is the exception: it is that of descriptors_limit_for_starter.
 */
bool resource_limits_prepare(struct error *error);

/*
 * Sets the limit of open descriptors: the one that programs have, for the moment in which one is
 * started; and the higher one that the process which starts them needs.
 */
bool descriptors_limit_for_program(struct error *error);
bool descriptors_limit_for_starter(struct error *error);

#endif
