/* The meaning of an ICMP error's type and code, in words. */
#include "wire/icmp.h"

#include <stddef.h>

#define ANY (-1)

/* The first row that fits counts. */
static const struct {
	int version, type, code;
	const char *text;
} meanings[] = {
	{4, 3, 0, "network unreachable"},
	{4, 3, 1, "host unreachable"},
	{4, 3, 2, "protocol unreachable"},
	{4, 3, 3, "port unreachable"},
	{4, 3, 4, "fragmentation needed and DF set"},
	{4, 3, 9, "administratively prohibited"},
	{4, 3, 10, "administratively prohibited"},
	{4, 3, 13, "administratively prohibited"},
	{4, 3, ANY, "destination unreachable"},
	{4, 4, ANY, "source quench"},
	{4, 5, ANY, "redirect"},
	{4, 11, 0, "time to live exceeded"},
	{4, 11, 1, "fragment reassembly time exceeded"},
	{4, 12, ANY, "parameter problem"},
	{6, 1, 0, "no route to destination"},
	{6, 1, 1, "administratively prohibited"},
	{6, 1, 3, "address unreachable"},
	{6, 1, 4, "port unreachable"},
	{6, 1, ANY, "destination unreachable"},
	{6, 2, ANY, "packet too big"},
	{6, 3, 0, "hop limit exceeded"},
	{6, 3, 1, "fragment reassembly time exceeded"},
	{6, 4, ANY, "parameter problem"},
};

const char *icmp_meaning(uint8_t version, uint8_t type, uint8_t code)
{
	for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++)
		if (meanings[i].version == version && meanings[i].type == type &&
			(meanings[i].code == code || meanings[i].code == ANY))
			return meanings[i].text;
	return "unknown error";
}
