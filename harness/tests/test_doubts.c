/* connection.c and connections.c: what in a capture may mean two things, a row for each doubt. */
#include "craft.h"
#include "unit.h"
#include "wire/connections.h"

#include <stdlib.h>
#include <string.h>

/*
 * The segments of a row, one after the other, as words between semicolons: who sends it, its flags,
 * its sequence number, and if it has them `ack`, `win` (512), `mss`, `scale`, `ts` with a number
 * each, and "what it carries". C and S are two hosts; D is C at another port. A segment comes 1 ms
 * after the one before; `at` gives the milliseconds since the first instead.
 *
 * What is right is a line for each connection: who is CLIENT, how it opened, what each side sent,
 * in which order and how it ended, and then whatever is so of it: "keepalives", "missing", "long".
 */
struct doubt {
	const char *name, *shown, *right;
};

#define HANDSHAKE  "C SYN 100; S SYN+ACK 500 ack 101; C ACK 101 ack 501; "
#define TIMESTAMPS "C SYN 100 ts 1000; S SYN+ACK 500 ack 101 ts 9000; C ACK 101 ack 501 ts 1001; "

static const struct doubt doubts[] = {
	{"a connection from SYN to FIN",
		HANDSHAKE "C PSH+ACK 101 ack 501 \"hello\"; S ACK 501 ack 106; "
			  "S FIN+ACK 501 ack 106 \"hi\"; C FIN+ACK 106 ack 504; S ACK 504 ack 107",
		"C handshake \"hello\" \"hi\" closed by S"},

	/* Fast open: RFC 7413. */
	{"fast open: data in the SYN, acknowledged by the SYN+ACK",
		"C SYN 100 \"hello\"; S SYN+ACK 500 ack 106; C ACK 106 ack 501; S ACK 501 ack 106 "
		"\"hi\"",
		"C handshake \"hello\" \"hi\" open"},
	{"fast open: data in the SYN that the server does not take is sent again",
		"C SYN 100 \"hello\"; S SYN+ACK 500 ack 101; C ACK 101 ack 501 \"hello\"; S ACK "
		"501 ack 106",
		"C handshake \"hello\" \"\" open"},
	{"fast open: the server takes a part",
		"C SYN 100 \"hello\"; S SYN+ACK 500 ack 103; C ACK 103 ack 501 \"llo\"; S ACK 501 "
		"ack 106",
		"C handshake \"hello\" \"\" open"},
	{"fast open: an answer before the handshake's ACK",
		"C SYN 100 \"hello\"; S SYN+ACK 500 ack 106; S ACK 501 ack 106 \"hi\"; C ACK 106 "
		"ack 503",
		"C handshake \"hello\" \"hi\" open"},
	{"fast open: data and FIN in the SYN",
		"C SYN+FIN 100 \"hello\"; S SYN+ACK 500 ack 107; C ACK 107 ack 501; S FIN+ACK 501 "
		"ack 107; "
		"C ACK 107 ack 502",
		"C handshake \"hello\" \"\" closed by C"},
	{"fast open: refused", "C SYN 100 \"hello\"; S RST+ACK 0 ack 106",
		"C refused \"hello\" \"\" open, RST from S"},
	{"fast open: the SYN is sent again without its data",
		"C SYN 100 \"hello\"; C SYN 100 at 1000; S SYN+ACK 500 ack 101; C ACK 101 ack 501 "
		"\"hello\"",
		"C handshake \"hello\" \"\" open"},
	{"a SYN+ACK of more than was sent is another connection's",
		"C SYN 100 \"hello\"; S SYN+ACK 500 ack 107",
		"C unanswered \"hello\" \"\" open\n"
		"C unseen \"\" \"\" open"},

	/* Probes: RFC 9293 3.8.4, 3.8.6.1. */
	{"a keepalive without a byte",
		HANDSHAKE "C ACK 101 ack 501 \"x\"; S ACK 501 ack 102; C ACK 101 ack 501 at 1000; "
			  "S ACK 501 ack 102",
		"C handshake \"x\" \"\" open, keepalives 1"},
	{"a keepalive at once, where no ACK can have stood",
		HANDSHAKE "C ACK 101 ack 501 \"xyz\"; S ACK 501 ack 104; C ACK 103 ack 501; S ACK "
			  "501 ack 104",
		"C handshake \"xyz\" \"\" open, keepalives 1"},
	{"a keepalive at once, at the number of the SYN",
		HANDSHAKE "C ACK 100 ack 501; S ACK 501 ack 101",
		"C handshake \"\" \"\" open, keepalives 1"},
	{"a keepalive with a garbage byte",
		HANDSHAKE
		"C ACK 101 ack 501 \"x\"; S ACK 501 ack 102; C ACK 101 ack 501 \"\\0\" at 1000",
		"C handshake \"x\" \"\" open, keepalives 1"},
	{"a keepalive before anything was sent",
		HANDSHAKE "C ACK 100 ack 501 at 1000; S ACK 501 ack 101",
		"C handshake \"\" \"\" open, keepalives 1"},
	{"a byte that is sent again because its ACK got lost",
		HANDSHAKE
		"C ACK 101 ack 501 \"x\"; S ACK 501 ack 102; C ACK 101 ack 501 \"x\" at 204",
		"C handshake \"x\" \"\" open"},
	{"a byte that is sent again and again, each time later",
		HANDSHAKE
		"C ACK 101 ack 501 \"x\"; S ACK 501 ack 102; C ACK 101 ack 501 \"x\" at 1000; "
		"C ACK 101 ack 501 \"x\" at 3000; C ACK 101 ack 501 \"x\" at 7000; "
		"C ACK 101 ack 501 \"x\" at 15000; S ACK 501 ack 102",
		"C handshake \"x\" \"\" open"},
	{"a keepalive whose byte happens to be the right one",
		HANDSHAKE
		"C ACK 101 ack 501 \"x\"; S ACK 501 ack 102; C ACK 101 ack 501 \"x\" at 75000",
		"C handshake \"x\" \"\" open, keepalives 1"},
	{"a byte of two that is sent again is no probe",
		HANDSHAKE
		"C ACK 101 ack 501 \"xy\"; S ACK 501 ack 103; C ACK 102 ack 501 \"y\" at 204",
		"C handshake \"xy\" \"\" open"},
	{"an ACK that its own FIN overtook",
		HANDSHAKE "S ACK 501 ack 101 \"hi\"; C FIN+ACK 101 ack 503; S ACK 503 ack 102; C "
			  "ACK 101 ack 503; "
			  "S FIN+ACK 503 ack 102; C ACK 102 ack 504",
		"C handshake \"\" \"hi\" closed by C"},
	{"an ACK that its own byte overtook",
		HANDSHAKE "S ACK 501 ack 101 \"hi\"; C ACK 101 ack 503 \"x\"; S ACK 503 ack 102; C "
			  "ACK 101 ack 503",
		"C handshake \"x\" \"hi\" open"},
	{"an ACK that was held up for long, by its time stamp",
		TIMESTAMPS "S ACK 501 ack 101 \"hi\" ts 9001; C FIN+ACK 101 ack 503 ts 1004; "
			   "S ACK 503 ack 102 ts 9003; C ACK 101 ack 503 ts 1004 at 900",
		"C handshake \"\" \"hi\" open, FIN from C"},
	{"an ACK that acknowledges less than its side had is no probe",
		HANDSHAKE "S ACK 501 ack 101 \"hi\"; C ACK 101 ack 503 \"x\"; S ACK 503 ack 102; "
			  "C ACK 101 ack 501 at 900",
		"C handshake \"x\" \"hi\" open"},
	{"a keepalive in FIN-WAIT-2, by its time stamp",
		TIMESTAMPS "C FIN+ACK 101 ack 501 ts 1002; S ACK 501 ack 102 ts 9003; "
			   "C ACK 101 ack 501 ts 2003 at 1003; S ACK 501 ack 102 ts 10003",
		"C handshake \"\" \"\" open, FIN from C, keepalives 1"},
	{"a keepalive in FIN-WAIT-2, by its time",
		HANDSHAKE "C FIN+ACK 101 ack 501; S ACK 501 ack 102; C ACK 101 ack 501 at 1003",
		"C handshake \"\" \"\" open, FIN from C, keepalives 1"},
	{"a keepalive with a garbage byte before anything was sent",
		HANDSHAKE
		"C ACK 100 ack 501 \"?\" at 1000; S ACK 501 ack 101; C ACK 101 ack 501 \"x\"",
		"C handshake \"x\" \"\" open, keepalives 1"},
	{"a keepalive with a garbage byte in FIN-WAIT-2",
		HANDSHAKE
		"C FIN+ACK 101 ack 501 \"x\"; S ACK 501 ack 103; C ACK 102 ack 501 \"x\" at 1000",
		"C handshake \"x\" \"\" open, FIN from C, keepalives 1"},
	{"a probe of a closed window without a byte",
		HANDSHAKE
		"C ACK 101 ack 501 \"hello\"; S ACK 501 ack 106 win 0; C ACK 105 ack 501 at 204; "
		"S ACK 501 ack 106 win 0; C ACK 105 ack 501 at 604",
		"C handshake \"hello\" \"\" open, window probes 2"},
	{"a probe of a closed window with the next byte, sent again until it is taken",
		HANDSHAKE
		"C ACK 101 ack 501 \"hello\"; S ACK 501 ack 106 win 0; C ACK 106 ack 501 \"!\" at "
		"204; "
		"S ACK 501 ack 106 win 0; C ACK 106 ack 501 \"!\" at 604; S ACK 501 ack 107",
		"C handshake \"hello!\" \"\" open, window probes 2"},
	{"a keepalive when the window is open again",
		HANDSHAKE
		"C ACK 101 ack 501 \"hello\"; S ACK 501 ack 106 win 0; S ACK 501 ack 106; "
		"C ACK 105 ack 501 at 1000",
		"C handshake \"hello\" \"\" open, keepalives 1"},
	{"a probe of a closed window in a capture that began too late",
		"C ACK 101 ack 501 \"hello\"; S ACK 501 ack 106 win 0; C ACK 105 ack 501 at 204; "
		"S ACK 501 ack 106; C ACK 105 ack 501 at 1204",
		"C unseen \"hello\" \"\" open, keepalives 1, window probes 1"},
	{"a byte within the window is no probe",
		HANDSHAKE
		"S ACK 501 ack 101 win 1; C ACK 101 ack 501 \"x\"; S ACK 501 ack 102 win 1; "
		"C ACK 102 ack 501 \"y\"",
		"C handshake \"xy\" \"\" open"},
	{"an ACK that the byte overtook which fast open had sent in vain",
		"C SYN 100 \"x\"; S SYN+ACK 500 ack 101; C ACK 101 ack 501 \"x\"; S ACK 501 ack "
		"102; "
		"C ACK 101 ack 501",
		"C handshake \"x\" \"\" open"},
	{"an unacknowledged byte that is sent again is no probe",
		HANDSHAKE "C ACK 101 ack 501 \"x\"; C ACK 101 ack 501 \"x\" at 204; C ACK 101 ack "
			  "501 \"x\" at 9000",
		"C handshake \"x\" \"\" open"},

	/* Whose a segment is: RFC 9293 3.10.7, RFC 5961. */
	{"a challenge ACK of an older connection answers the SYN",
		"C SYN 100; S ACK 70000 ack 90000; C RST 90000; C SYN 100 at 1000; S SYN+ACK 500 "
		"ack 101; "
		"C ACK 101 ack 501; C ACK 101 ack 501 \"hello\"; S ACK 501 ack 106 \"hi\"",
		"C handshake \"hello\" \"hi\" open"},
	{"a challenge ACK of the connection before answers the SYN",
		HANDSHAKE "C SYN 9000; S ACK 501 ack 101; C RST 101; C SYN 9000 at 1000; "
			  "S SYN+ACK 700 ack 9001; C ACK 9001 ack 701",
		"C handshake \"\" \"\" open, RST from C\nC handshake \"\" \"\" open"},
	{"an older connection's RST answers the SYN",
		"C SYN 100; S RST 70000; C SYN 100 at 1000; S SYN+ACK 500 ack 101; C ACK 101 ack "
		"501 \"hello\"",
		"C handshake \"hello\" \"\" open"},
	{"an older connection's RST with an ACK answers the SYN",
		"C SYN 100; S RST+ACK 70000 ack 90000; C SYN 100 at 1000; S SYN+ACK 500 ack 101; C "
		"ACK 101 ack 501",
		"C handshake \"\" \"\" open"},
	{"data of an older connection answers the SYN",
		"C SYN 100; S PSH+ACK 70000 ack 90000 \"old\"; S SYN+ACK 500 ack 101; C ACK 101 "
		"ack 501",
		"C handshake \"\" \"\" open"},
	{"the SYN+ACK is not in the capture",
		"C SYN 100; C ACK 101 ack 501; C ACK 101 ack 501 \"hello\"; S ACK 501 ack 106 "
		"\"hi\"",
		"C unanswered \"hello\" \"hi\" open"},
	{"a server that began again answers the SYN by other numbers",
		"C SYN 100; S SYN+ACK 500 ack 101; C SYN 100 at 1000; S SYN+ACK 900 ack 101; "
		"C ACK 101 ack 901 \"hello\"; S ACK 901 ack 106 \"hi\"",
		"C handshake \"hello\" \"hi\" open"},
	{"a server answers the SYN by other numbers, and its first answer is taken",
		"C SYN 100; S SYN+ACK 500 ack 101; S SYN+ACK 900 ack 101; C ACK 101 ack 501 "
		"\"x\"; S ACK 501 ack 102 \"hey\"; C ACK 102 ack 504",
		"C handshake \"x\" \"hey\" open"},
	{"a server that began again answers the SYN by other numbers, when one was taken already",
		HANDSHAKE "S SYN+ACK 900 ack 101; C ACK 101 ack 501 \"hello\"; S ACK 501 ack 106",
		"C handshake \"hello\" \"\" open"},
	{"a refused SYN and the next on the same ports",
		"C SYN 100; S RST+ACK 0 ack 101; C SYN 9000; S SYN+ACK 500 ack 9001; C ACK 9001 "
		"ack 501",
		"C refused \"\" \"\" open, RST from S\nC handshake \"\" \"\" open"},
	{"a simultaneous open",
		"C SYN 100; S SYN 500; C SYN+ACK 100 ack 501; S SYN+ACK 500 ack 101; C ACK 101 ack "
		"501 \"a\"",
		"C simultaneous \"a\" \"\" open"},
	{"an old SYN without an answer, and a connection the other way",
		"C SYN 100; C SYN 100 at 1000; S SYN 500 at 61000; C SYN+ACK 7000 ack 501; S ACK "
		"501 ack 7001; "
		"S ACK 501 ack 7001 \"hi\"",
		"C unanswered \"\" \"\" open\nS handshake \"hi\" \"\" open"},
	{"a SYN without an answer, and at once a connection the other way",
		"C SYN 100; S SYN 500; C SYN+ACK 7000 ack 501; S ACK 501 ack 7001; S ACK 501 ack "
		"7001 \"hi\"",
		"C unanswered \"\" \"\" open\nS handshake \"hi\" \"\" open"},
	{"a SYN without an answer, and at once a refused one the other way",
		"C SYN 100; S SYN 500; C RST+ACK 0 ack 501",
		"C unanswered \"\" \"\" open\nS refused \"\" \"\" open, RST from C"},
	{"two SYNs without an answer, one long after the other", "C SYN 100; S SYN 500 at 61000",
		"C unanswered \"\" \"\" open\nS unanswered \"\" \"\" open"},
	{"the client's ACK of an older connection after its SYN",
		"C SYN 100; C ACK 90000 ack 70000; S SYN+ACK 500 ack 101; C ACK 101 ack 501",
		"C handshake \"\" \"\" open"},
	{"between two such SYNs another connection begins",
		"C SYN 100; S SYN 500; D SYN 300; C SYN+ACK 7000 ack 501; S ACK 501 ack 7001",
		"C unanswered \"\" \"\" open\nS handshake \"\" \"\" open\nD unanswered \"\" \"\" "
		"open"},

	{"the same numbers once more, when the connection is over",
		HANDSHAKE "S RST+ACK 501 ack 101; C SYN 100; S SYN+ACK 700 ack 101; "
			  "C ACK 101 ack 701 \"new\"; S ACK 701 ack 104",
		"C handshake \"\" \"\" open, RST from S\nC handshake \"new\" \"\" open"},

	/* Resets: RFC 9293 3.10.7.4, RFC 5961 3.2. */
	{"a RST at the next number", HANDSHAKE "S RST 501",
		"C handshake \"\" \"\" open, RST from S"},
	{"a RST after data that was not acknowledged",
		HANDSHAKE "S ACK 501 ack 101 \"hi\"; S RST+ACK 503 ack 101",
		"C handshake \"\" \"hi\" open, RST from S"},
	{"a RST at what is acknowledged, with data on its way",
		HANDSHAKE "S ACK 501 ack 101 \"hi\"; S RST 501",
		"C handshake \"\" \"hi\" open, RST from S"},
	{"a RST out of the window",
		HANDSHAKE "S RST 100501; C ACK 101 ack 501 \"abc\"; S ACK 501 ack 104",
		"C handshake \"abc\" \"\" open"},
	{"a RST within the window, at no number that was sent",
		HANDSHAKE "S RST 600; C ACK 101 ack 501 \"abc\"; S ACK 501 ack 104",
		"C handshake \"abc\" \"\" open"},
	{"a RST of before what is acknowledged",
		HANDSHAKE
		"S ACK 501 ack 101 \"hi\"; C ACK 101 ack 503; S RST 501; S ACK 503 ack 101 \"!\"",
		"C handshake \"\" \"hi!\" open"},
	{"a RST out of the window, and then the right one",
		HANDSHAKE "S RST 100501; C ACK 101 ack 501; S RST 501",
		"C handshake \"\" \"\" open, RST from S"},
	{"a RST at the number of a FIN that was acknowledged",
		HANDSHAKE
		"S FIN+ACK 501 ack 101; C ACK 101 ack 502; C ACK 101 ack 502 \"x\"; S RST 501",
		"C handshake \"x\" \"\" open, FIN from S, RST from S"},
	{"a RST that the client sends before it has an answer", "C SYN 100; C RST 101",
		"C unanswered \"\" \"\" open, RST from C"},
	{"a RST when all was closed in order",
		HANDSHAKE
		"C FIN+ACK 101 ack 501; S FIN+ACK 501 ack 102; C ACK 102 ack 502; S RST 502",
		"C handshake \"\" \"\" closed by C"},

	/* Out of the window: RFC 9293 3.10.7.4. */
	{"a FIN out of the window, and then the right one",
		HANDSHAKE "S FIN+ACK 100501 ack 101; C ACK 101 ack 501; S FIN+ACK 501 ack 101 "
			  "\"hi\"; C FIN+ACK 101 ack 504; S ACK 504 ack 102",
		"C handshake \"\" \"hi\" closed by S"},
	{"data out of the window, and then the right one",
		HANDSHAKE "S ACK 100501 ack 101 \"no\"; C ACK 101 ack 501; S ACK 501 ack 101 "
			  "\"hi\"; C ACK 101 ack 503",
		"C handshake \"\" \"hi\" open"},
	{"data out of the window says nothing of what is next",
		HANDSHAKE "S ACK 100501 ack 101 \"no\"; S RST 100503; S ACK 501 ack 101 \"hi\"",
		"C handshake \"\" \"hi\" open"},
	{"data out of the window that is acknowledged after all: the capture has a gap",
		HANDSHAKE "S ACK 501 ack 101 \"hi\"; S ACK 100501 ack 101 \"far\"; C ACK 101 ack "
			  "100504; S ACK 100504 ack 101 \"off\"; C ACK 101 ack 100507",
		"C handshake \"\" \"hi\" open, missing S 2 to 99999"},
	{"a FIN out of the window that is acknowledged after all",
		HANDSHAKE "S FIN+ACK 100501 ack 101 \"far\"; C FIN+ACK 101 ack 100505; "
			  "S ACK 100505 ack 102",
		"C handshake \"\" \"\" closed by S, missing S 0 to 99999"},
	{"both sides are out of the window after a gap in the capture",
		HANDSHAKE "S ACK 100501 ack 200101 \"far\"; C ACK 200101 ack 100504 \"off\"; "
			  "S ACK 100504 ack 200104; C ACK 200104 ack 100504; S ACK 100504 ack "
			  "200104 \"!\"; C RST 200104",
		"C handshake \"\" \"\" open, RST from C, missing C 0 to 199999"},
	{"data out of the window that follows what was sent",
		HANDSHAKE "C ACK 101 ack 501 win 2; S ACK 501 ack 101 \"hell\"; S ACK 505 ack 101 "
			  "\"o\"; C ACK 101 ack 506",
		"C handshake \"\" \"hello\" open, window probes 1"},
	{"data within a window that has shrunk since",
		HANDSHAKE "C ACK 101 ack 501 win 5; C ACK 101 ack 501 win 0; "
			  "S ACK 503 ack 101 \"llo\"; S ACK 501 ack 101 \"he\"; C ACK 101 ack 506",
		"C handshake \"\" \"hello\" open"},
	{"data after a gap within the window",
		HANDSHAKE "S ACK 503 ack 101 \"llo\"; S ACK 501 ack 101 \"he\"; C ACK 101 ack 506",
		"C handshake \"\" \"hello\" open"},

	/* What comes late in the capture, or not at all. */
	{"the ACK of a FIN stands before the FIN",
		HANDSHAKE "C ACK 101 ack 501 \"hello\"; S FIN+ACK 501 ack 107; C FIN+ACK 106 ack "
			  "501; C ACK 107 ack 502",
		"C handshake \"hello\" \"\" closed by S"},
	{"the ACK of data stands before the data",
		HANDSHAKE "S ACK 501 ack 106; C ACK 101 ack 501 \"hello\"",
		"C handshake \"hello\" \"\" open"},
	{"data that was acknowledged is not in the capture",
		HANDSHAKE "S ACK 501 ack 106; S ACK 501 ack 200106",
		"C handshake \"\" \"\" open, missing C 0 to 200004"},
	{"data after a gap that was acknowledged",
		HANDSHAKE "C ACK 111 ack 501 \"hello\"; S ACK 501 ack 116",
		"C handshake \"\" \"\" open, missing C 0 to 9"},
	{"data after a gap that nobody acknowledged",
		HANDSHAKE "C ACK 111 ack 501 \"hello\"; S ACK 501 ack 101",
		"C handshake \"\" \"\" open"},
	{"an acknowledged FIN is not in the capture",
		HANDSHAKE "C ACK 101 ack 501 \"hello\"; S ACK 501 ack 107",
		"C handshake \"hello\" \"\" open, missing C 5 to 5"},
	{"an ACK with numbers of no connection is not believed",
		HANDSHAKE "S ACK 70000 ack 200106; S ACK 501 ack 101",
		"C handshake \"\" \"\" open"},
	{"an ACK of more than a window can hold is not believed",
		HANDSHAKE "S ACK 501 ack 1900000000", "C handshake \"\" \"\" open"},

	/* Offloads: RFC 9293 3.7.1. */
	{"a segment as long as the MSS",
		"C SYN 100 mss 5; S SYN+ACK 500 ack 101 mss 2; C ACK 101 ack 501 \"ab\"; S ACK 501 "
		"ack 103 \"hello\"",
		"C handshake \"ab\" \"hello\" open"},
	{"a segment longer than the MSS is several",
		"C SYN 100 mss 5; S SYN+ACK 500 ack 101 mss 2; C ACK 101 ack 501 \"abc\"",
		"C handshake \"abc\" \"\" open, long"},
};

