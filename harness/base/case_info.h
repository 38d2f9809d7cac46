/* A case as its file declares it. */
#ifndef WIRECHECK_CASE_INFO_H
#define WIRECHECK_CASE_INFO_H

/* A case as its file declares it. Static, in the image of the command. */
struct case_info {
	const char *file;   /* cases/tcp/hello.c */
	const char *proves; /* one sentence */
	const char *clause; /* where the rule stands */
	unsigned patience;  /* multiplies both limits; 0 counts as 1 */
	unsigned ring_mib;  /* of the capture's ring, in MiB; 0: enough for most, see worker.c */
	void (*body)(void);
	const char *name; /* tcp/hello; set when it is registered */
};

#endif
