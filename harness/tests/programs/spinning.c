/* Computes without end, in more processes than there are processors, and does nothing else. */
#include <unistd.h>

int main(void)
{
	long others = sysconf(_SC_NPROCESSORS_ONLN);
	volatile unsigned long turns = 0;

	for (long i = 0; i < others; i++) {
		pid_t child = fork();
		if (child < 0)
			return 1;
		if (child == 0)
			break;
	}
	for (;;)
		turns++;
}
