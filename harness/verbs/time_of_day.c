/* Verbs about answers that say the time. */
#include "verbs/time_of_day.h"

#include "base/text.h"
#include "worker/context.h"

#include <stdbool.h>

/* Longer answers than this do not fit the demos' datagrams either. */
#define TIME_TEXT 1024

time_t case_wall_clock(void)
{
	return time(NULL);
}

/* How far TIME_ZONE is ahead of UTC, in seconds. */
#define AHEAD (5 * 3600 + 30 * 60)

/* The time of some second as the format has it, in that zone and the C locale. */
static struct bytes time_text(char out[TIME_TEXT], const char *format, time_t second)
{
	time_t there = second + AHEAD;
	struct tm parts;

	if (gmtime_r(&there, &parts) == NULL)
		case_over(BROKEN, "gmtime failed");
	return (struct bytes){(unsigned char *)out, strftime(out, TIME_TEXT, format, &parts)};
}

void case_expect_time(
	const struct place *place, struct datagram *datagram, const char *format, time_t before)
{
	char first[TIME_TEXT], each[TIME_TEXT];
	struct buffer text;
	bool held = false;

	/* time(2) may lag behind this clock by a tick, so it serves for the time before alone. */
	struct timespec now;

	context_at(place);
	clock_gettime(CLOCK_REALTIME, &now);
	time_t after = now.tv_sec;
	for (time_t second = before; !held && second <= after; second++)
		held = bytes_equal(time_text(each, format, second), datagram->payload);
	buffer_init(&text, 4096);
	buffer_printf(&text, "%s in the zone " TIME_ZONE " between ", format);
	text_quote(&text, time_text(first, format, before), 200);
	buffer_printf(&text, " and ");
	text_quote(&text, time_text(each, format, after), 200);
	buffer_printf(&text, ": found ");
	text_quote(&text, datagram->payload, 200);
	expect_text(held, buffer_text(&text));
	datagram->looked_at = true;
	context_note(datagram->packets[0], held);
	buffer_free(&text);
}
