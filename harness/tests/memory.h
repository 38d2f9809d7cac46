/* Lets an allocation of the code under test fail, to see that it says so and cleans up. */
#ifndef WIRECHECK_MEMORY_H
#define WIRECHECK_MEMORY_H

#include <stdbool.h>

/* The allocation after `more` others fails, that one alone. */
void memory_fails_after(unsigned more);

/* From now on all succeed. Returns whether one had failed. */
bool memory_has_failed(void);

#endif
