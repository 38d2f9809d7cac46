/* JSON (RFC 8259): the line of one verdict. The harness's own tests write such lines too. */
#ifndef WIRECHECK_JSON_H
#define WIRECHECK_JSON_H

#include "base/buffer.h"

/* Appends a string with its quotes. Bytes that are not UTF-8 (RFC 3629) become U+FFFD. */
void json_string(struct buffer *out, struct bytes text);

/* Appends a further member of an object, whose value is a string, unless that is NULL. */
void json_member(struct buffer *out, const char *name, const char *value);

/* One verdict, of a case or of a unit test. Strings are the caller's. */
struct json_verdict {
	const char *name;    /* tcp/hello */
	unsigned run;        /* counted from 1 with --repeat */
	const char *verdict; /* PASS, FAIL, BROKEN, SKIP */
	double seconds;
	unsigned long asserts;       /* how many expectations were looked at */
	const char *proves, *clause; /* of a case; NULL for a unit test */
	const char *text;            /* the failure's text or the skip's reason; may be empty */
	const char *client, *server; /* the implementations of a matrix's cell; or both NULL */
};

/* Appends one line: an object with the fields of the structure that are set, by their names. */
void json_verdict(struct buffer *out, const struct json_verdict *verdict);

#endif
