/* Waits in vfork(2) for a child that waits for ever: the kernel gives that a wait for the disk's
 * state. */
#include <sys/types.h>
#include <unistd.h>

int main(void)
{
	if (vfork() == 0)
		for (;;)
			pause();
	return 0;
}
