#include "wirecheck.h"

CASE(.proves = "a case opens more sockets than it can", .clause = "none: fails on purpose")
{
	for (int i = 0; i <= 4096; i++)
		close_socket(open_socket(UDP));
}
