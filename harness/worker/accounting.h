/*
 * The accounting: traffic and ends of programs that no expectation looked at fail the case.
 *
 * Tested by test_failure_texts.c.
 */
#ifndef WIRECHECK_ACCOUNTING_H
#define WIRECHECK_ACCOUNTING_H

/*
 * Records a failure for each connection, stream with bytes, datagram, ICMP error and other packet
 * that no expectation looked at, unless the case allows other traffic. Also records a failure for
 * each program that ended badly when no expectation looked at its end. Call this when the capture
 * has settled.
 */
void account(void);

#endif
