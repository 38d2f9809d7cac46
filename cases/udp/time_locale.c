/*
 * The answer is for a program, so it is in the C locale wherever the server runs. Many programs
 * call setlocale(3) with "" out of habit. Such a server answers in the language of the person who
 * started it, and that shows only on somebody else's machine. The language must not change the text
 * of an error either, because scripts find out by it what went wrong.
 *
 * The case makes a locale of its own, so that its words are known. They belong to no language.
 */
#include "wirecheck.h"

static const char make_locale[] =
	"printf '%s\\n' '<code_set_name> ASCII' '<comment_char> %' '<escape_char> /' CHARMAP \\\n"
	"	'<U0000>..<U007F> /x00' 'END CHARMAP' >charmap\n"
	"printf '%s\\n' 'comment_char %' 'escape_char /' LC_TIME \\\n"
	"	'day \"Da\";\"Db\";\"Dc\";\"Dd\";\"De\";\"Df\";\"Dg\"' \\\n"
	"	'abday \"da\";\"db\";\"dc\";\"dd\";\"de\";\"df\";\"dg\"' \\\n"
	"	'mon \"M\";\"M\";\"M\";\"M\";\"M\";\"M\";\"M\";\"M\";\"M\";\"M\";\"M\";\"M\"' \\\n"
	"	'abmon \"m\";\"m\";\"m\";\"m\";\"m\";\"m\";\"m\";\"m\";\"m\";\"m\";\"m\";\"m\"' "
	"\\\n"
	"	'd_t_fmt \"%A\"' 'd_fmt \"%d\"' 't_fmt \"%H\"' 'am_pm \"in\";\"out\"' \\\n"
	"	't_fmt_ampm \"%I\"' 'END LC_TIME' >words\n"
	"localedef -c -f ./charmap -i ./words ./xx_XX >/dev/null 2>&1\n"
	"LC_ALL=xx_XX LOCPATH=. date +%B\n";

CASE(.proves = "the language of its user changes neither a program's answer nor its errors",
	.clause = "POSIX setlocale, strftime, strerror")
{
	const char *const language[] = {
		TIME_ZONE, "LC_ALL=xx_XX", "LOCPATH=.", "LANGUAGE=de:fr:ja", NULL};
	expect_exit(start_tool("localedef", "--version"), 0);
	expect_output(start_tool("sh", "-c", make_locale), "M\n");

	struct program *server = start_with(LAUNCH(.environment = language), "udp_time_server");
	until_listening(UDP, 9000);
	time_t before = wall_clock();
	struct endpoint *client = connect_to(UDP, "127.0.0.1", 9000);
	send_text(client, "%A %a %B %b %p %X %x %c %r");
	until_waiting(server, SERVER, 9000);
	expect_time(datagram_of(9000, 2), "%A %a %B %b %p %X %x %c %r", before);
	send_signal(server, SIGTERM);
	expect_exit(server, 0);

	struct endpoint *holder = bind_to(UDP, "127.0.0.1", 9001);
	struct program *refused =
		start_with(LAUNCH(.environment = language), "udp_time_server", "127.0.0.1", "9001");
	expect_exit(refused, 1);
	expect_error(refused, "Address already in use");
	close_socket(holder);
	expect_datagrams(9000, from(CLIENT, "%A %a %B %b %p %X %x %c %r"));
}
