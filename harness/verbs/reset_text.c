/* Who sent the RST of a connection, and why, as a text. */
#include "verbs/reset_text.h"

#include "kernel/counters.h"
#include "verbs/texts.h"
#include "wire/reset_cause.h"
#include "worker/context.h"
#include "worker/counter_growth.h"

const char *reset_text(const struct connection *connection)
{
	struct reset_counts counts;
	struct counters now;
	struct error error;
	struct buffer why;

	must(counters_read(&now, &error), &error);
	counter_growth(&now, "TcpExt", "TCPAbortOnClose", &counts.on_close);
	counter_growth(&now, "TcpExt", "TCPAbortOnData", &counts.on_data);
	counter_growth(&now, "TcpExt", "TCPAbortOnLinger", &counts.on_linger);
	counter_growth(&now, "TcpExt", "TCPAbortOnMemory", &counts.on_memory);
	counter_growth(&now, "TcpExt", "TCPAbortOnTimeout", &counts.on_timeout);
	counter_growth(&now, "TcpExt", "ListenOverflows", &counts.listen_overflows);
	buffer_init(&why, 1024);
	reset_explain(&why, connection, &counts);
	const char *text = format("%s: %s", side_name(connection->reset_from), buffer_text(&why));
	buffer_free(&why);
	return text;
}
