/* impl/http_hello_server misused: requests that are none, clients that are slow, silent or gone. */
#include "demo.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PAGE         "<!DOCTYPE html>\n<title>hello</title>\n<h1>hello</h1>\n"
#define HOST         "Host: x\r\n\r\n"
#define CLOSED       ((const char *)NULL) /* no response at all */
#define HEAD_MAXIMUM ((size_t)8192)
#define MIB          ((size_t)1 << 20)
#define CUT_MS       7000 /* the contract's 5 s for a connection, and some for a busy machine */

static struct demo server;
static const struct use plain = {HERE, .argv = {"http_hello_server"}};

static int visit(void)
{
	struct sockaddr_in place = {.sin_family = AF_INET, .sin_port = htons(8080)};

	place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	int visitor =
		demo_connect(&server, SOCK_STREAM, (const struct sockaddr *)&place, sizeof place);
	INSIDE(visitor >= 0);
	return visitor;
}

/* Collects the response until the server ends it. False: it did not, in time. */
static bool collect(int visitor, struct buffer *response)
{
	struct pollfd readable = {visitor, POLLIN, 0};
	char part[4096];

	while (poll(&readable, 1, CUT_MS) == 1) {
		ssize_t length = recv(visitor, part, sizeof part, 0);
		if (length <= 0)
			return length == 0;
		buffer_append(response, part, (size_t)length);
	}
	return false;
}

static void send_whole(int visitor, struct bytes bytes)
{
	while (bytes.length > 0) {
		ssize_t sent = send(visitor, bytes.data, bytes.length, MSG_NOSIGNAL);
		if (!INSIDE(sent > 0))
			return;
		bytes.data += sent;
		bytes.length -= (size_t)sent;
	}
}

/* Checks that what came is one whole response of this status, with its body or without. */
static void check_response(
	struct buffer *response, const char *status, bool body, const char *file, int line)
{
	const char *text = buffer_text(response), *end = strstr(text, "\r\n\r\n");
	const char *length = strstr(text, "\r\nContent-Length: ");

	if (status == CLOSED) {
		inside_check(response->length == 0, file, line, "a response: %s", text);
		return;
	}
	inside_check(strncmp(text, "HTTP/1.1 ", 9) == 0 &&
			     strncmp(text + 9, status, strlen(status)) == 0,
		file, line, "expected %s, found: %s", status, text);
	if (!inside_check(end != NULL && length != NULL && length < end, file, line,
		    "no head, or no length in it: %s", text))
		return;
	inside_check(strtoul(length + 18, NULL, 10) == strlen(end + 4) || !body, file, line,
		"another body than its length says: %s", text);
	inside_check(body == (end[4] != '\0'), file, line, "body or not: %s", text);
	if (body && status[0] == '2')
		inside_text(end + 4, PAGE, "the page", file, line);
}

struct exchange {
	int line;
	struct bytes request;
	const char *status;
	bool no_body; /* in the response */
	bool ended;   /* the client ends its direction after the request */
};

static void exchange(const struct exchange *exchange)
{
	struct buffer response;
	int visitor = visit();

	buffer_init(&response, 65536);
	send_whole(visitor, exchange->request);
	if (exchange->ended)
		INSIDE(shutdown(visitor, SHUT_WR) == 0);
	inside_check(collect(visitor, &response), __FILE__, exchange->line, "not ended: %s, %s",
		strerror(errno), buffer_text(&response));
	check_response(&response, exchange->status, !exchange->no_body, __FILE__, exchange->line);
	buffer_free(&response);
	close(visitor);
}

#define ASK(request, status)                                  \
	{                                                     \
		__LINE__, TEXT(request), status, false, false \
	}
#define HEAD(request, status)                                \
	{                                                    \
		__LINE__, TEXT(request), status, true, false \
	}
#define ENDS(request, status)                                \
	{                                                    \
		__LINE__, TEXT(request), status, false, true \
	}

static const struct exchange exchanges[] = {
	ASK("GET / HTTP/1.1\r\n" HOST, "200 OK"),
	ASK("GET /?a=b HTTP/1.1\r\n" HOST, "200 OK"),
	ASK("GET / HTTP/1.0\n\n", "200 OK"),
	HEAD("HEAD / HTTP/1.1\r\n" HOST, "200 OK"),
	ASK("GET /x HTTP/1.1\r\n" HOST, "404 Not Found"),
	ASK("GET //x HTTP/1.1\r\n" HOST, "404 Not Found"),
	ASK("GET /\xff\xfe HTTP/1.1\r\n" HOST, "404 Not Found"),
	HEAD("HEAD /x HTTP/1.1\r\n" HOST, "404 Not Found"),
	ASK("POST / HTTP/1.1\r\nContent-Length: 3\r\n" HOST "a=b", "501 Not Implemented"),
	ASK("get / HTTP/1.1\r\n" HOST, "501 Not Implemented"),
	ASK("GETS / HTTP/1.1\r\n" HOST, "501 Not Implemented"),
	ASK("OPTIONS * HTTP/1.1\r\n" HOST, "501 Not Implemented"),
	ASK("\r\n\r\n", "400 Bad Request"),
	ASK("hello\r\n\r\n", "400 Bad Request"),
	ASK("GET\r\n\r\n", "400 Bad Request"),
	ASK("GET /\r\n\r\n", "400 Bad Request"),
	ASK("GET  / HTTP/1.1\r\n\r\n", "400 Bad Request"),
	ASK("GET / HTTP/1.1 \r\n\r\n", "400 Bad Request"),
	ASK("GET / HTTP/2.0\r\n\r\n", "400 Bad Request"),
	ASK("GET / http/1.1\r\n\r\n", "400 Bad Request"),
	ASK("GET x HTTP/1.1\r\n\r\n", "400 Bad Request"),
	ASK("G@T / HTTP/1.1\r\n\r\n", "400 Bad Request"),
	ASK("\xff\xfe / HTTP/1.1\r\n\r\n", "400 Bad Request"),
	ASK("GET / HTTP/1.1\r\nA: \0\r\n\r\n", "400 Bad Request"),
	ASK("\x16\x03\x01\0\x02", "400 Bad Request"), /* the beginning of TLS */
	ENDS("GET / HTTP/1.1\r\n" HOST, "200 OK"),
	ENDS("GET / HTTP/1.1\r\n", "400 Bad Request"),
	ENDS("", CLOSED),
	/* A second request on the connection is thrown away: one response came, and no more. */
	ASK("GET / HTTP/1.1\r\n" HOST "GET /x HTTP/1.1\r\n" HOST, "200 OK"),
};

