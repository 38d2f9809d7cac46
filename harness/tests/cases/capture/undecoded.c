#include "wirecheck.h"
#include "worker/context.h"

/* As a later kernel might do: the frame with the bytes is of a kind that cannot be decoded. */
static void garble(size_t length)
{
	struct error error;

	must(capture_read(&context.capture, &error), &error);
	for (size_t i = context.decoded; i < context.capture.count; i++) {
		struct bytes frame = context.capture.frames[i].bytes;
		if (frame.length > length)
			((unsigned char *)(uintptr_t)frame.data)[12] = 0xff;
	}
}

CASE(.proves = "bytes that were acknowledged but cannot be decoded give no verdict",
	.clause = "none: is broken on purpose")
{
	struct endpoint *listener = listen_on("127.0.0.1", 8898);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8898);
	struct endpoint *server = accept_from(listener);

	exchange(client, pattern(1000), server, pattern(1000));
	until_acknowledged(client);
	while (context.capture.count < 6)
		garble(1000);
	expect_sent_bytes(only_connection(8898), CLIENT, pattern(1000));
	allow_other_traffic();
}
