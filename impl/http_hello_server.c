/*
 * The server of a browser: a TCP server that keeps to HTTP (RFC 9112) and has one page, at /. Each
 * client is served by a process of its own, so that none waits for a slow one.
 *
 * socket, setsockopt, bind, listen, then for each client accept, recv, send, shutdown, close
 */
#include "common.h"
#include "signals.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define HEAD_MAX    8192 /* bytes of a request before its body */
#define SECONDS     4    /* that a connection may last */
#define OK          "200 OK"
#define BAD_REQUEST "400 Bad Request"

/* The characters of a method (RFC 9110 5.6.2). */
#define TOKEN "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

const char program[] = "http_hello_server";

/* The status that answers the request line METHOD TARGET VERSION. */
static const char *status_of(const char *line)
{
	size_t method = strspn(line, TOKEN);
	const char *target = line + method + 1;
	const char *version = target + strcspn(target, " \t\r\n");

	if (method == 0 || line[method] != ' ' || version == target ||
		(strncmp(version, " HTTP/1.0", 9) != 0 && strncmp(version, " HTTP/1.1", 9) != 0) ||
		version[9 + strspn(version + 9, "\r")] != '\n')
		return BAD_REQUEST;
	if (strncmp(line, "GET ", 4) != 0 && strncmp(line, "HEAD ", 5) != 0)
		return "501 Not Implemented";
	if (target[0] != '/')
		return BAD_REQUEST;
	return target[1] == ' ' || target[1] == '?' ? OK : "404 Not Found";
}

/* Receives until the empty line that ends the head. NULL when the client sent nothing. */
static const char *read_head(int connection, char head[HEAD_MAX + 1])
{
	size_t length = 0;

	for (;;) {
		/* Without room it receives nothing, as at the end of the stream. */
		ssize_t count = recv(connection, head + length, HEAD_MAX - length, 0);
		if (count < 0)
			fail("recv");
		length += (size_t)count;
		head[length] = '\0';
		if (strstr(head, "\n\r\n") != NULL || strstr(head, "\n\n") != NULL)
			return status_of(head);
		if (length == 0)
			return NULL;
		if (count == 0 || strlen(head) < length)
			return BAD_REQUEST;
	}
}

static void serve(int connection)
{
	char head[HEAD_MAX + 1], page[256], response[512];

	alarm(SECONDS); /* SIGALRM ends this process, and with it the connection */
	const char *status = read_head(connection, head);
	if (status == NULL)
		return;

	const char *title = strcmp(status, OK) == 0 ? "hello" : status;
	int length = snprintf(page, sizeof page,
		"<!DOCTYPE html>\n<title>%s</title>\n<h1>%s</h1>\n", title, title);
	int total = snprintf(response, sizeof response,
		"HTTP/1.1 %s\r\nContent-Type: text/html; charset=utf-8\r\n"
		"Content-Length: %d\r\nConnection: close\r\n\r\n%s",
		status, length, strncmp(head, "HEAD ", 5) == 0 ? "" : page);
	if (length < 0 || total < 0)
		fail("snprintf");
	if (!send_all(connection, response, (size_t)total))
		fail("send");

	/* If bytes are unread, close sends a reset, which could overtake the answer. */
	if (shutdown(connection, SHUT_WR) != 0)
		fail("shutdown");
	ssize_t count;
	while ((count = recv(connection, head, sizeof head, 0)) > 0)
		;
	if (count < 0)
		fail("recv");
}

int main(int argc, char **argv)
{
	prepare_standard_streams();
	struct address address = address_from_arguments(argc, argv, "8080");

	int listener = socket(address.generic.sa_family, SOCK_STREAM, 0);
	if (listener < 0)
		fail("socket");
	/* By HTTP the server closes first. Without this it could not start again at once. */
	int on = 1;
	if (setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0)
		fail("setsockopt");
	end_on_signal();
	if (signal(SIGCHLD, SIG_IGN) == SIG_ERR) /* nobody waits for the processes below */
		fail("signal");
	if (bind(listener, &address.generic, address.length) != 0)
		fail("bind");
	if (listen(listener, SOMAXCONN) != 0)
		fail("listen");

	for (;;) {
		int connection = accept(listener, NULL, NULL);
		if (connection < 0 && errno == ECONNABORTED) /* a client that has gone already */
			continue;
		if (connection < 0)
			fail("accept");
		pid_t child = fork();
		if (child < 0)
			fail("fork");
		if (child == 0) {
			if (close(listener) != 0)
				fail("close");
			serve(connection);
			return close(connection) == 0 ? 0 : 1;
		}
		if (close(connection) != 0)
			fail("close");
	}
}
