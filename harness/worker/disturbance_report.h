/*
 * What is said of the disturbances of the running case: those that did not happen fail it, and the
 * others are marked on their datagrams. Tested by test_disturbances.c.
 */
#ifndef WIRECHECK_DISTURBANCE_REPORT_H
#define WIRECHECK_DISTURBANCE_REPORT_H

/*
 * Records a failure for each disturbance of which a datagram did not come, after a wait for the
 * programs that may still send it.
 */
void disturbances_account(void);

/*
 * Marks the datagrams in context.wire that were disturbed, and notes on their packets which verb
 * did it. To be called once, when the capture is decoded.
 */
void disturbances_mark(void);

#endif
