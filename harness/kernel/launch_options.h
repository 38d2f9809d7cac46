/* How a program is started, beyond its name and arguments. */
#ifndef WIRECHECK_LAUNCH_OPTIONS_H
#define WIRECHECK_LAUNCH_OPTIONS_H

#include <stdbool.h>

/* All zero: as by a script. */
struct launch {
	bool terminal;      /* its three standard streams are a terminal, without echo */
	bool no_output;     /* standard output is /dev/full: whatever is printed fails */
	bool as_root;       /* root, who may become the machine's other users and give them files */
	int descriptor;     /* the program inherits it as descriptor 3; 0: none */
	const char *folder; /* working folder; NULL: the scratch folder */
	const char *const *environment; /* NAME=VALUE, NULL at the end; NULL: what is inherited */
};

#endif
