/*
 * Runs a command on a machine unlike this one, for tests: machine KIND COMMAND [ARGUMENT...]
 *   no-namespaces  refuses new namespaces
 *   no-capture     does not let the command capture on the host's network
 *   no-udplite     a kernel that makes no socket of UDP-Lite
 *   no-openat2     a kernel without openat2(2), as before Linux 5.6
 *   no-netfilter   a kernel without nftables and all that belongs to it
 *   shared         a loopback without a sandbox, on which others talk all the time
 *   other          has other files, a name, limits and an environment that are nobody's default
 *   taken PORT     the same, and somebody listens on the TCP port
 *   time-wait PORT the same, and a connection on the TCP port is in TIME-WAIT
 *   no-offloads    a loopback without a sandbox, and without offloads
 *   big-tcp SIZE   a loopback without a sandbox, where TCP makes packets of up to SIZE bytes
 */
#include "kernel/network.h"
#include "kernel/offload.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <libmnl/libmnl.h>
#include <linux/filter.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <linux/seccomp.h>
#include <netinet/in.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define OTHERS_PORT 5555

/* Where in a number of 64 bits its lower 32 are. */
#define LOW_HALF (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ ? 4 : 0)

static int check(int outcome, const char *what)
{
	if (outcome >= 0)
		return outcome;
	perror(what);
	exit(125);
}

static void write_file(const char *path, const char *text)
{
	int file = check(open(path, O_WRONLY | O_CLOEXEC), path);

	check((int)write(file, text, strlen(text)), path);
	close(file);
}

/* Whoever has user 0 in a user namespace keeps all its capabilities over an exec. */
static void enter_namespaces(int flags)
{
	char user[64], group[64];

	snprintf(user, sizeof user, "0 %u 1", geteuid());
	snprintf(group, sizeof group, "0 %u 1", getegid());
	check(unshare(CLONE_NEWUSER | flags), "unshare");
	write_file("/proc/self/setgroups", "deny");
	write_file("/proc/self/uid_map", user);
	write_file("/proc/self/gid_map", group);
}

