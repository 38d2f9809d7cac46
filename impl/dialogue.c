/* What a program and its user say to each other in a terminal. */
#include "dialogue.h"

#include <ctype.h>
#include <stdio.h>

char *ask(const char *prompt, size_t *length)
{
	static char *line; /* getline(3) makes it as long as the line; room is its size */
	static size_t room;

	fputs(prompt, stdout);
	flush_output();
	ssize_t count = getline(&line, &room, stdin);
	if (count < 0 && !feof(stdin))
		fail("getline");
	if (count < 0)
		return NULL;

	char *first = line;
	char *end = line + count;
	while (first < end && isspace((unsigned char)*first))
		first++;
	while (first < end && isspace((unsigned char)end[-1]))
		end--;
	*length = (size_t)(end - first);
	return first;
}

void print_message(const struct address *sender, const char *text, size_t length)
{
	printf("a message from [");
	print_address(sender);
	printf("]: \033[1;44m");
	fwrite(text, 1, length, stdout);
	printf("\033[0m\n");
}
