/*
 * The client is a whole browser. It asks in its own order, on several connections at once, and for
 * things that no script asks for (an icon). It shows the page as a person would see it.
 */
#include "wirecheck.h"

CASE(.proves = "headless Chromium loads the page", .clause = "RFC 9110 15.3.1; RFC 9112 6.3",
	.patience = 12 /* a browser takes long to start */)
{
	struct program *server = start("http_hello_server");
	until_listening(TCP, 8080);

	/* The browser's own services are off, because there is no network beyond the server. */
	struct program *browser = start_tool("chromium", "--headless", "--no-sandbox",
		"--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
		"--disable-background-networking", "--disable-component-update",
		"--no-proxy-server", "--user-data-dir=profile", "--dump-dom",
		"http://127.0.0.1:8080/");
	expect_exit(browser, 0);
	expect_output_matches(browser, "*<title>hello</title>*<h1>hello</h1>*");

	allow_other_traffic();
	send_signal(server, SIGTERM);
	expect_exit(server, 0);
}
