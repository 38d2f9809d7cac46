/* What programs inherit, whatever wirecheck itself was started with. */
#ifndef WIRECHECK_INHERIT_H
#define WIRECHECK_INHERIT_H

#include "base/error.h"

#include <stdbool.h>
#include <sys/types.h>

/*
 * Gives this process the environment and the limits of resources that README.md promises to
 * programs: as after a login on a freshly booted Debian, as far as this process may. What it
 * itself needs of its environment, TMPDIR for instance, is to be read before. It keeps room for
 * more descriptors than programs have: their limit is to be set while one is started.
 */
bool inherit_prepare(struct error *error);

/* The limit of descriptors that programs have, and that of the process that starts them. */
bool inherit_usual_descriptors(struct error *error);
bool inherit_many_descriptors(struct error *error);

#endif
