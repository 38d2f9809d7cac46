/* json.c: strings of any bytes, and a verdict as one line. */
#include "command/json.h"
#include "unit.h"

#include <string.h>

/* A view of a string literal, with the NULs that it holds. */

static void check_string(struct bytes text, const char *expected)
{
	struct buffer out;

	buffer_init(&out, 4096);
	json_string(&out, text);
	ASSERT_TEXT(buffer_text(&out), expected);
	buffer_free(&out);
}

TEST(plain_text_stands_in_quotes)
{
	check_string(bytes_of("tcp/hello 127.0.0.1"), "\"tcp/hello 127.0.0.1\"");
	check_string(bytes_of(""), "\"\"");
	check_string((struct bytes){NULL, 0}, "\"\"");
	check_string(bytes_of("/'~\x7f"), "\"/'~\x7f\"");
}

TEST(quotes_backslashes_and_controls_are_escaped)
{
	check_string(bytes_of("say \"hi\""), "\"say \\\"hi\\\"\"");
	check_string(bytes_of("a\\b"), "\"a\\\\b\"");
	check_string(bytes_of("one\ntwo\n"), "\"one\\ntwo\\n\"");
	check_string(bytes_of("\t\r\b\f\x1f "), "\"\\u0009\\u000d\\u0008\\u000c\\u001f \"");
}

TEST(a_nul_is_a_character_like_others)
{
	check_string(BYTES("a\0b"), "\"a\\u0000b\"");
}

TEST(utf8_stands_as_it_is)
{
	check_string(bytes_of("h\xc3\xa9llo \xe2\x82\xac \xf0\x9f\x98\x80"),
		"\"h\xc3\xa9llo \xe2\x82\xac \xf0\x9f\x98\x80\"");
	check_string(bytes_of("\xf4\x8f\xbf\xbf"), "\"\xf4\x8f\xbf\xbf\"");
}

TEST(each_byte_that_is_no_utf8_becomes_a_replacement_character)
{
	check_string(bytes_of("\xff"), "\"\\ufffd\"");
	check_string(bytes_of("a\x80z"), "\"a\\ufffdz\"");
	check_string(bytes_of("cut \xe2\x82"), "\"cut \\ufffd\\ufffd\"");
	check_string(bytes_of("\xe2\x82z"), "\"\\ufffd\\ufffdz\"");
	check_string(bytes_of("\xc3\xc3\xa9"), "\"\\ufffd\xc3\xa9\"");
}

TEST(overlong_forms_are_no_utf8)
{
	check_string(bytes_of("\xc0\xaf"), "\"\\ufffd\\ufffd\"");
	check_string(bytes_of("\xe0\x80\xa2"), "\"\\ufffd\\ufffd\\ufffd\"");
	check_string(bytes_of("\xf0\x80\x80\xa2"), "\"\\ufffd\\ufffd\\ufffd\\ufffd\"");
}

TEST(surrogates_and_what_is_beyond_unicode_are_no_utf8)
{
	check_string(bytes_of("\xed\xa0\x80"), "\"\\ufffd\\ufffd\\ufffd\"");
	check_string(bytes_of("\xed\xbf\xbf"), "\"\\ufffd\\ufffd\\ufffd\"");
	check_string(bytes_of("\xf4\x90\x80\x80"), "\"\\ufffd\\ufffd\\ufffd\\ufffd\"");
}

TEST(a_verdict_is_one_line)
{
	struct json_verdict verdict = {
		.name = "tcp/hello",
		.run = 3,
		.verdict = "FAIL",
		.seconds = 0.0271828,
		.asserts = 12,
		.proves = "a greeting \"arrives\"",
		.clause = "RFC 9293 3.5",
		.text = "cases/tcp/hello.c:14: expected \"hi\"\nfound nothing",
	};
	struct buffer out;

	buffer_init(&out, 4096);
	json_verdict(&out, &verdict);
	ASSERT_TEXT(buffer_text(&out),
		"{\"name\":\"tcp/hello\",\"run\":3,\"verdict\":\"FAIL\",\"seconds\":0.027183,"
		"\"asserts\":12,\"proves\":\"a greeting \\\"arrives\\\"\","
		"\"clause\":\"RFC 9293 3.5\",\"text\":\"cases/tcp/hello.c:14: expected "
		"\\\"hi\\\"\\n"
		"found nothing\"}\n");
	buffer_free(&out);
}

TEST(a_verdict_follows_the_one_before)
{
	struct json_verdict verdict = {.name = "a", .run = 1, .verdict = "PASS", .text = ""};
	struct buffer out;

	buffer_init(&out, 4096);
	json_verdict(&out, &verdict);
	json_verdict(&out, &verdict);
	ASSERT_TEXT(buffer_text(&out),
		"{\"name\":\"a\",\"run\":1,\"verdict\":\"PASS\",\"seconds\":0.000000,"
		"\"asserts\":0,\"text\":\"\"}\n"
		"{\"name\":\"a\",\"run\":1,\"verdict\":\"PASS\",\"seconds\":0.000000,"
		"\"asserts\":0,\"text\":\"\"}\n");
	buffer_free(&out);
}

TEST(a_verdict_of_a_matrix_names_both_sides)
{
	struct json_verdict verdict = {.name = "a",
		.run = 1,
		.verdict = "PASS",
		.text = "",
		.client = "c \"1\"",
		.server = "sh"};
	struct buffer out;

	buffer_init(&out, 4096);
	json_verdict(&out, &verdict);
	ASSERT_TEXT(buffer_text(&out),
		"{\"name\":\"a\",\"run\":1,\"verdict\":\"PASS\",\"seconds\":0.000000,"
		"\"asserts\":0,\"text\":\"\",\"client\":\"c \\\"1\\\"\",\"server\":\"sh\"}\n");
	buffer_free(&out);
}
