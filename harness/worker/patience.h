/*
 * Patience: a case whose programs compute for seconds names a .patience in its CASE. It multiplies
 * the limits of --timeout and --case-timeout for this case alone.
 */
#ifndef WIRECHECK_PATIENCE_H
#define WIRECHECK_PATIENCE_H

#include "base/case_info.h"
#include "worker/settings.h"

#include <stdbool.h>
#include <stdint.h>

/* The settings with the limits that this case asks for. */
struct settings patience_settings(const struct settings *settings, const struct case_info *info);

/*
 * The nanoseconds after which the worker of a case is late. The waits of a body take at most the
 * limit of the case and one wait. A body that takes longer computes, or the machine is overloaded.
 */
int64_t patience_of_body(const struct settings *settings, const struct case_info *info);

/*
 * Whether the case asks for patience. Its programs then keep a processor busy, so that at most one
 * such case a processor is run at a time.
 */
bool patience_is_for_computing(const struct case_info *info);

#endif
