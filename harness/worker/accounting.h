/* The accounting: whatever no expectation looked at fails the case. */
#ifndef WIRECHECK_ACCOUNTING_H
#define WIRECHECK_ACCOUNTING_H

/*
 * Records a failure for each connection, stream with bytes, datagram, ICMP error and other packet
 * that no expectation looked at, unless the case allows more; and for each program that ended
 * badly without anybody asking how it ended. To be called once the capture has settled.
 */
void account(void);

#endif
