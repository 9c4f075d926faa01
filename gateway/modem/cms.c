/*
 * Owns: the table of error numbers of a refused submit.
 * May use: modem/protocol.h.
 * Must not know: libgammu, sessions.
 */
#include "modem/cms.h"

#include "base/memory.h"

struct refusal {
	int code;
	enum modem_outcome outcome;
	const char *name;
};

/* "Forever" where the number, a bar or the PDU itself is at fault. What is wrong with our own
 * subscription a person can mend while the text waits. 332 is the network's silence, not its word:
 * the text may have left. */
static const struct refusal refusals[] = {
    {1, MODEM_REFUSED_FOREVER, "unassigned number"},
    {8, MODEM_REFUSED, "operator determined barring"},
    {10, MODEM_REFUSED, "call barred"},
    {21, MODEM_REFUSED, "short message transfer rejected"},
    {22, MODEM_REFUSED, "memory capacity exceeded"},
    {27, MODEM_REFUSED, "destination out of service"},
    {28, MODEM_REFUSED, "unidentified subscriber"},
    {29, MODEM_REFUSED, "facility rejected"},
    {30, MODEM_REFUSED, "unknown subscriber"},
    {38, MODEM_REFUSED, "network out of order"},
    {41, MODEM_REFUSED, "temporary failure"},
    {42, MODEM_REFUSED, "congestion"},
    {47, MODEM_REFUSED, "resources unavailable"},
    {50, MODEM_REFUSED, "requested facility not subscribed"},
    {69, MODEM_REFUSED, "requested facility not implemented"},
    {81, MODEM_REFUSED, "invalid short message transfer reference"},
    {95, MODEM_REFUSED_FOREVER, "invalid message"},
    {96, MODEM_REFUSED_FOREVER, "invalid mandatory information"},
    {97, MODEM_REFUSED_FOREVER, "message type not implemented"},
    {98, MODEM_REFUSED, "message not compatible with protocol state"},
    {99, MODEM_REFUSED_FOREVER, "information element not implemented"},
    {111, MODEM_REFUSED, "protocol error"},
    {127, MODEM_REFUSED, "interworking, unspecified"},
    {128, MODEM_REFUSED_FOREVER, "telematic interworking not supported"},
    {129, MODEM_REFUSED_FOREVER, "short message type 0 not supported"},
    {143, MODEM_REFUSED, "unspecified TP-PID error"},
    {160, MODEM_REFUSED, "command cannot be actioned"},
    {192, MODEM_REFUSED, "service centre busy"},
    {193, MODEM_REFUSED, "no service centre subscription"},
    {194, MODEM_REFUSED, "service centre system failure"},
    {195, MODEM_REFUSED_FOREVER, "invalid destination address"},
    {196, MODEM_REFUSED_FOREVER, "destination barred"},
    {197, MODEM_REFUSED, "duplicate rejected"},
    {208, MODEM_REFUSED, "SIM storage full"},
    {300, MODEM_REFUSED, "modem failure"},
    {301, MODEM_REFUSED, "SMS service of the modem reserved"},
    {302, MODEM_REFUSED, "operation not allowed"},
    {303, MODEM_REFUSED_FOREVER, "operation not supported"},
    {304, MODEM_REFUSED_FOREVER, "invalid PDU parameter"},
    {305, MODEM_REFUSED_FOREVER, "invalid text parameter"},
    {310, MODEM_REFUSED, "SIM not inserted"},
    {311, MODEM_REFUSED, "SIM PIN required"},
    {313, MODEM_REFUSED, "SIM failure"},
    {314, MODEM_REFUSED, "SIM busy"},
    {315, MODEM_REFUSED, "SIM wrong"},
    {316, MODEM_REFUSED, "SIM PUK required"},
    {320, MODEM_REFUSED, "memory failure"},
    {322, MODEM_REFUSED, "memory full"},
    {330, MODEM_REFUSED, "service centre address unknown"},
    {331, MODEM_REFUSED, "no network service"},
    {332, MODEM_OUTCOME_UNKNOWN, "network time-out"},
    {340, MODEM_REFUSED, "no +CNMA acknowledgement expected"},
    {500, MODEM_REFUSED, "unknown error"},
    {512, MODEM_REFUSED, "user abort"},
    {513, MODEM_REFUSED, "unable to store"},
    {514, MODEM_REFUSED, "invalid status"},
    {515, MODEM_REFUSED, "device busy or initialising"},
};

static const struct refusal *find(int code)
{
	for (size_t i = 0; i < COUNT_OF(refusals); i++)
		if (refusals[i].code == code)
			return &refusals[i];
	return NULL;
}

enum modem_outcome cms_outcome(int code)
{
	const struct refusal *refusal = find(code);
	return refusal != NULL ? refusal->outcome : MODEM_REFUSED;
}

const char *cms_name(int code)
{
	const struct refusal *refusal = find(code);
	return refusal != NULL ? refusal->name : "unspecified";
}
