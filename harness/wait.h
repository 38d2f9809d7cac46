/* Waits for a condition, with a deadline, and keeps collecting what programs print and send. */
#ifndef WIRECHECK_WAIT_H
#define WIRECHECK_WAIT_H

#include <stdbool.h>

/* What to wait for. */
struct wait {
	bool (*met)(void *argument); /* asked after each event; may end the case */
	void *argument;
	int descriptor; /* of a socket whose readiness may meet it; -1: none */
	short events;   /* poll(2) */
	bool asks_kernel; /* no event announces it, so it is asked for again and again */
};

/*
 * Waits until the condition is met or the deadline is over: the limit of a wait or of the case,
 * whichever comes first. True when it was met. A program that prints without end, and an error
 * of the harness itself, end the case.
 */
bool wait_for(const struct wait *wait);

/* Takes in what is ready now: ends of programs, what they printed, packets. */
void wait_collect(void);

/* How long the last wait lasted at most, in seconds, for messages: what the case had left, if less. */
double wait_seconds(void);

#endif
