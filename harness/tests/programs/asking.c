/*
 * Prints to both outputs in turn, asks on standard error, and answers. All three streams must be a
 * terminal.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(void)
{
	char name[64];

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO) || !isatty(STDERR_FILENO))
		return 9;
	for (int i = 0; i < 100; i++) {
		printf("%d\n", i);
		fflush(stdout);
		fprintf(stderr, "%d\n", i);
	}
	fprintf(stderr, "name? ");
	if (fgets(name, sizeof name, stdin) == NULL)
		return 8;
	name[strcspn(name, "\n")] = '\0';
	printf("hello %s\n", name);
	return 0;
}
