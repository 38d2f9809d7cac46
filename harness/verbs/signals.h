/* Verbs that signal a program, or stop it for a while. Tested by test_failure_texts.c. */
#ifndef WIRECHECK_VERBS_SIGNALS_H
#define WIRECHECK_VERBS_SIGNALS_H

#include "verbs/verb.h"

#include <stddef.h>

/*
 * Sends a signal to its process group, as a terminal does: a script's children get it too. Once the
 * process that was started has ended, as that of a daemon does, all processes of the program get
 * it.
 */
void case_send_signal(const struct place *place, struct program *program, int number);
#define send_signal(...) VERB(send_signal, #__VA_ARGS__, __VA_ARGS__)

/* Sends a signal to the process that was started alone, as kill(1) does. */
void case_signal_process(const struct place *place, struct program *program, int number);
#define signal_process(...) VERB(signal_process, #__VA_ARGS__, __VA_ARGS__)

/*
 * Sends a signal to one of the program's other processes alone, a worker of a forking server for
 * instance: number `child` of them, counted from 1 in the order of their process IDs. Waits until
 * it is there.
 */
void case_signal_child(
	const struct place *place, struct program *program, size_t child, int number);
#define signal_child(...) VERB(signal_child, #__VA_ARGS__, __VA_ARGS__)

/*
 * hold() stops all processes of the program with SIGSTOP, and waits until they are stopped. After
 * that, release() lets them go on with SIGCONT.
 */
void case_hold(const struct place *place, struct program *program);
void case_release(const struct place *place, struct program *program);
#define hold(...)    VERB(hold, #__VA_ARGS__, __VA_ARGS__)
#define release(...) VERB(release, #__VA_ARGS__, __VA_ARGS__)

#endif