enum { CLIENT_PORT = 40000, OTHER_PORT = 40001, SERVER_PORT = 80, WINDOW = 512 };

/* What is left of a row's text. */
static const char *rest;

/* Takes a word, if that is next; otherwise leaves all as it is. */
static bool take_word(const char *word)
{
	size_t length = strlen(word);

	rest += strspn(rest, " ");
	if (strncmp(rest, word, length) != 0 || strchr(" ;", rest[length]) == NULL)
		return false;
	rest += length;
	return true;
}

static uint32_t take_number(void)
{
	char *end;
	unsigned long number = strtoul(rest, &end, 10);

	CU_ASSERT_FATAL(end > rest);
	rest = end;
	return (uint32_t)number;
}

/* Takes "text", in which \0 is a NUL. It lives until craft_free. */
static struct bytes take_text(void)
{
	const char *end = strchr(rest + 1, '"');

	CU_ASSERT_FATAL(end != NULL);
	struct bytes text = {(const unsigned char *)rest + 1, (size_t)(end - rest - 1)};
	rest = end + 1;
	return text.length == 2 && text.data[0] == '\\' ? craft_with(craft_cut(text, 1), 0, 1, 0)
							: text;
}

static uint8_t take_flags(void)
{
	static const char names[][4] = {"FIN", "SYN", "RST", "PSH", "ACK", "URG"};
	uint8_t flags = 0;

	rest += strspn(rest, " ");
	for (unsigned bit = 0; bit < 6; bit++)
		if (strncmp(rest, names[bit], 3) == 0) {
			flags |= (uint8_t)(1u << bit);
			rest += rest[3] == '+' ? 4 : 3;
			bit = UINT32_MAX;
		}
	return flags;
}

