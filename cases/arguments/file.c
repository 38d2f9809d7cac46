/*
 * An argument that is missing is no empty text: a writer that takes it for one empties the file.
 */
#include "refused.h"

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
