/*
 * Which folders of the host programs still see in a sandbox, where /tmp and its like are empty.
 * Tested by test_without_sandbox.c.
 */
#ifndef WIRECHECK_VISIBLE_FOLDERS_H
#define WIRECHECK_VISIBLE_FOLDERS_H

#include "command/session.h"

/*
 * Keeps visible: the folders of the programs, of wirecheck itself, of the captures, the one that
 * wirecheck was started in, and those that variables of the environment name.
 */
bool visible_folders_keep(const struct session *session, struct error *error);

#endif
