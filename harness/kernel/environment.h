/* The environment variables that programs inherit, whatever wirecheck itself was started with. */
#ifndef WIRECHECK_ENVIRONMENT_H
#define WIRECHECK_ENVIRONMENT_H

#include "base/error.h"

#include <stdbool.h>

/*
 * Gives this process the environment that README.md promises to programs: the one after a login on
 * a freshly booted Debian. Variables that wirecheck itself needs, such as TMPDIR, must be read
 * before this call.
 */
bool environment_prepare(struct error *error);

#endif
