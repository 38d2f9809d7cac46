/* A row of the table of faults. */
#ifndef ROW_H
#define ROW_H

/* What it takes to find a fault. */
enum finding {
	SEEN,          /* no wait runs out */
	SEEN_AND_WAIT, /* it is seen, but somebody waits in vain because of it */
	WAIT,          /* that somebody waits in vain is all there is to see */
};

/* A fault, the case that must fail, and what the failure must say. */
struct row {
	const char *fault, *name, *text;
	enum finding finding;
};

#endif
