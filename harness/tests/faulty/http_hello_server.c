/* The web server, with faults. It serves one connection after the other. */
#include "fault.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char page[] = "<!DOCTYPE html>\n<title>hello</title>\n<h1>hello</h1>\n";

static int open_listener(const struct addrinfo *address)
{
	int listener = socket(address->ai_family, SOCK_STREAM, 0);

	if (fault("listens on 0.0.0.0"))
		((struct sockaddr_in *)address->ai_addr)->sin_addr.s_addr = INADDR_ANY;
	if (fault("sets SO_REUSEPORT too"))
		set_option(listener, SO_REUSEPORT);
	if (!fault("does not set SO_REUSEADDR"))
		set_option(listener, SO_REUSEADDR);
	if (bind(listener, address->ai_addr, address->ai_addrlen) != 0)
		fail("bind");
	if (listen(listener, fault("listens with a backlog of 1") ? 1 : 64) != 0)
		fail("listen");
	return listener;
}

/* Receives the head of a request as a text. It is empty if the client closed at once. */
static void receive_head(int connection, char head[8193])
{
	size_t length = 0;
	ssize_t count;

	head[0] = '\0';
	bool strict = fault("takes only CR LF for the end of a line");
	while (strstr(head, strict ? "\r\n\r\n" : "\n\r\n") == NULL &&
		(strict || strstr(head, "\n\n") == NULL)) {
		count = recv(connection, head + length, 8192 - length, 0);
		if (count <= 0)
			break;
		length += (size_t)count;
		head[length] = '\0';
		if (fault("takes the first segment for the request"))
			break;
		if (fault("looks for the empty line in each part alone") &&
			strstr(head + length - (size_t)count, "\r\n\r\n") == NULL)
			head[0] = '.';
	}
}

static const char *status_of(const char *head)
{
	char method[16], target[1024], version[16], end[2];
	bool whole = strstr(head, "\n\r\n") != NULL || strstr(head, "\n\n") != NULL ||
		     fault("takes what has come for the whole head");

	if (sscanf(head, "%15[A-Za-z]%*1[ ]%1023[^ \t\r\n]%*1[ ]%15[^\r\n]%1[\r\n]", method, target,
		    version, end) != 4 ||
		(strcmp(version, "HTTP/1.0") != 0 && strcmp(version, "HTTP/1.1") != 0) || !whole ||
		(*target != '/' && !fault("takes a target without a slash")))
		return fault("takes a malformed request for a missing page") ? "404 Not Found"
									     : "400 Bad Request";
	if (fault("ends at a request that it does not know") && strcmp(method, "GET") != 0)
		exit(1);
	if (strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0 &&
		!fault("takes every method for GET"))
		return "501 Not Implemented";
	if (fault("has the same page at every path"))
		return "200 OK";
	if (strcmp(target, "/") == 0)
		return "200 OK";
	if (strncmp(target, "/?", 2) == 0 && !fault("does not know queries"))
		return "200 OK";
	return fault("says 200 for a missing page") ? "200 Not Found" : "404 Not Found";
}

static void respond(int connection, const char *head)
{
	const char *status = status_of(head);
	const char *end = fault("ends lines with LF") ? "\n" : "\r\n";
	const char *body = strncmp(status, "200", 3) == 0 ? page : "<!DOCTYPE html>\n";
	const char *type = fault("sends plain text") ? "text/plain" : "text/html; charset=utf-8";
	size_t length = strlen(body);
	char text[1024];

	if (fault("counts one byte too few"))
		length--;
	if (fault("counts one byte too many"))
		length++;
	bool no_body = strncmp(head, "HEAD ", 5) == 0 && !fault("answers HEAD with the body");
	if (fault("sends no body"))
		no_body = true;
	snprintf(text, sizeof text,
		"%s %s%sContent-Type: %s%sContent-Length: %zu%sConnection: close%s%s%s",
		fault("speaks HTTP/1.0") ? "HTTP/1.0" : "HTTP/1.1", status, end, type, end, length,
		end, end, fault("leaves out the empty line") ? "" : end, no_body ? "" : body);
	if (fault("is killed by SIGPIPE"))
		signal(SIGPIPE, SIG_DFL);
	if (send(connection, text, strlen(text), 0) < 0)
		perror("send");
}

static void serve(int connection)
{
	char head[8193], rest[1024];

	receive_head(connection, head);
	if (head[0] != '\0')
		respond(connection, head);
	if (fault("keeps the connection open"))
		return;
	if (fault("closes with bytes unread")) {
		close(connection);
		return;
	}
	shutdown(connection, SHUT_WR);
	while (recv(connection, rest, sizeof rest, 0) > 0)
		;
	close(connection);
}

int main(int argc, char *argv[])
{
	int listener = open_listener(address_of(argc, argv, "8080"));

	end_on_signals();
	for (;;) {
		int connection = accept(listener, NULL, NULL);
		if (connection < 0)
			fail("accept");
		if (fault("a child goes on in its parent's loop")) {
			signal(SIGCHLD, SIG_IGN);
			if (fork() != 0) {
				close(connection);
				continue;
			}
			close(listener);
		}
		serve(connection);
		if (fault("ends after one request"))
			return finish();
	}
}