static void take_option(struct packet *packet, int64_t *time)
{
	struct tcp_options *options = &packet->tcp.options;

	rest += strspn(rest, " ");
	if (*rest == '"') {
		packet->payload = take_text();
	} else if (take_word("ack")) {
		packet->tcp.acknowledgment = take_number();
	} else if (take_word("win")) {
		packet->tcp.window = (uint16_t)take_number();
	} else if (take_word("mss")) {
		options->has_mss = true;
		options->mss = (uint16_t)take_number();
	} else if (take_word("ts")) {
		options->has_timestamps = true;
		options->timestamp = take_number();
	} else if (take_word("at")) {
		*time = (int64_t)take_number() * 1000000;
	} else {
		CU_FAIL_FATAL("a word that no row may have");
	}
}

/* Adds a segment of the row. */
static void take_segment(struct connections *table, int64_t *time, uint32_t index)
{
	bool from_client = take_word("C"), from_other = !from_client && take_word("D");
	uint16_t client = from_other ? OTHER_PORT : CLIENT_PORT;
	struct packet packet;

	CU_ASSERT_FATAL(from_client || from_other || take_word("S"));
	uint8_t flags = take_flags();
	packet = craft_segment(
		(struct craft_tcp){
			.from = from_client || from_other ? client : SERVER_PORT,
			.to = from_client || from_other ? SERVER_PORT : client,
			.flags = flags,
			.sequence = take_number(),
			.window = WINDOW,
		},
		"");
	*time += 1000000;
	while (*rest != '\0' && *rest != ';')
		take_option(&packet, time);
	rest += *rest == ';';
	CU_ASSERT_TRUE(connections_add(table, &packet, index, *time));
}

