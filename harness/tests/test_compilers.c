/*
 * Every source compiles without a warning where `char` has no sign, where results must be looked
 * at, and with a C library and a language newer than this one's: machines and compilers that are
 * not here, as far as flags make this one like them.
 */
#include "base/buffer.h"
#include "command.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

/* Whether the compiler is here. */
static bool compiles(const char *compiler)
{
	char line[256];

	snprintf(line, sizeof line, "echo | %s -x c -fsyntax-only - >/dev/null 2>&1", compiler);
	return system(line) == 0;
}

/* The sources, in parts that one command is done with in time, on a busy machine too. */
static const char *const parts[] = {"^impl/", "^harness/(base|wire|kernel)/",
	"^harness/(worker|verbs|command)/", "^harness/tests/test_[a-h][^/]*$",
	"^harness/tests/test_[i-z][^/]*$", "^harness/tests/([a-s]|[u-z])[^/]*$",
	"^harness/tests/(faulty|fuzz|programs)/", "^scripts/",
	/* Cases are many, and call little but verbs. */
	"^harness/tests/cases/[a-s]", "^harness/tests/cases/[t-z]", "^cases/[a-s]", "^cases/[t-z]"};
#define ALL  (sizeof parts / sizeof *parts)
#define CODE (ALL - 4)

/* `flags` has the script, the compiler and its flags, up to NULL. */
static void check_flags(size_t count, const char *const flags[])
{
	for (size_t i = 0; i < count; i++) {
		struct command command;
		char build[4096], only[256];

		snprintf(build, sizeof build, "BUILD=%s", build_folder());
		snprintf(only, sizeof only, "ONLY=%s", parts[i]);
		CU_ASSERT_TRUE_FATAL(command_run(&command, flags, LINE(build, only)));
		ASSERT_TEXT(buffer_text(&command.out), "");
		ASSERT_TEXT(buffer_text(&command.err), "");
		ASSERT_NUMBER(command.status, 0);
		command_free(&command);
	}
}

static const char *source_path(const char *path)
{
	static char paths[2][4096];
	static unsigned turn;
	char *result = paths[turn++ % 2];

	snprintf(result, sizeof paths[0], "%s/%s", source_folder(), path);
	return result;
}

/* Skips the test where the compiler is not here. */
#define CHECK(compiler, count, ...)                                                                \
	do {                                                                                       \
		if (!compiles(compiler))                                                           \
			SKIP_TEST("%s is not installed", compiler);                                \
		check_flags(count, LINE(source_path("scripts/compilers"), compiler, __VA_ARGS__)); \
	} while (false)

/*
 * glibc asks for this where the flag is set and the compiler optimizes: Ubuntu's default. ARM,
 * POWER and z have no sign in a plain char; x86 has, and everything else here is compiled so.
 */
TEST(results_are_looked_at_and_a_char_may_have_no_sign)
{
	CHECK("gcc", ALL, "-O2", "-U_FORTIFY_SOURCE", "-D_FORTIFY_SOURCE=3", "-funsigned-char",
		"-S", "-o", "/dev/null");
}

TEST(clang_takes_the_language_of_today)
{
	CHECK("clang", ALL, "-fsyntax-only", "-std=gnu2x", "-funsigned-char");
}

/* With C23's <string.h>, that glibc has had since 2.43. */
TEST(what_is_found_in_a_const_text_stays_const)
{
	char folder[4096];

	snprintf(folder, sizeof folder, "-I%s", source_path("harness/tests/compilers"));

	CHECK("gcc", CODE, "-fsyntax-only", "-std=gnu2x", "-Wno-pedantic", folder);
}
