/* packet_notes.c: which expectation looked at which packet, in which order, and which notes are left out. */
#include "unit.h"
#include "worker/packet_notes.h"

#include <stdlib.h>
#include <string.h>

static const struct place here = {"cases/own.c", 10, "expect_sent(conn, CLIENT, text)"};
static const struct place below = {"cases/own.c", 20, "expect_pushed(conn, CLIENT)"};
static const struct place beside = {"cases/own.c", 10, "expect_open(conn)"};
static const struct place elsewhere = {"cases/helper.h", 1, "expect_closed(conn)"};

static void look(
	struct notes *notes, const struct place *place, uint32_t packet, const char *failure)
{
	notes_expectation(notes, failure);
	notes_add(notes, place, packet, failure == NULL);
}

/* The list as packets, lines and texts. */
static void check_list(struct notes *notes, const char *expected)
{
	struct buffer text;

	notes_sort(notes, "cases/own.c");
	buffer_init(&text, 4096);
	for (size_t i = 0; i < notes->count; i++)
		buffer_printf(&text, "%u:%d%s%s ", notes->list[i].packet,
			notes->list[i].place != NULL ? notes->list[i].place->line : 0,
			notes->list[i].held ? "" : "=", notes_text(notes, &notes->list[i]));
	ASSERT_TEXT(buffer_text(&text), expected);
	buffer_free(&text);
	notes_free(notes);
}

TEST(failures_come_first_then_the_source_has_the_order)
{
	struct notes notes = {0};

	look(&notes, &below, 1, NULL);
	look(&notes, &elsewhere, 1, NULL);
	look(&notes, &below, 1, "b");
	look(&notes, NULL, 1, "n");
	look(&notes, &here, 1, NULL);
	look(&notes, &elsewhere, 1, "e");
	look(&notes, &here, 1, "h");
	look(&notes, &below, 0, NULL);
	check_list(&notes, "0:20 1:10=h 1:20=b 1:1=e 1:0=n 1:10 1:20 1:1 ");
}

/* A helper that is called twice, and two verbs on one line. */
TEST(one_line_that_was_looked_at_twice_is_two)
{
	struct notes notes = {0};

	look(&notes, &here, 3, NULL);
	look(&notes, &beside, 3, NULL);
	look(&notes, &here, 3, NULL);
	look(&notes, &here, 3, "first");
	look(&notes, &here, 3, "second");
	check_list(&notes, "3:10=first 3:10=second 3:10 3:10 3:10 ");
}

TEST(one_expectation_says_it_of_a_packet_once)
{
	struct notes notes = {0};

	look(&notes, &here, 3, "once");
	notes_add(&notes, &here, 3, false);
	notes_add(&notes, &here, 4, false);
	check_list(&notes, "3:10=once 4:10=once ");
}

/* It is no expectation's, so it stands beside what each of them says. */
TEST(what_was_done_to_a_packet_is_noted_with_its_text)
{
	struct notes notes = {0};

	look(&notes, &below, 3, NULL);
	look(&notes, &below, 3, "wrong");
	notes_add_done(&notes, &here, 3, "lost on purpose");
	notes_add_done(&notes, &here, 1, "lost on purpose");
	ASSERT_NUMBER(notes.list[2].expectation, 0);
	check_list(&notes, "1:10lost on purpose 3:20=wrong 3:10lost on purpose 3:20 ");
}

TEST(what_ends_a_case_is_noted_before)
{
	struct notes notes = {0};

	notes_add_next(&notes, &here, 1);
	notes_add_next(&notes, &here, 2);
	notes_expectation(&notes, "over");
	look(&notes, &here, 1, "more");
	notes_add_next(&notes, &below, 1);
	notes_expectation(&notes, "over again");
	check_list(&notes, "1:10=over 1:10=more 1:20=over again 2:10=over ");
}

TEST(a_text_becomes_one_line_without_what_aligned_it)
{
	struct notes notes = {0};

	look(&notes, &here, 0,
		"what CLIENT sent differs\n  expected  0000  79  y\n  found     0000  78  x\n"
		"                  ^^\n\nand so on\n");
	check_list(&notes, "0:10=what CLIENT sent differs | expected 0000 79 y | found 0000 78 x | "
			   "and so on ");
}

