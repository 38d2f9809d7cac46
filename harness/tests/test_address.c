/* address.c: text, parsing, and the way to a socket address and back. */
#include "base/address.h"
#include "unit.h"

#include <netinet/in.h>
#include <string.h>

static struct address parsed(const char *host, uint16_t port)
{
	struct address address;

	CU_ASSERT_TRUE(address_parse(&address, host, port));
	return address;
}

TEST(an_ipv4_address_is_parsed_into_the_first_four_bytes)
{
	static const unsigned char expected[16] = {192, 0, 2, 7};
	struct address address;

	memset(&address, 0xff, sizeof address);
	CU_ASSERT_TRUE(address_parse(&address, "192.0.2.7", 8898));
	ASSERT_NUMBER(address.version, 4);
	ASSERT_NUMBER(address.port, 8898);
	CU_ASSERT_EQUAL(memcmp(address.ip, expected, sizeof expected), 0);
}

TEST(an_ipv6_address_is_parsed_into_all_sixteen)
{
	static const unsigned char expected[16] = {0x20, 0x01, 0x0d, 0xb8, [15] = 7};
	struct address address = parsed("2001:db8::7", 1);

	ASSERT_NUMBER(address.version, 6);
	ASSERT_NUMBER(address.port, 1);
	CU_ASSERT_EQUAL(memcmp(address.ip, expected, sizeof expected), 0);
}

TEST(what_is_no_numeric_address_is_refused)
{
	static const char *const hosts[] = {"", "localhost", "127.0.0", "127.0.0.256", "127.0.0.1 ",
		"127.0.0.1:80", "[::1]", "::1%lo", ":::", "1:2:3:4:5:6:7:8:9"};
	struct address address;

	for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++) {
		CU_ASSERT_FALSE(address_parse(&address, hosts[i], 80));
		ASSERT_NUMBER(address.version, 0);
	}
}

TEST(the_text_of_an_address)
{
	struct address address;
	char text[ADDRESS_TEXT];

	address = parsed("127.0.0.1", 8898);
	ASSERT_TEXT(address_text(&address, text), "127.0.0.1:8898");
	address = parsed("::1", 65535);
	ASSERT_TEXT(address_text(&address, text), "[::1]:65535");
	address = (struct address){.port = 7};
	ASSERT_TEXT(address_text(&address, text), "?:7");
}

TEST(the_longest_text_fits)
{
	struct address address = parsed("1234:5678:9abc:def0:1234:5678:9abc:def0", 65535);
	char text[ADDRESS_TEXT];

	ASSERT_TEXT(
		address_text(&address, text), "[1234:5678:9abc:def0:1234:5678:9abc:def0]:65535");
	address = parsed("::ffff:255.255.255.255", 65535);
	ASSERT_TEXT(address_text(&address, text), "[::ffff:255.255.255.255]:65535");
}

TEST(addresses_are_equal_in_version_ip_and_port)
{
	struct address a = parsed("127.0.0.1", 80), b = parsed("127.0.0.1", 80);

	CU_ASSERT_TRUE(address_equal(&a, &b));
	b.port = 81;
	CU_ASSERT_FALSE(address_equal(&a, &b));
	b = parsed("127.0.0.2", 80);
	CU_ASSERT_FALSE(address_equal(&a, &b));
	b = a;
	b.version = 6;
	CU_ASSERT_FALSE(address_equal(&a, &b));
	a = parsed("2001:db8::1", 80);
	b = parsed("2001:db8::2", 80);
	CU_ASSERT_FALSE(address_equal(&a, &b));
}

TEST(an_ipv4_socket_address_and_back)
{
	struct address address = parsed("192.0.2.7", 8898), back;
	struct sockaddr_storage storage;
	struct sockaddr_in in;

	memset(&storage, 0xff, sizeof storage);
	ASSERT_NUMBER(address_to_socket(&address, &storage), sizeof(struct sockaddr_in));
	memcpy(&in, &storage, sizeof in);
	ASSERT_NUMBER(in.sin_family, AF_INET);
	ASSERT_NUMBER(ntohs(in.sin_port), 8898);
	ASSERT_NUMBER(ntohl(in.sin_addr.s_addr), 0xc0000207);
	for (size_t i = 0; i < sizeof in.sin_zero; i++)
		ASSERT_NUMBER(in.sin_zero[i], 0);

	back = address_from_socket(&storage);
	CU_ASSERT_TRUE(address_equal(&address, &back));
}

TEST(an_ipv6_socket_address_and_back)
{
	struct address address = parsed("2001:db8::7", 8898), back;
	struct sockaddr_storage storage;
	struct sockaddr_in6 in6;

	memset(&storage, 0xff, sizeof storage);
	ASSERT_NUMBER(address_to_socket(&address, &storage), sizeof(struct sockaddr_in6));
	memcpy(&in6, &storage, sizeof in6);
	ASSERT_NUMBER(in6.sin6_family, AF_INET6);
	ASSERT_NUMBER(ntohs(in6.sin6_port), 8898);
	ASSERT_NUMBER(in6.sin6_scope_id, 0);
	ASSERT_NUMBER(in6.sin6_flowinfo, 0);
	CU_ASSERT_EQUAL(memcmp(&in6.sin6_addr, address.ip, 16), 0);

	back = address_from_socket(&storage);
	CU_ASSERT_TRUE(address_equal(&address, &back));
}

TEST(no_address_becomes_no_socket_address)
{
	struct address none = {.port = 80};
	struct sockaddr_storage storage;

	ASSERT_NUMBER(address_to_socket(&none, &storage), 0);
	ASSERT_NUMBER(storage.ss_family, AF_UNSPEC);
}

TEST(a_socket_address_of_another_family_is_no_address)
{
	struct sockaddr_storage storage;

	memset(&storage, 0xff, sizeof storage);
	storage.ss_family = AF_UNIX;
	struct address address = address_from_socket(&storage);
	ASSERT_NUMBER(address.version, 0);
	ASSERT_NUMBER(address.port, 0);
}
