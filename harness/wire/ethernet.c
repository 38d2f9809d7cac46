/* Decodes the Ethernet frame: what is between its addresses and the IP packet. For decode.c. */
#include "wire/ethernet.h"

#include "wire/byte_reader.h"

#include <string.h>

/* At most this many VLAN tags are read. No standard has a limit. Wireshark reads as many. */
#define TAGS_MAXIMUM 20

/* IEEE 802.3 3.2.6: a number up to the first is a length, and from the second on a type. */
#define LENGTH_MAXIMUM    1500
#define ETHERTYPE_MINIMUM 1536

/* IEEE 802.2: with these, both service access points are the same, and the frame is unnumbered. */
#define SAP_IP     0x06
#define SAP_SNAP   0xaa
#define UNNUMBERED 0x03

/* The tags of IEEE 802.1Q and 802.1ad, and the one that was used before 802.1ad. */
static bool is_tag(uint16_t ethertype)
{
	return ethertype == 0x8100 || ethertype == 0x88a8 || ethertype == 0x9100;
}

/*
 * RFC 1042: both service access points (1 each), control (1), an organization (3) and its protocol
 * (2). With the organization 0 the protocol is an EtherType. It is one too with the organization
 * for bridges between Ethernet and other networks (IEEE 802.1H). Before RFC 1042, IP had a service
 * access point of its own.
 */
static const char *llc_header(struct reader *reader, uint16_t *ethertype)
{
	static const unsigned char bridged[3] = {0, 0, 0xf8}, none[3] = {0, 0, 0};
	uint8_t destination = reader_u8(reader), source = reader_u8(reader);
	uint8_t control = reader_u8(reader);

	*ethertype = 0;
	if (reader->failed)
		return "802.2 header: cut short";
	if (destination != source || control != UNNUMBERED)
		return NULL;
	if (destination == SAP_IP)
		*ethertype = ETHERTYPE_IPV4;
	if (destination != SAP_SNAP)
		return NULL;
	struct bytes organization = reader_take(reader, 3);
	uint16_t protocol = reader_u16(reader);
	if (reader->failed)
		return "802.2 SNAP header: cut short";
	if (memcmp(organization.data, none, 3) == 0 || memcmp(organization.data, bridged, 3) == 0)
		*ethertype = protocol;
	return NULL;
}

/* Reads what follows a type, or a length in its place. */
static const char *type_header(struct reader *reader, uint16_t *ethertype)
{
	if (*ethertype >= ETHERTYPE_MINIMUM)
		return NULL;
	if (*ethertype > LENGTH_MAXIMUM)
		return "Ethernet header: neither a type nor a length";
	/* A length beyond the end of the frame is no problem: the IP header is checked later. */
	reader->rest = bytes_part(reader->rest, 0, *ethertype);
	return llc_header(reader, ethertype);
}

/* A tag: priority and VLAN (2), and the type of what follows (2). */
static const char *tags(struct packet *packet, struct reader *reader, uint16_t *ethertype)
{
	const char *problem = type_header(reader, ethertype);

	for (unsigned count = 0; problem == NULL && is_tag(*ethertype); count++) {
		if (count == TAGS_MAXIMUM) {
			packet->kind = PACKET_OTHER;
			return "VLAN tag: more of them than are read";
		}
		reader_take(reader, 2);
		*ethertype = reader_u16(reader);
		if (reader->failed)
			return "VLAN tag: cut short";
		problem = type_header(reader, ethertype);
	}
	return problem;
}

/* Destination (6), source (6), type or length (2). */
const char *ethernet_headers(struct packet *packet, struct bytes *frame, uint16_t *ethertype)
{
	struct reader reader = {.rest = *frame};

	reader_take(&reader, 12);
	*ethertype = reader_u16(&reader);
	if (reader.failed)
		return "Ethernet header: cut short";
	const char *problem = tags(packet, &reader, ethertype);
	*frame = reader.rest;
	return problem;
}
