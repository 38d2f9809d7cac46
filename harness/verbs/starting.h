/* Verbs that start programs under test, and tools. Tested by test_failure_texts.c. */
#ifndef WIRECHECK_VERBS_STARTING_H
#define WIRECHECK_VERBS_STARTING_H

#include "kernel/launch_options.h"
#include "verbs/verb.h"

/*
 * Starts a program under test: its name and arguments, all strings. Returns struct program *. A
 * case starts 256 programs and tools at most.
 */
struct program *case_start(const struct place *place, const char *const arguments[]);
#define start(...) VERB(start, #__VA_ARGS__, ((const char *const[]){__VA_ARGS__, NULL}))

/*
 * The same with more to say about how: start_with(LAUNCH(.folder = "data"), "unix_hello_server",
 * "hello.sock"). The fields are those of struct launch (launch_options.h). Variables of the
 * environment, in place of those of the same name: LAUNCH(.environment = ENVIRONMENT("TZ=UTC")).
 */
struct program *case_start_with(
	const struct place *place, const struct launch *how, const char *const arguments[]);
#define start_with(how, ...) \
	VERB(start_with, #how ", " #__VA_ARGS__, how, ((const char *const[]){__VA_ARGS__, NULL}))
#define LAUNCH(...)      (&(const struct launch){__VA_ARGS__})
#define ENVIRONMENT(...) ((const char *const[]){__VA_ARGS__, NULL})

/*
 * Starts it on a terminal, as a person would: it shows its prompts at once. All three streams are
 * the terminal. What counts is what that shows, and its standard output and standard error are one.
 */
struct program *case_start_on_terminal(const struct place *place, const char *const arguments[]);
#define start_on_terminal(...) \
	VERB(start_on_terminal, #__VA_ARGS__, ((const char *const[]){__VA_ARGS__, NULL}))

/*
 * Starts a tool that PATH has, curl for instance; the case is SKIP where it is not installed. A
 * name with a slash is a path, and one that does not begin with it is relative to the folder that
 * wirecheck was started in, as are such parts of PATH. A tool that is there but not executable
 * makes the case BROKEN.
 */
struct program *case_start_tool(const struct place *place, const char *const arguments[]);
#define start_tool(...) VERB(start_tool, #__VA_ARGS__, ((const char *const[]){__VA_ARGS__, NULL}))

/*
 * The same with more to say about how, as start_with: start_tool_with(LAUNCH(.terminal = true,
 * .environment = ENVIRONMENT("TERM=dumb")), "./client", "-v").
 */
struct program *case_start_tool_with(
	const struct place *place, const struct launch *how, const char *const arguments[]);
#define start_tool_with(how, ...)                          \
	VERB(start_tool_with, #how ", " #__VA_ARGS__, how, \
		((const char *const[]){__VA_ARGS__, NULL}))

#endif
