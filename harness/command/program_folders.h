/*
 * The folders whose programs are tested: those that the command line names, or the built-in one.
 * Tested by test_implementation.c.
 */
#ifndef WIRECHECK_PROGRAM_FOLDERS_H
#define WIRECHECK_PROGRAM_FOLDERS_H

#include "command/session.h"

/*
 * Finds the folders of both sides, or of all members of the matrix, which it makes. False with an
 * error when one is no folder, or has no executable in it.
 */
bool program_folders_find(struct session *session, struct error *error);

/*
 * Complains of a folder that was named, when the cases asked for programs of it and none was there.
 * To be called when all rounds are over.
 */
void program_folders_check_use(struct session *session);

#endif
