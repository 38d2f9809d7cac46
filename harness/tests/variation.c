/*
 * The demos with correct variations: linked around their system calls (ld's --wrap), and one of
 * them chosen by the environment variable WIRECHECK_VARIATION. None breaks a promise of
 * impl/README.md, so each program must pass every case with any of them.
 */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

int __real_main(int argc, char *argv[]);
int __real_socket(int family, int type, int protocol);
int __real_bind(int handle, const struct sockaddr *address, socklen_t size);
int __real_listen(int handle, int backlog);
int __real_connect(int handle, const struct sockaddr *address, socklen_t size);
int __real_accept(int handle, struct sockaddr *address, socklen_t *size);
ssize_t __real_send(int handle, const void *bytes, size_t length, int flags);
ssize_t __real_sendto(int handle, const void *bytes, size_t length, int flags,
	const struct sockaddr *address, socklen_t size);
ssize_t __real_recv(int handle, void *bytes, size_t size, int flags);
ssize_t __real_recvfrom(int handle, void *bytes, size_t size, int flags, struct sockaddr *address,
	socklen_t *address_size);

int __wrap_main(int argc, char *argv[]);
int __wrap_socket(int family, int type, int protocol);
int __wrap_bind(int handle, const struct sockaddr *address, socklen_t size);
int __wrap_listen(int handle, int backlog);
int __wrap_connect(int handle, const struct sockaddr *address, socklen_t size);
int __wrap_accept(int handle, struct sockaddr *address, socklen_t *size);
ssize_t __wrap_send(int handle, const void *bytes, size_t length, int flags);
ssize_t __wrap_sendto(int handle, const void *bytes, size_t length, int flags,
	const struct sockaddr *address, socklen_t size);
ssize_t __wrap_recv(int handle, void *bytes, size_t size, int flags);
ssize_t __wrap_recvfrom(int handle, void *bytes, size_t size, int flags, struct sockaddr *address,
	socklen_t *address_size);

static bool variation(const char *name)
{
	const char *asked = getenv("WIRECHECK_VARIATION");

	return asked != NULL && strcmp(asked, name) == 0;
}

/* A variation that the system does not have is left out, which is correct too. */
static void set(int handle, int level, int option, int value)
{
	int cause = errno;

	if (setsockopt(handle, level, option, &value, sizeof value) != 0)
		errno = cause;
}

static void take_time(void)
{
	int cause = errno;

	poll(NULL, 0, 100);
	errno = cause;
}

static void say(const char *call)
{
	int cause = errno;

	/* Not to a terminal, on which people see it beside what is printed. */
	if (variation("writes a log to standard error") && !isatty(STDERR_FILENO))
		fprintf(stderr, "log: %s\n", call);
	errno = cause;
}

static void await_by_select(int handle)
{
	fd_set set;

	FD_ZERO(&set);
	FD_SET(handle, &set);
	while (select(handle + 1, &set, NULL, NULL, NULL) < 0 && errno == EINTR)
		;
}

static void await_by_epoll(int handle)
{
	struct epoll_event event = {.events = EPOLLIN};
	int epoll = epoll_create1(EPOLL_CLOEXEC);

	if (epoll < 0 || epoll_ctl(epoll, EPOLL_CTL_ADD, handle, &event) != 0)
		return;
	while (epoll_wait(epoll, &event, 1, -1) < 0 && errno == EINTR)
		;
	close(epoll);
}

/* Waits until the socket has something to receive or to accept, where a variation does so. */
static void await(int handle)
{
	struct pollfd poll_of = {.fd = handle, .events = POLLIN};

	say("waits");
	if (variation("waits by poll"))
		while (poll(&poll_of, 1, -1) < 0 && errno == EINTR)
			;
	if (variation("looks every 10 ms"))
		while (poll(&poll_of, 1, 10) <= 0)
			;
	if (variation("waits by select"))
		await_by_select(handle);
	if (variation("waits by epoll"))
		await_by_epoll(handle);
}

