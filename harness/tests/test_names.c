/* protocol.c, side.c and socket_state.c: what messages call protocols, sides and states. */
#include "base/protocol.h"
#include "base/side.h"
#include "base/socket_state.h"
#include "unit.h"

#include <netinet/in.h>

TEST(protocols_have_a_name_and_a_number)
{
	ASSERT_TEXT(protocol_name(TCP), "TCP");
	ASSERT_TEXT(protocol_name(UDP), "UDP");
	ASSERT_TEXT(protocol_name(UDPLITE), "UDP-Lite");
	ASSERT_NUMBER(protocol_number(TCP), IPPROTO_TCP);
	ASSERT_NUMBER(protocol_number(UDP), IPPROTO_UDP);
	ASSERT_NUMBER(protocol_number(UDPLITE), IPPROTO_UDPLITE);
}

TEST(each_side_is_the_peer_of_the_other)
{
	ASSERT_TEXT(side_name(CLIENT), "CLIENT");
	ASSERT_TEXT(side_name(SERVER), "SERVER");
	ASSERT_NUMBER(side_peer(CLIENT), SERVER);
	ASSERT_NUMBER(side_peer(SERVER), CLIENT);
}

/* RFC 9293 3.3.2; the kernel's numbers go from 1 to 11, and a newer kernel may have more. */
TEST(states_have_the_names_of_the_rfc)
{
	ASSERT_TEXT(state_name(ESTABLISHED), "ESTABLISHED");
	ASSERT_TEXT(state_name(SYN_RECEIVED), "SYN-RECEIVED");
	ASSERT_TEXT(state_name(TIME_WAIT), "TIME-WAIT");
	ASSERT_TEXT(state_name(CLOSE), "CLOSED");
	ASSERT_TEXT(state_name(CLOSING), "CLOSING");
	ASSERT_TEXT(state_name((enum socket_state)0), "a state without a name");
	ASSERT_TEXT(state_name((enum socket_state)12), "a state without a name");
}

TEST(a_socket_without_connections_is_in_close)
{
	ASSERT_NUMBER(listening_state(TCP), LISTEN);
	ASSERT_NUMBER(listening_state(UDP), CLOSE);
	ASSERT_NUMBER(listening_state(UDPLITE), CLOSE);
}
