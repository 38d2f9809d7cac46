/*
 * FAIL: nobody listens.
 * says "expected no RST, found one from SERVER: nobody listened (RFC 9293 3.10.7.1)"
 */
#include "wirecheck.h"

CASE(.proves = "somebody listens", .clause = "RFC 9293 3.10.7.1")
{
	expect_connect_error(open_socket(TCP), "127.0.0.1", 7000, ECONNREFUSED);
	expect_no_reset(only_connection(7000));
}
