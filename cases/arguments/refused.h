/* What cases/arguments share: bad arguments are refused by exit status 2, and nothing is done. */
#ifndef CASES_ARGUMENTS_REFUSED_H
#define CASES_ARGUMENTS_REFUSED_H

#include "wirecheck.h"

/* The program says how it is used, and does nothing. */
#define refused(...)                                          \
	do {                                                  \
		struct program *program = start(__VA_ARGS__); \
		until_given_up(program);                      \
		expect_exit(program, 2);                      \
		expect_error(program, "usage");               \
		expect_output(program, "");                   \
	} while (0)

/* A program with the arguments [HOST [PORT]] refuses what is no HOST or PORT, and one too many. */
static inline void refuses_bad_addresses(const char *program_name)
{
	static const char *const hosts[] = {
		"", "localhost", "127.0.0.1 ", "127.1", "::1%lo", "[::1]"};
	static const char *const ports[] = {
		"", "0", "65536", "-1", "+8898", " 8898", "8898x", "http"};

	for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++)
		refused(program_name, hosts[i]);
	for (size_t i = 0; i < sizeof ports / sizeof *ports; i++)
		refused(program_name, "127.0.0.1", ports[i]);
	refused(program_name, "127.0.0.1", "8898", "more");
}

#endif
