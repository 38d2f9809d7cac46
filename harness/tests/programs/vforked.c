/*
 * Waits in vfork(2) for a child that waits for ever. The kernel gives this wait the same state as a
 * wait for the disk.
 */
#include <sys/types.h>
#include <unistd.h>

int main(void)
{
	if (vfork() == 0)
		for (;;)
			pause();
	return 0;
}
