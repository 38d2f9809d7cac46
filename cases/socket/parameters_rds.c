/* This is socket/parameters for AF_RDS (reliable datagrams), on kernels that have it. */
#include "wirecheck.h"

CASE(.proves = "an AF_RDS socket is made as asked",
	.clause = "Linux Documentation/networking/rds.rst", .needs_family = AF_RDS)
{
	struct program *program = start("socket_parameters", "AF_RDS", "SOCK_SEQPACKET");
	expect_exit(program, 0);
	expect_output(program, "AF_RDS SOCK_SEQPACKET 0\n");
}