static struct sockaddr_in loopback(uint16_t port)
{
	return (struct sockaddr_in){
		.sin_family = AF_INET,
		.sin_port = htons(port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
}

static int open_listener(uint16_t port)
{
	struct sockaddr_in address = loopback(port);
	int listener = check(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket");

	check(bind(listener, (struct sockaddr *)&address, sizeof address), "bind");
	check(listen(listener, 8), "listen");
	return listener;
}

/* Connects to the listener; the side that accepted closes first when it is to keep TIME-WAIT. */
static void exchange(int listener, uint16_t port, bool server_first)
{
	struct sockaddr_in address = loopback(port);
	int client = check(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket");

	check(connect(client, (struct sockaddr *)&address, sizeof address), "connect");
	int server = check(accept4(listener, NULL, NULL, SOCK_CLOEXEC), "accept");
	check((int)send(client, "others' business", 16, MSG_NOSIGNAL), "send");
	char byte;
	check((int)recv(server, &byte, 1, MSG_WAITALL), "recv");
	while (recv(server, &byte, 1, MSG_DONTWAIT) > 0)
		;
	close(server_first ? server : client);
	close(server_first ? client : server);
}

/* Connections, datagrams and, as nobody is on the datagrams' port, ICMP errors. */
_Noreturn static void talk(void)
{
	struct sockaddr_in address = loopback(OTHERS_PORT);
	int listener = open_listener(OTHERS_PORT);
	int sender = check(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), "socket");

	for (;;) {
		exchange(listener, OTHERS_PORT, false);
		check((int)sendto(
			      sender, "hello", 5, 0, (struct sockaddr *)&address, sizeof address),
			"sendto");
		poll(NULL, 0, 20); /* so little that even a machine with much to do captures all */
	}
}

/* A process that goes when this one does. */
static pid_t fork_here(void)
{
	pid_t child = check(fork(), "fork");

	if (child == 0)
		check(prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0), "prctl");
	return child;
}

_Noreturn static void run(char *command[])
{
	execvp(command[0], command);
	perror(command[0]);
	exit(127);
}

_Noreturn static void run_beside_others(char *command[])
{
	int status = 0;
	pid_t others = fork_here();

	if (others == 0)
		talk();
	pid_t child = fork_here();
	if (child == 0)
		run(command);
	check(waitpid(child, &status, 0), "waitpid");
	kill(others, SIGKILL);
	exit(WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
}

/* In the place of a file of /etc, where there is one. */
static void replace(const char *name, const char *text)
{
	char from[64], to[64];

	snprintf(from, sizeof from, "/mnt/%s", name);
	snprintf(to, sizeof to, "/etc/%s", name);
	if (access(to, F_OK) != 0)
		return;
	close(check(open(from, O_WRONLY | O_CREAT | O_CLOEXEC, 0644), from));
	write_file(from, text);
	check(mount(from, to, NULL, MS_BIND, NULL), to);
}

static void limit(__rlimit_resource_t resource, rlim_t soft)
{
	struct rlimit own;

	check(getrlimit(resource, &own), "getrlimit");
	own.rlim_cur = soft < own.rlim_max ? soft : own.rlim_max;
	check(setrlimit(resource, &own), "setrlimit");
}

static void become_other(void)
{
	static const char *const environment[][2] = {{"TZ", "right/UTC"}, {"LANG", "de_DE.UTF-8"},
		{"LC_ALL", "tr_TR.UTF-8"}, {"LANGUAGE", "de"}, {"TMPDIR", "/var/tmp"},
		{"http_proxy", "http://127.0.0.1:3128"}, {"HTTPS_PROXY", "http://127.0.0.1:3128"},
		{"ALL_PROXY", "socks5://127.0.0.1:1080"}, {"RES_OPTIONS", "use-vc"},
		{"LOCALDOMAIN", "example.net"}, {"HOSTALIASES", "/etc/passwd"},
		{"POSIXLY_CORRECT", "1"}, {"TERM", "xterm-256color"}, {"COLUMNS", "20"},
		{"LISTEN_FDS", "1"}, {"NOTIFY_SOCKET", "@nobody"}};

	enter_namespaces(CLONE_NEWNET | CLONE_NEWNS | CLONE_NEWUTS);
	check(mount("other", "/mnt", "tmpfs", 0, NULL), "mount");
	replace("resolv.conf",
		"nameserver 127.0.0.53\noptions edns0 trust-ad\nsearch example.net\n");
	replace("hosts", "127.0.0.9 localhost\n127.0.0.8 sandbox www.example.com\n");
	replace("nsswitch.conf", "passwd: files\ngroup: files\nhosts: dns files\n");
	replace("gai.conf", "precedence ::ffff:0:0/96 1\n");
	check(sethostname("other", 5), "sethostname");
	for (size_t i = 0; i < sizeof environment / sizeof *environment; i++)
		check(setenv(environment[i][0], environment[i][1], 1), "setenv");
	limit(RLIMIT_NOFILE, 200);
	limit(RLIMIT_CORE, RLIM_INFINITY);
	limit(RLIMIT_STACK, 1 << 20);
	limit(RLIMIT_FSIZE, 1 << 24);
	umask(077);
}

static void refuse_by(struct sock_filter filter[], size_t length)
{
	struct sock_fprog program = {(unsigned short)length, filter};

	check(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "prctl");
	check(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program), "seccomp");
}

/* socket(2) with this protocol fails as where the kernel does not know it. */
static void refuse_protocol(unsigned protocol)
{
	struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_socket, 0, 3),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			offsetof(struct seccomp_data, args[2]) + LOW_HALF),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, protocol, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPROTONOSUPPORT),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};

	refuse_by(filter, sizeof filter / sizeof *filter);
}

