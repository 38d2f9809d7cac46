/* What a call on a socket of the case came to, as a text and as a verdict. */
#include "verbs/call_result.h"

#include "verbs/texts.h"
#include "worker/context.h"
#include "worker/endpoint.h"
#include "worker/wait_limit.h"

#include <errno.h>
#include <string.h>

const char *call_result_text(int result)
{
	if (result == 0)
		return "success";
	if (result == NO_ANSWER)
		return format("no answer within %g s", wait_seconds());
	return format("%s (%s)", strerrorname_np(result), strerror(result));
}

enum verdict call_result_verdict(int result)
{
	switch (result) {
	case NO_ANSWER:
	case EAGAIN:
	case EADDRINUSE:
	case ECONNREFUSED:
	case ECONNRESET:
	case ECONNABORTED:
	case EPIPE:
	case ENOTCONN:
	case ETIMEDOUT:
		return FAIL;
	case EPERM:
	case EACCES:
	case ENOSYS:
		return SKIP;
	default:
		return BROKEN;
	}
}

void must_succeed(const char *call, int result)
{
	if (result == 0)
		return;
	enum verdict verdict = call_result_verdict(result);
	case_over(verdict, "%s%s: %s", verdict == SKIP ? "this machine does not allow it: " : "",
		call, call_result_text(result));
}
