/*
 * Owns: the virtual network as a program: `nhacviec virtual-modem` and `nhacviec handset`.
 * May use: base/, text/.
 * Must not know: the store, the domain.
 *
 * One process holds the discrete clock (base/step_clock.h), a mobile network, N modems each on a
 * pseudo terminal, and the handsets of all subscribers. It outlives the daemon and keeps the log
 * that is the witness of what really happened.
 *
 * The log (--log FILE, append-only), one line an event:
 *   TIME EVENT key=value …     TIME is RFC 3339 with milliseconds; texts are percent-encoded
 *   submit     modem= submission= to= ref= concat= total= seq= encoding= validity= receipt= text=
 *   verdict    modem= submission= ok=1|0 code=        what the modem told the program that sends
 *   verdict-lost modem= submission= why=              the program never saw the verdict
 *   delivered  submission= to=                        the part is on the handset
 *   receipt    modem= submission= ref= status=        stored in the modem; receipt-lost likewise
 *   from-handset from= to= text=
 *   stored     modem= slot= kind=deliver|report;  deleted modem= slot=
 *   fault      modem= kind=;  open modem= … clock moves at --debug
 *
 * Requests on the socket (--socket PATH), a line each, answered by lines ending in one that begins
 * with "ok" or "error": texts and other free words percent-encoded.
 *   now | stats | quit | wait-idle | wait-done | step | hold | speed R
 *   advance MS | until MS-SINCE-1970       lets time pass even when nobody drives
 *   suspend MS                             the clients' machine sleeps so long, the network does
 * not shift MS                               the clock of the clients' machine is off by so much,
 * or -MS; the network keeps its own time handset-send FROM TO|- TEXT            "-": the first
 * modem handset-inbox NUMBER | handset-follow NUMBER number NUMBER ok|barred|unreachable|off-until
 * MS fault MODEM|* KIND [ARGUMENT] [always] | fault MODEM clear unplug MODEM | replug MODEM |
 * modems
 */
#ifndef REHEARSAL_NETWORK_H
#define REHEARSAL_NETWORK_H

/* Parse their own options and print their own --help in `language` ("vi" | "en"); return a sysexits
 * status. argv[0] is the subcommand's name. */
int virtual_network_main(int argc, char **argv, const char *language);
int handset_main(int argc, char **argv, const char *language);

#endif
