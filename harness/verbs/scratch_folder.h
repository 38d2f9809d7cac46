/* Folders in the scratch folder of the case, for files that a verb writes there. */
#ifndef WIRECHECK_SCRATCH_FOLDER_H
#define WIRECHECK_SCRATCH_FOLDER_H

/*
 * Opens the folder of the file at this path, which begins at the scratch folder, and makes missing
 * folders on the way. Returns its descriptor, which the caller closes. Ends the case as BROKEN when
 * the path is not one in the scratch folder, and as FAIL when a symbolic link leads out of it. A
 * kernel without openat2(2) (before Linux 5.6) follows no link at all, and then that is FAIL, too.
 */
int scratch_folder_of(const char *path);

#endif
