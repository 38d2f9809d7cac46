/* The time server, with faults. */
#include "fault.h"

#include <ctype.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const char *default_format(void)
{
	if (fault("has another default format"))
		return "%c";
	return fault("leaves the seconds out of its default format") ? "%Y-%m-%d %H:%M"
								     : "%Y-%m-%d %X";
}

static size_t tell_time(char *text, size_t size, const char *form)
{
	time_t now = time(NULL);
	struct tm parts = fault("tells the time in UTC") ? *gmtime(&now) : *localtime(&now);

	if (fault("counts the months from 0"))
		parts.tm_mon--;
	if (fault("counts the years from 1900"))
		parts.tm_year -= 1900;
	if (fault("answers with the number of seconds"))
		return (size_t)snprintf(text, size, "%lld", (long long)now);
	if (fault("answers nothing to a format without a conversion") && strchr(form, '%') == NULL)
		return 0;
	size_t length = strftime(text, size, form, &parts);
	if (length == 0 && fault("answers with a part of a long time")) {
		char whole[8192];
		length = strftime(whole, sizeof whole, form, &parts);
		length = length < 1024 ? length : 1024;
		memcpy(text, whole, length);
	}
	return length;
}

static void answer(int handle, const char *form, const struct peer *client)
{
	char text[1025];
	size_t length = tell_time(text, sizeof text, form);

	if (fault("answers from another port"))
		handle = socket(AF_INET, SOCK_DGRAM, 0);
	if (fault("answers with a newline"))
		text[length++] = '\n';
	if (fault("answers with the NUL"))
		text[length++] = '\0';
	send_datagram(handle, text, length, client);
	if (fault("answers twice"))
		send_datagram(handle, text, length, client);
}

int main(int argc, char *argv[])
{
	char form[1025];
	struct peer client;
	int handle = open_bound(address_of(argc, argv, "9000"));

	if (fault("speaks its user's language"))
		setlocale(LC_ALL, "");
	end_on_signals();
	for (;;) {
		size_t length = receive_datagram(handle, form, &client);
		if (fault("ends at a format that is not ASCII"))
			for (size_t i = 0; i < length; i++)
				if (!isascii((unsigned char)form[i]))
					return 1;
		form[fault("has room for 20 bytes") && length > 20 ? 20 : length] = '\0';
		if (!fault("prints no arrow"))
			printf("===> ");
		printf("%s\n", form);
		if (!fault("does not flush what it prints") && fflush(stdout) != 0)
			fail("write");
		if (length == 0 && fault("takes an empty datagram for the end"))
			return 0;
		if (length == 0 && fault("ignores an empty datagram"))
			continue;
		answer(handle, length > 0 ? form : default_format(), &client);
		if (fault("ends after one answer"))
			return finish();
	}
}
