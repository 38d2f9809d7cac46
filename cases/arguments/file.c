/*
 * An argument that is missing is no empty text: a writer that takes it for one empties the file.
 */
#include "wirecheck.h"

/* The program says how it is used, and does nothing. */
#define refused(...)                                          \
	do {                                                  \
		struct program *program = start(__VA_ARGS__); \
		until_given_up(program);                      \
		expect_exit(program, 2);                      \
		expect_error(program, "usage");               \
		expect_output(program, "");                   \
	} while (0)

CASE(.proves = "arguments missing, empty or too many get the usage",
	.clause = "the demos' contract")
{
	refused("file_exchange_writer");
	refused("file_exchange_writer", "shared.txt");
	refused("file_exchange_writer", "", "text");
	refused("file_exchange_writer", "shared.txt", "text", "more");
	refused("file_exchange_reader");
	refused("file_exchange_reader", "");
	refused("file_exchange_reader", "shared.txt", "more");
	expect_no_file("shared.txt");
	expect_no_packets();
}
