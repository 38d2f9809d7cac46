/* The address that a case names. */
#include "verbs/numeric_address.h"

#include "worker/context.h"

struct address numeric_address(const char *host, uint16_t port)
{
	struct address address;

	if (!address_parse(&address, host, port))
		case_over(BROKEN, "%s is not a numeric address", host);
	return address;
}
