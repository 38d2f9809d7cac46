/* Verbs about all that crossed the wire. */
#include "verbs/traffic.h"

#include "worker/context.h"
#include "worker/report.h"
#include "worker/settle.h"

#include <stdbool.h>

/* All packets but those that the kernel says by itself, which are among the strays. */
static void note_all_packets(void)
{
	const struct wire *wire = &context.wire;
	size_t next = 0;

	for (size_t i = 0; i < context.capture.count; i++) {
		while (next < wire->stray_count && wire->strays[next].packet < i)
			next++;
		bool is_kernels = next < wire->stray_count && wire->strays[next].packet == i &&
				  wire->strays[next].is_kernels;
		if (!is_kernels)
			context_note((uint32_t)i, false);
	}
}

void case_expect_no_packets(const struct place *place)
{
	struct buffer seen;

	context_at(place);
	must_settle();
	/* What the kernel says by itself is no program's. */
	size_t count = context.capture.count - wire_kernels(&context.wire);
	buffer_init(&seen, 4096);
	buffer_printf(&seen, "expected no packet at all, found %zu\n", count);
	report_wire(&seen, &context.wire, 0);
	/* On the host's loopback others talk too; the accounting tells what is the case's. */
	if (!expect_text(count == 0 || !context.settings->isolated, buffer_text(&seen)))
		note_all_packets();
	buffer_free(&seen);
}

void case_allow_other_traffic(const struct place *place)
{
	context_at(place);
	context.allows_other_traffic = true;
}

void case_allow_traffic_on(const struct place *place, uint16_t port)
{
	context_at(place);
	context_port(port);
	for (size_t i = 0; i < context.allowed_port_count; i++)
		if (context.allowed_ports[i] == port)
			return;
	if (context.allowed_port_count == PORTS_MAXIMUM)
		case_over(BROKEN, "the case allows traffic on more than %d ports", PORTS_MAXIMUM);
	context.allowed_ports[context.allowed_port_count++] = port;
}