TEST(a_long_text_is_cut_at_a_character)
{
	struct notes notes = {0};
	char text[2001];

	for (size_t i = 0; i + 2 <= 2000; i += 2)
		memcpy(text + i, "\xc3\xa9", 2);
	text[2000] = '\0';
	look(&notes, &here, 0, text);
	const char *kept = notes_text(&notes, &notes.list[0]);
	CU_ASSERT(strlen(kept) <= 600);
	CU_ASSERT_PTR_NOT_NULL(strstr(kept, "\xc3\xa9... cut here, at 600 bytes"));
	notes_free(&notes);
}

/* Notes of what held are left out first, then further packets of a failure. */
TEST(each_failure_keeps_a_packet_when_there_is_no_room)
{
	struct notes notes = {0};

	notes_expectation(&notes, NULL);
	for (uint32_t i = 0; i < NOTES_MAXIMUM; i++)
		notes_add(&notes, &here, i, true);
	ASSERT_NUMBER(notes.count, NOTES_MAXIMUM / 2);
	ASSERT_NUMBER(notes.held_left_out, NOTES_MAXIMUM / 2);
	notes_expectation(&notes, "a");
	for (uint32_t i = 0; i < NOTES_MAXIMUM; i++)
		notes_add(&notes, &here, i, false);
	ASSERT_NUMBER(notes.count, NOTES_MAXIMUM / 4 * 3);
	ASSERT_NUMBER(notes.failed_left_out, NOTES_MAXIMUM / 4 * 3);
	look(&notes, &below, 7, "b");
	notes_add(&notes, &below, 8, false);
	ASSERT_NUMBER(notes.count, NOTES_MAXIMUM / 4 * 3 + 1);
	ASSERT_NUMBER(notes.failed_left_out, NOTES_MAXIMUM / 4 * 3 + 1);
	CU_ASSERT(notes.list[notes.count - 1].packet == 7);
	notes_free(&notes);
}

TEST(texts_that_find_no_room_are_empty)
{
	struct notes notes = {0};
	char text[600];

	memset(text, 'a', sizeof text - 1);
	text[sizeof text - 1] = '\0';
	for (size_t i = 0; i < TEXTS_MAXIMUM / sizeof text + 10; i++)
		notes_expectation(&notes, text);
	CU_ASSERT(notes.texts.length <= TEXTS_MAXIMUM);
	notes_add(&notes, &here, 1, false);
	notes_add_next(&notes, &here, 2);
	notes_expectation(&notes, "over");
	check_list(&notes, "1:10= 2:10= ");
}

TEST(what_a_socket_received_is_noted_when_it_is_found)
{
	struct notes notes = {0};
	const struct socket_failure failure = {.offset = 3};

	notes_expectation(&notes, "received");
	notes_add_socket_failure(&notes, &here, &failure, false);
	look(&notes, &below, 1, NULL);
	notes_add_socket_failure(&notes, &below, &failure, true);
	notes_expectation(&notes, "reset");
	ASSERT_NUMBER(notes.socket_failure_count, 2);
	ASSERT_NUMBER(notes.socket_failures[1].offset, 3);
	notes_found(&notes, &notes.socket_failures[0], 1);
	notes_found(&notes, &notes.socket_failures[1], 2);
	check_list(&notes, "1:10=received 1:20 2:20=reset ");
}

TEST(receipts_beyond_the_maximum_are_counted)
{
	struct notes notes = {0};
	const struct socket_failure failure = {0};

	notes_expectation(&notes, "received");
	for (size_t i = 0; i < SOCKET_FAILURES_MAXIMUM + 2; i++)
		notes_add_socket_failure(&notes, &here, &failure, false);
	ASSERT_NUMBER(notes.socket_failure_count, SOCKET_FAILURES_MAXIMUM);
	ASSERT_NUMBER(notes.failed_left_out, 2);
	notes_free(&notes);
}
