/*
 * Owns: the modem process: waiting, doing what was asked in the right order, ending well.
 * May use: every file of modem/, base/step_clock.h.
 * Must not know: obligations; what a text says.
 */
#ifndef MODEM_PROGRAM_H
#define MODEM_PROGRAM_H

/* Serves the daemon at the other end of socket `link_fd` until it says STOP, goes away, or the
 * modem does; takes the descriptor over. `signal_fd` is a signalfd that turns readable when the
 * process is asked to end. Returns the exit status: 0 after a wished end, 1 when the modem failed.
 */
int program_run(int link_fd, int signal_fd);

#endif
