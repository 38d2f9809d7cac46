/* Patience: the limits of a case whose programs compute for seconds. */
#include "worker/patience.h"

struct settings patience_settings(const struct settings *settings, const struct case_info *info)
{
	struct settings own = *settings;

	if (info->patience > 0) {
		own.wait_limit *= info->patience;
		own.case_limit *= info->patience;
	}
	return own;
}

int64_t patience_of_body(const struct settings *settings, const struct case_info *info)
{
	struct settings own = patience_settings(settings, info);

	return 2 * own.case_limit + own.wait_limit;
}

bool patience_is_for_computing(const struct case_info *info)
{
	return info->patience > 1;
}
