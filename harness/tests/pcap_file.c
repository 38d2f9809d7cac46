/* Files in the format pcap, for tests that ask tshark about crafted frames. */
#include "pcap_file.h"

#include <stdio.h>

void pcap_file_begin(struct buffer *file)
{
	const uint32_t header[] = {0xa1b2c3d4, 4 << 16 | 2, 0, 0, 262144, 1};

	buffer_init(file, (size_t)64 << 20);
	buffer_append(file, header, sizeof header);
}

void pcap_file_add(struct buffer *file, struct bytes frame, int64_t seconds)
{
	const uint32_t header[] = {
		(uint32_t)seconds, 0, (uint32_t)frame.length, (uint32_t)frame.length};

	buffer_append(file, header, sizeof header);
	buffer_append(file, frame.data, frame.length);
}

bool pcap_file_write(const struct buffer *file, const char *path)
{
	FILE *out = fopen(path, "we");

	if (out == NULL)
		return false;
	bool written = !file->full && fwrite(file->data, 1, file->length, out) == file->length;
	return fclose(out) == 0 && written;
}
