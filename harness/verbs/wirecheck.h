/*
 * What a case is written with: its verbs, by topic, from the programs to the wire. Each topic's
 * header says what its verbs do.
 *
 * A case file declares a CASE, whose body reads as the scenario does. Setup verbs (start, until_…,
 * connect_to and the like, and those that name a connection or a datagram) end the case when they
 * fail. Expectations (expect_…) record what they found and go on. Each waits as long as it must,
 * but no longer than the limit of a wait. Pointers that verbs return stay good until the case is
 * over, and the case frees nothing.
 *
 * A setup verb ends the case as FAIL when a program did not do its part, as SKIP when the machine
 * cannot, as BROKEN when the call is wrong. An expectation that does not hold makes the case FAIL;
 * it ends the case as BROKEN or SKIP for the same reasons.
 *
 * Every verb is a macro over a function named case_VERB, and reports the line where it stands. A
 * case that wants the name of a verb for something of its own, a helper named fill or from for
 * instance, writes `#undef fill` after its includes; it then has no such verb. This header comes
 * after all other includes: its macros would change declarations in headers after it. Apart from
 * verbs it defines the types and constants of the headers in base/, CLIENT, TCP and LISTEN for
 * instance. It includes the system's headers whose constants verbs take: ECONNREFUSED, IPPROTO_IP,
 * TCP_NODELAY, SIGTERM and SOL_SOCKET for instance.
 */
#ifndef WIRECHECK_H
#define WIRECHECK_H

/* What the case needs of the machine: see CASE, and base/case_info.h. */
#include "verbs/case.h"

/* Programs. */
#include "verbs/dialogue.h"
#include "verbs/endings.h"
#include "verbs/files.h"
#include "verbs/output.h"
#include "verbs/signals.h"
#include "verbs/starting.h"
#include "verbs/waiting.h"

/* The kernel: its sockets and counters, the network of the sandbox, disturbances. */
#include "verbs/binding.h"
#include "verbs/counters.h"
#include "verbs/disturbances.h"
#include "verbs/listening.h"
#include "verbs/network_setup.h"
#include "verbs/program_options.h"
#include "verbs/states.h"

/* The case as one side. */
#include "verbs/accepting.h"
#include "verbs/can.h"
#include "verbs/draining.h"
#include "verbs/exchange.h"
#include "verbs/incoming.h"
#include "verbs/own_options.h"
#include "verbs/own_sockets.h"
#include "verbs/readiness.h"
#include "verbs/received_bytes.h"
#include "verbs/receiving.h"
#include "verbs/sending.h"
#include "verbs/unix_sockets.h"

/* The wire. */
#include "verbs/closing.h"
#include "verbs/connections.h"
#include "verbs/datagrams.h"
#include "verbs/icmp_errors.h"
#include "verbs/one_datagram.h"
#include "verbs/opening.h"
#include "verbs/segments.h"
#include "verbs/streams.h"
#include "verbs/traffic.h"
#include "verbs/windows.h"

/* What the case itself judges and says. */
#include "verbs/judging.h"

/* Texts, bytes and times. */
#include "verbs/elapsed.h"
#include "verbs/texts.h"
#include "verbs/time_of_day.h"

/* What only older cases call; a new case says what it needs in its CASE. */
#include "verbs/needs.h"

#include <asm/socket.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sys/socket.h>

#endif