static void open_spare_sockets(void)
{
	static const int families[] = {AF_INET, AF_INET6, AF_UNIX, AF_NETLINK, AF_PACKET};
	struct sockaddr_un address = {.sun_family = AF_UNIX};

	for (size_t i = 0; i < sizeof families / sizeof *families; i++)
		for (int type = SOCK_STREAM; type <= SOCK_DGRAM; type++)
			if (__real_socket(families[i], type, 0) >= 0)
				say("spare socket");
	/* One has a name that the system chooses, and listens. */
	int listener = __real_socket(AF_UNIX, SOCK_STREAM, 0);
	if (__real_bind(listener, (struct sockaddr *)&address, sizeof address.sun_family) == 0)
		__real_listen(listener, 1);
}

static void do_nothing(int number)
{
	(void)number;
}

static void interrupt_often(void)
{
	struct sigaction action = {.sa_handler = do_nothing, .sa_flags = SA_RESTART};
	struct itimerval every = {{0, 5000}, {0, 5000}};

	if (sigaction(SIGALRM, &action, NULL) == 0)
		setitimer(ITIMER_REAL, &every, NULL);
}

/*
 * Of several threads, only the one that works takes signals: a signal to a process goes to any
 * thread that does not block it, and the demos block some for a moment in theirs alone.
 */
static sigset_t mask_of_work;

static void hold_signals_here(void)
{
	sigset_t all;

	if (sigfillset(&all) != 0 || pthread_sigmask(SIG_SETMASK, &all, &mask_of_work) != 0)
		abort();
}

static void take_signals_here(void)
{
	if (pthread_sigmask(SIG_SETMASK, &mask_of_work, NULL) != 0)
		abort();
}

struct arguments {
	int count;
	char **list;
};

static void *run(void *argument)
{
	const struct arguments *arguments = argument;

	take_signals_here();
	exit(__real_main(arguments->count, arguments->list));
}

static void *wait_forever(void *argument)
{
	pause();
	return argument;
}

int __wrap_main(int argc, char *argv[])
{
	struct arguments arguments = {argc, argv};
	pthread_t thread;

	if (variation("starts slowly"))
		take_time();
	if (variation("has spare sockets"))
		open_spare_sockets();
	if (variation("is interrupted every 5 ms"))
		interrupt_often();
	if (variation("prints byte by byte"))
		setvbuf(stdout, NULL, _IONBF, 0);
	if (variation("has a full buffer for its output"))
		setvbuf(stdout, NULL, _IOFBF, 1 << 16);
	if (variation("has other threads that wait")) {
		hold_signals_here();
		if (pthread_create(&thread, NULL, wait_forever, NULL) != 0)
			return 1;
		take_signals_here();
	}
	if (variation("works in a second thread")) {
		hold_signals_here();
		if (pthread_create(&thread, NULL, run, &arguments) == 0)
			pthread_join(thread, NULL);
	}
	return __real_main(argc, argv);
}

static void set_options(int handle)
{
	if (variation("sets SO_KEEPALIVE"))
		set(handle, SOL_SOCKET, SO_KEEPALIVE, 1);
	if (variation("sets TCP_NODELAY"))
		set(handle, IPPROTO_TCP, TCP_NODELAY, 1);
	if (variation("sets TCP_QUICKACK"))
		set(handle, IPPROTO_TCP, TCP_QUICKACK, 1);
	if (variation("sets SO_OOBINLINE and SO_PRIORITY")) {
		set(handle, SOL_SOCKET, SO_OOBINLINE, 1);
		set(handle, SOL_SOCKET, SO_PRIORITY, 4);
	}
	if (variation("sets IP_TOS")) {
		set(handle, IPPROTO_IP, IP_TOS, 0x10);
		set(handle, IPPROTO_IPV6, IPV6_TCLASS, 0x10);
	}
	if (variation("has larger buffers")) {
		set(handle, SOL_SOCKET, SO_RCVBUF, 1 << 20);
		set(handle, SOL_SOCKET, SO_SNDBUF, 1 << 20);
	}
}

int __wrap_socket(int family, int type, int protocol)
{
	if (variation("closes its sockets on exec"))
		type |= SOCK_CLOEXEC;
	int handle = __real_socket(family, type, protocol);
	if (handle >= 0 && variation("has descriptors of high numbers")) {
		int high = fcntl(handle, F_DUPFD, 500);
		close(handle);
		handle = high;
	}
	if (handle >= 0)
		set_options(handle);
	say("socket");
	return handle;
}

