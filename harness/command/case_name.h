/* Which names a case can have: captures, reports and globs are made of them. */
#ifndef WIRECHECK_CASE_NAME_H
#define WIRECHECK_CASE_NAME_H

/*
 * What is wrong with the name of a case, which may have folders: "it has a space or another byte
 * that is none of …". NULL when nothing is. The text is static.
 */
const char *case_name_problem(const char *name);

#endif
