/*
 * What <string.h> declares from glibc 2.43 on, as C23 7.28.5 asks: what is found in a text that is
 * const is const. Found before the system's own, it shows with an older library what a newer
 * refuses.
 */
#ifndef CONST_STRING_H
#define CONST_STRING_H

#include_next <string.h>

/* A call that returns a pointer to const TYPE where its argument is const. */
#define AS_CONST_AS(argument, type, call) \
	_Generic(0 ? (argument) : (void *)1, const void * : (const type *)(call), default : (call))

#undef memchr
#undef strchr
#undef strrchr
#undef strpbrk
#undef strstr
#define memchr(s, c, n)    AS_CONST_AS(s, void, (memchr)(s, c, n))
#define strchr(s, c)       AS_CONST_AS(s, char, (strchr)(s, c))
#define strrchr(s, c)      AS_CONST_AS(s, char, (strrchr)(s, c))
#define strpbrk(s, accept) AS_CONST_AS(s, char, (strpbrk)(s, accept))
#define strstr(s, part)    AS_CONST_AS(s, char, (strstr)(s, part))

#endif