int __wrap_bind(int handle, const struct sockaddr *address, socklen_t size)
{
	if (variation("sets IPV6_V6ONLY") && address->sa_family == AF_INET6)
		set(handle, IPPROTO_IPV6, IPV6_V6ONLY, 1);
	return __real_bind(handle, address, size);
}

int __wrap_listen(int handle, int backlog)
{
	return __real_listen(handle, variation("has the smallest backlog") ? 5 : backlog);
}

int __wrap_connect(int handle, const struct sockaddr *address, socklen_t size)
{
	struct sockaddr_in any = {.sin_family = AF_INET};

	if (variation("binds to port 0 before it connects") && address->sa_family == AF_INET &&
		__real_bind(handle, (struct sockaddr *)&any, sizeof any) != 0)
		return -1;
	say("connect");
	return __real_connect(handle, address, size);
}

/* Leaves the descriptor open, for the program closes it, but not the socket. */
static void close_listener(int listener)
{
	int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);

	if (nothing >= 0) {
		dup2(nothing, listener);
		close(nothing);
	}
}

int __wrap_accept(int handle, struct sockaddr *address, socklen_t *size)
{
	await(handle);
	int connection = variation("closes its sockets on exec")
				 ? accept4(handle, address, size, SOCK_CLOEXEC)
				 : __real_accept(handle, address, size);
	if (connection >= 0 && variation("closes its listener right after accept") &&
		strstr(program_invocation_short_name, "_hello_server") != NULL &&
		strstr(program_invocation_short_name, "http") == NULL)
		close_listener(handle);
	if (connection >= 0)
		set_options(connection);
	say("accept");
	return connection;
}

ssize_t __wrap_sendto(int handle, const void *bytes, size_t length, int flags,
	const struct sockaddr *address, socklen_t size)
{
	struct iovec vector = {(void *)(uintptr_t)bytes, length};
	struct msghdr message = {.msg_name = (void *)(uintptr_t)address,
		.msg_namelen = size,
		.msg_iov = &vector,
		.msg_iovlen = 1};

	say("send");
	if (variation("answers late"))
		take_time();
	if (variation("uses sendmsg and recvmsg"))
		return sendmsg(handle, &message, flags);
	if (variation("sends with MSG_NOSIGNAL"))
		flags |= MSG_NOSIGNAL;
	return __real_sendto(handle, bytes, length, flags, address, size);
}

ssize_t __wrap_send(int handle, const void *bytes, size_t length, int flags)
{
	if (variation("uses write and read") && flags == 0)
		return write(handle, bytes, length);
	return __wrap_sendto(handle, bytes, length, flags, NULL, 0);
}

static ssize_t receive_message(
	int handle, void *bytes, size_t size, struct sockaddr *address, socklen_t *address_size)
{
	struct iovec vector = {bytes, size};
	struct msghdr message = {.msg_name = address,
		.msg_namelen = address_size != NULL ? *address_size : 0,
		.msg_iov = &vector,
		.msg_iovlen = 1};
	ssize_t length = recvmsg(handle, &message, 0);

	if (length >= 0 && address_size != NULL)
		*address_size = message.msg_namelen;
	return length;
}

ssize_t __wrap_recvfrom(int handle, void *bytes, size_t size, int flags, struct sockaddr *address,
	socklen_t *address_size)
{
	await(handle);
	if (variation("reads late"))
		take_time();
	if (variation("uses sendmsg and recvmsg") && flags == 0)
		return receive_message(handle, bytes, size, address, address_size);
	if (variation("never blocks in a receive"))
		for (;;) {
			struct pollfd poll_of = {.fd = handle, .events = POLLIN};
			ssize_t length = __real_recvfrom(
				handle, bytes, size, flags | MSG_DONTWAIT, address, address_size);
			if (length >= 0 || errno != EAGAIN || (flags & MSG_DONTWAIT) != 0)
				return length;
			poll(&poll_of, 1, -1);
		}
	ssize_t length = __real_recvfrom(handle, bytes, size, flags, address, address_size);
	say("receive");
	return length;
}

ssize_t __wrap_recv(int handle, void *bytes, size_t size, int flags)
{
	if (variation("uses write and read") && flags == 0)
		return read(handle, bytes, size);
	return __wrap_recvfrom(handle, bytes, size, flags, NULL, NULL);
}
