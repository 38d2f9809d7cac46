/* Frames one after the other, fragments too: nothing of them is lost track of. */
#include "fuzz.h"

#include "wire.h"

/* Frames that stand one behind the other, each behind its length in one byte. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct reader reader = {.rest = {data, size}};
	struct wire wire = {0};
	uint32_t index = 0;

	while (!reader.failed && reader.rest.length > 0) {
		struct bytes frame = reader_take(&reader, reader_u8(&reader));
		wire_add(&wire, frame, frame.length, index, index);
		index++;
	}
	wire_free(&wire);
	return 0;
}