static const char *name_of(const struct stream *stream)
{
	return stream->address.port == SERVER_PORT   ? "S"
	       : stream->address.port == CLIENT_PORT ? "C"
						     : "D";
}

static void tell_stream(struct buffer *out, const struct stream *stream)
{
	char bytes[32];

	buffer_printf(out, " \"%.*s\"", (int)stream_copy(stream, 0, bytes, sizeof bytes), bytes);
	if (stream->has_conflict)
		buffer_printf(out, " in conflict");
}

static void tell_end(struct buffer *out, const struct connection *connection)
{
	const struct stream *streams = connection->streams;

	if (connection_closed_in_order(connection))
		buffer_printf(out, " closed by %s", name_of(&streams[connection->first_fin_from]));
	else
		buffer_printf(out, " open%s%s", connection->has_fin ? ", FIN from " : "",
			connection->has_fin ? name_of(&streams[connection->first_fin_from]) : "");
	if (connection->has_reset)
		buffer_printf(out, ", RST from %s", name_of(&streams[connection->reset_from]));
}

static void tell_connection(struct buffer *out, const struct connection *connection)
{
	static const char *const openings[] = {
		"unseen", "unanswered", "handshake", "incomplete", "refused", "simultaneous"};
	size_t keepalives = 0, window_probes = 0;
	bool is_long = false;
	enum side sender;
	uint64_t first, last;

	buffer_printf(out, "%s%s %s", out->length > 0 ? "\n" : "",
		name_of(&connection->streams[CLIENT]), openings[connection->opening]);
	tell_stream(out, &connection->streams[CLIENT]);
	tell_stream(out, &connection->streams[SERVER]);
	tell_end(out, connection);
	for (size_t i = 0; i < connection->segment_count; i++) {
		keepalives += connection->segments[i].probe == PROBE_KEEPALIVE;
		window_probes += connection->segments[i].probe == PROBE_WINDOW;
		is_long |= connection->segments[i].is_long;
	}
	if (keepalives > 0)
		buffer_printf(out, ", keepalives %zu", keepalives);
	if (window_probes > 0)
		buffer_printf(out, ", window probes %zu", window_probes);
	if (connection_lacks(connection, &sender, &first, &last))
		buffer_printf(out, ", missing %s %llu to %llu",
			name_of(&connection->streams[sender]), (unsigned long long)first,
			(unsigned long long)last);
	if (is_long)
		buffer_printf(out, ", long");
}

static void check(const struct doubt *doubt)
{
	struct connections table = {0};
	struct buffer found;
	int64_t time = -1000000;
	size_t lacking = 0;

	buffer_init(&found, 4096);
	rest = doubt->shown;
	for (uint32_t index = 0; *rest != '\0'; index++)
		take_segment(&table, &time, index);
	for (size_t i = 0; i < table.count; i++) {
		enum side sender;
		uint64_t first, last;
		tell_connection(&found, table.list[i]);
		lacking += connection_lacks(table.list[i], &sender, &first, &last);
	}
	unit_assert_text(buffer_text(&found), doubt->right, doubt->name, __FILE__, __LINE__);
	ASSERT_NUMBER(table.lacking, lacking);
	connections_free(&table);
	craft_free();
	buffer_free(&found);
}

TEST(doubts)
{
	for (size_t i = 0; i < sizeof doubts / sizeof *doubts; i++)
		check(&doubts[i]);
}
