/* How cases are run, as the command line has it. */
#include "worker/settings.h"

struct settings settings_for(const struct settings *settings, const struct case_info *info)
{
	struct settings own = *settings;

	if (info->patience > 0) {
		own.wait_limit *= info->patience;
		own.case_limit *= info->patience;
	}
	return own;
}
