/*
 * Owns: `nhacviec virtual-modem` and `nhacviec handset`.
 * May use: rehearsal/network.h.
 * Must not know: the virtual network.
 */
#include "command/subcommands.h"

#include "rehearsal/network.h"

int command_virtual_modem(const struct command_context *context, int argc, char **argv)
{
	return virtual_network_main(argc, argv, context->language);
}

int command_handset(const struct command_context *context, int argc, char **argv)
{
	return handset_main(argc, argv, context->language);
}