static void requests(void)
{
	demo_start(&server, &plain);
	for (size_t i = 0; i < COUNT(exchanges); i++)
		exchange(&exchanges[i]);
	INSIDE(kill(server.pid, SIGTERM) == 0);
	demo_finish(&server, &plain);
}

TEST(each_request_has_its_status_and_whole_response)
{
	RUN_OR_SKIP(requests);
}

static void ask_for(struct bytes request, const char *status)
{
	exchange(&(struct exchange){__LINE__, request, status, false, false});
}

/* A head of this length, by a field of many letters. */
static void ask_with_head(size_t length, const char *status)
{
	static char head[HEAD_MAXIMUM + 2];
	static const char begin[] = "GET / HTTP/1.1\r\nA: ";

	snprintf(head, sizeof head, "%s%.*s\r\n\r\n", begin, (int)(length - strlen(begin) - 4),
		(const char *)demo_line(length).data);
	INSIDE_NUMBER(strlen(head), length);
	ask_for(bytes_of(head), status);
}

static void long_heads(void)
{
	demo_start(&server, &plain);
	ask_with_head(HEAD_MAXIMUM, "200 OK");
	ask_with_head(HEAD_MAXIMUM + 1, "400 Bad Request");
	ask_for(demo_line(MIB), "400 Bad Request");
	INSIDE(kill(server.pid, SIGINT) == 0);
	demo_finish(&server, &plain);
}

TEST(a_head_has_room_for_8192_bytes)
{
	RUN_OR_SKIP(long_heads);
}

/* A client that sends each byte by itself. */
static void drip(int visitor, const char *request)
{
	int on = 1;

	INSIDE(setsockopt(visitor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) == 0);
	for (; *request != '\0'; request++)
		INSIDE(send(visitor, request, 1, MSG_NOSIGNAL) == 1);
}

static void slow_clients(void)
{
	struct buffer response;
	int silent = visit(), begun = visit(), slow = visit();

	buffer_init(&response, 65536);
	drip(begun, "GET / HT");
	drip(slow, "GET / HTTP/1.1\r\n" HOST);
	INSIDE(collect(slow, &response));
	check_response(&response, "200 OK", true, __FILE__, __LINE__);
	buffer_clear(&response);
	ask_for(bytes_of("GET / HTTP/1.1\r\n" HOST), "200 OK"); /* held up by none of them */
	INSIDE(recv(silent, (char[1]){0}, 1, MSG_DONTWAIT) < 0 && errno == EAGAIN);
	INSIDE(collect(silent, &response)); /* cut off */
	check_response(&response, CLOSED, false, __FILE__, __LINE__);
	INSIDE(collect(begun, &response));
	close(silent);
	close(begun);
	close(slow);
	buffer_free(&response);
}

static void reset(int visitor)
{
	struct linger linger = {1, 0};

	INSIDE(setsockopt(visitor, SOL_SOCKET, SO_LINGER, &linger, sizeof linger) == 0);
	close(visitor);
}

/* Whether the server says something of it on standard error is free. */
static void bad_clients(void)
{
	struct use use = plain;

	use.error = "";
	demo_start(&server, &use);
	for (int i = 0; i < 20; i++) {
		int visitor = visit();
		if (i % 2 == 0)
			send_whole(visitor, bytes_of(i % 4 == 0 ? "GET /" : "GET / HTTP/1.0\n\n"));
		reset(visitor);
	}
	slow_clients();
	INSIDE(kill(server.pid, SIGTERM) == 0);
	demo_finish(&server, &use);
}

TEST(slow_silent_and_resetting_clients_harm_none_but_themselves)
{
	RUN_OR_SKIP(bad_clients);
}

/* A client that has its response and does not go: the server's process for it is still there. */
static int visit_and_stay(void)
{
	struct buffer response;
	int visitor = visit();

	buffer_init(&response, 65536);
	send_whole(visitor, bytes_of("GET / HTTP/1.1\r\n" HOST));
	INSIDE(collect(visitor, &response));
	buffer_free(&response);
	return visitor;
}

static void end_by(int signal, enum wrong wrong)
{
	struct use use = plain;

	use.wrong = wrong;
	use.status = signal == SIGKILL ? 128 + SIGKILL : 0;
	demo_start(&server, &use);
	int visitor = visit_and_stay();
	INSIDE(kill(server.pid, signal) == 0);
	demo_finish(&server, &use);
	close(visitor);
}

static void signals(void)
{
	end_by(SIGINT, NOTHING_WRONG);
	end_by(SIGTERM, NOTHING_WRONG);
	end_by(SIGINT, SIGNALS_OFF);
	end_by(SIGTERM, SIGNALS_OFF);
	end_by(SIGKILL, NOTHING_WRONG);
	end_by(SIGTERM, NOTHING_WRONG); /* started again at once, with a client still there */
}

TEST(a_signal_ends_it_at_once_and_well)
{
	RUN_OR_SKIP(signals);
}
