/* counters.c: counters are found by group and name, among those that the kernel has. */
#include "kernel/counters.h"
#include "unit.h"

#include <stdio.h>
#include <string.h>

static struct counters counters;

static void check(const char *group, const char *name, long long expected)
{
	int64_t value = -1;

	CU_ASSERT_TRUE(counters_get(&counters, group, name, &value));
	ASSERT_NUMBER(value, expected);
}

static void check_none(const char *group, const char *name)
{
	int64_t value;

	CU_ASSERT_FALSE(counters_get(&counters, group, name, &value));
}

TEST(a_counter_is_found_by_its_group_and_name)
{
	snprintf(counters.snmp, sizeof counters.snmp,
		"Tcp: RtoMin MaxConn InErrs\nTcp: 200 -1 3\nUdp: InDatagrams InErrors\nUdp: 4 5\n");
	snprintf(counters.netstat, sizeof counters.netstat,
		"TcpExt: ListenOverflows TCPAbortOnClose\nTcpExt: 6 7\n");
	check("Tcp", "RtoMin", 200);
	check("Tcp", "MaxConn", -1);
	check("Udp", "InErrors", 5);
	check("TcpExt", "TCPAbortOnClose", 7);
}

TEST(a_counter_that_is_not_there_is_not_found)
{
	snprintf(counters.snmp, sizeof counters.snmp,
		"Tcp: RtoMin MaxConn InErrs\nTcp: 200 -1\nIcmp: InMsgs\n");
	counters.netstat[0] = '\0';
	check_none("Tcp", "InErrs"); /* without a value */
	check_none("Tcp", "Rto");
	check_none("Tcp", "RtoMinimum");
	check_none("Tc", "RtoMin");
	check_none("Icmp", "InMsgs"); /* without a line of values */
	check_none("TcpExt", "RtoMin");
	counters.snmp[0] = '\0';
	check_none("Tcp", "RtoMin");
}

TEST(the_kernels_counters_are_read)
{
	struct error error = {""};
	int64_t value = -1;

	memset(&counters, 0, sizeof counters);
	CU_ASSERT_TRUE(counters_read(&counters, &error));
	ASSERT_TEXT(error.text, "");
	CU_ASSERT_TRUE(counters_get(&counters, "Udp", "InDatagrams", &value));
	CU_ASSERT_TRUE(counters_get(&counters, "TcpExt", "ListenOverflows", &value));
	CU_ASSERT_TRUE(value >= 0);
}
