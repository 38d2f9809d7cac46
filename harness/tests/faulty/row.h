/* A row of the table of faults: the fault, and what finds it. */
#ifndef ROW_H
#define ROW_H

/* What finds a fault: something that is seen, a wait that runs out, or both. */
enum finding {
	SEEN,          /* it is seen, and no wait runs out */
	SEEN_AND_WAIT, /* it is seen, and a wait runs out because of it */
	WAIT,          /* a wait that runs out is all that is seen */
};

/* The fault, the case that must fail because of it, and a text of its failure. */
struct row {
	const char *fault, *name, *text;
	enum finding finding;
};

#endif
