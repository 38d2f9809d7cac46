/* How a case file declares its cases. */
#ifndef WIRECHECK_CASE_H
#define WIRECHECK_CASE_H

#include "base/case_info.h"

#include <stddef.h>

/*
 * Declares a case and begins its body. The arguments are fields of struct case_info (case_info.h):
 * .proves, one sentence, and .clause, where the rule stands, both of which may be left out; what
 * the case needs of the machine; and for a few cases the following.
 *
 * .ring_mib: a case that puts more than 500 kB on the wire names the size of the capture's ring.
 * Otherwise the case may have to be run again with a larger one.
 * .patience: a case whose programs compute for seconds, as a browser does, multiplies the limits.
 * Of these cases, no more run at once than there are processors, whatever -j says.
 *
 * A file with one case is named after it. A file with several gives each a .name: the case "again"
 * in cases/tcp/hello.c is tcp/again.
 */
#define CASE(...)                                                               \
	static void CASE_HERE(case_body_)(const void *);                        \
	__attribute__((constructor)) static void CASE_HERE(case_declare_)(void) \
	{                                                                       \
		static const struct case_info info = {.file = __FILE__,         \
			.line = __LINE__,                                       \
			.body = CASE_HERE(case_body_),                          \
			__VA_ARGS__};                                           \
		case_declare(&info);                                            \
	}                                                                       \
	static void CASE_HERE(case_body_)(const void *case_row __attribute__((__unused__)))

/*
 * Declares a case for each row of a table, and begins their body, which knows its row as `row`:
 *
 *	static const struct {
 *		struct case_info info;
 *		const char *host;
 *	} hosts[] = {
 *		{{.name = "hello"}, "127.0.0.1"},
 *		{{.name = "hello_ipv6", .needs_ipv6 = true}, "::1"},
 *	};
 *
 *	CASE_EACH(row, hosts, .proves = "a greeting arrives", .clause = "RFC 9293 3.5")
 *	{
 *		start("tcp_hello_server", row->host);
 *
 * Each row begins with a struct case_info named `info`. Its .name is the case's, and what else it
 * says stands in place of what CASE_EACH says.
 */
#define CASE_EACH(row, rows, ...)                                               \
	static void CASE_HERE(case_row_)(const __typeof__((rows)[0]) *);        \
	static void CASE_HERE(case_body_)(const void *case_row)                 \
	{                                                                       \
		CASE_HERE(case_row_)(case_row);                                 \
	}                                                                       \
	__attribute__((constructor)) static void CASE_HERE(case_declare_)(void) \
	{                                                                       \
		static const struct case_info info = {.file = __FILE__,         \
			.line = __LINE__,                                       \
			.body = CASE_HERE(case_body_),                          \
			__VA_ARGS__};                                           \
		for (size_t i = 0; i < sizeof(rows) / sizeof(rows)[0]; i++)     \
			case_declare_row(&info, &(rows)[i].info, &(rows)[i]);   \
	}                                                                       \
	static void CASE_HERE(case_row_)(const __typeof__((rows)[0]) *row)

/* A name of the line that it stands on, so that a file can declare several cases. */
#define CASE_HERE(name)             CASE_JOIN(name, __LINE__)
#define CASE_JOIN(name, line)       CASE_JOIN_TEXTS(name, line)
#define CASE_JOIN_TEXTS(name, line) name##line

/*
 * Put a case, or that of a row, into the register. They are called before main. The case may be
 * gone afterwards; its texts and its row last as long as the process.
 */
void case_declare(const struct case_info *info);
void case_declare_row(const struct case_info *common, const struct case_info *own, const void *row);

#endif