/* openat2(2) fails as on a kernel that does not know it. */
static void refuse_openat2(void)
{
	struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_openat2, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};

	refuse_by(filter, sizeof filter / sizeof *filter);
}

static void bring_up_loopback(void)
{
	struct error error;

	enter_namespaces(CLONE_NEWNET);
	if (!network_interface_up("lo", &error)) {
		fprintf(stderr, "%s\n", error.text);
		exit(125);
	}
}

static void switch_offloads_off(void)
{
	struct error error;

	if (!offload_switch_off(&error)) {
		fprintf(stderr, "%s\n", error.text);
		exit(125);
	}
}

/* linux/if_link.h has the one for IPv4 since Linux 6.3; an older kernel does not know it. */
#define GSO_IPV4_MAX_SIZE 63

static void allow_big_packets(uint32_t size)
{
	_Alignas(struct nlmsghdr) unsigned char memory[256];
	struct nlmsghdr *header = mnl_nlmsg_put_header(memory);
	struct ifinfomsg *link = mnl_nlmsg_put_extra_header(header, sizeof *link);
	int netlink = check(socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE), "socket");

	header->nlmsg_type = RTM_NEWLINK;
	header->nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK;
	*link = (struct ifinfomsg){.ifi_index = 1};
	mnl_attr_put_u32(header, IFLA_GSO_MAX_SIZE, size);
	mnl_attr_put_u32(header, GSO_IPV4_MAX_SIZE, size);
	check((int)send(netlink, memory, header->nlmsg_len, 0), "send");
	check((int)recv(netlink, memory, sizeof memory, 0), "recv");
	const struct nlmsgerr *answer = mnl_nlmsg_get_payload(header);
	errno = -answer->error;
	check(answer->error, "set gso_max_size");
	close(netlink);
}

/* On the loopback: a socket that listens on the port, or nothing but a connection in TIME-WAIT. */
static void take_port(uint16_t port, bool time_wait)
{
	bring_up_loopback();
	int listener = open_listener(port);
	if (time_wait) {
		exchange(listener, port, true);
		close(listener);
	}
}

int main(int count, char *arguments[])
{
	const char *kind = count > 2 ? arguments[1] : "";

	if (strcmp(kind, "no-namespaces") == 0) {
		enter_namespaces(0);
		write_file("/proc/sys/user/max_user_namespaces", "0");
		run(arguments + 2);
	} else if (strcmp(kind, "no-capture") == 0) {
		enter_namespaces(0);
		run(arguments + 2);
	} else if (strcmp(kind, "no-udplite") == 0) {
		refuse_protocol(IPPROTO_UDPLITE);
		run(arguments + 2);
	} else if (strcmp(kind, "no-openat2") == 0) {
		refuse_openat2();
		run(arguments + 2);
	} else if (strcmp(kind, "no-netfilter") == 0) {
		refuse_protocol(NETLINK_NETFILTER);
		run(arguments + 2);
	} else if (strcmp(kind, "other") == 0) {
		become_other();
		run(arguments + 2);
	} else if (strcmp(kind, "shared") == 0) {
		bring_up_loopback();
		run_beside_others(arguments + 2);
	} else if (strcmp(kind, "big-tcp") == 0) {
		bring_up_loopback();
		allow_big_packets((uint32_t)strtoul(arguments[2], NULL, 10));
		run(arguments + 3);
	} else if (strcmp(kind, "no-offloads") == 0) {
		bring_up_loopback();
		switch_offloads_off();
		run(arguments + 2);
	} else if (strcmp(kind, "taken") == 0 || strcmp(kind, "time-wait") == 0) {
		take_port(
			(uint16_t)strtoul(arguments[2], NULL, 10), strcmp(kind, "time-wait") == 0);
		run_beside_others(arguments + 3);
	}
	fprintf(stderr, "machine: see machine.c\n");
	return 125;
}
