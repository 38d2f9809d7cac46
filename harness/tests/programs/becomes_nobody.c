/*
 * Listens on PORT of the loopback. If it is root, it gives a file to the user nobody and goes on as
 * that user: becomes_nobody PORT.
 */
#include <fcntl.h>
#include <grp.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#define NOBODY 65534

static bool become_nobody(void)
{
	struct stat status;
	gid_t groups[] = {NOBODY};
	int file = open("log", O_WRONLY | O_CREAT, 0600);

	return file >= 0 && fchown(file, NOBODY, NOBODY) == 0 && setgroups(1, groups) == 0 &&
	       setgid(NOBODY) == 0 && setuid(NOBODY) == 0 && setuid(0) != 0 &&
	       stat("log", &status) == 0 && status.st_uid == NOBODY && open("log", O_WRONLY) >= 0;
}

int main(int count, char *arguments[])
{
	struct sockaddr_in address = {
		.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int listener = socket(AF_INET, SOCK_STREAM, 0);

	if (count != 2)
		return 2;
	address.sin_port = htons((in_port_t)strtoul(arguments[1], NULL, 10));
	bool is_root = getuid() == 0;
	if (bind(listener, (struct sockaddr *)&address, sizeof address) != 0 ||
		(is_root && !become_nobody()) || listen(listener, 1) != 0) {
		perror("becomes_nobody");
		return 1;
	}
	if (is_root)
		printf("root, then %u\n", getuid());
	else
		printf("not root\n");
	int client = accept(listener, NULL, NULL);
	return send(client, "hi", 2, 0) != 2 || close(client) != 0;
}
