#include "wirecheck.h"

CASE(.proves = "what is at a path is not what is expected there",
	.clause = "none: fails on purpose")
{
	struct program *program = start("sh", "-c", "echo hello > greeting; mkdir folder");
	expect_exit(program, 0);
	listen_at_path("hello.sock");

	expect_socket_file("nothing");
	expect_socket_file("greeting");
	expect_no_file("greeting");
	expect_no_file("hello.sock");
	expect_no_file("folder");
}
