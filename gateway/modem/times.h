/*
 * Owns: times as SMS carries them: the network's time stamps and the validity period.
 * May use: libc.
 * Must not know: libgammu (its own date helpers change the process's time zone).
 */
#ifndef MODEM_TIMES_H
#define MODEM_TIMES_H

#include <stdint.h>

/* A time stamp as it stands in a PDU: local to the service centre. */
struct network_time {
	int year, month, day; /* 2020, 1…12, 1…31 */
	int hour, minute, second;
	int zone_seconds; /* local minus UTC */
};

/* Milliseconds since 1970 UTC, by counting days. A stamp with a field out of its range, as broken
 * centres send them, gives 0. Any thread. */
int64_t times_to_wall_ms(const struct network_time *stamp);

/* TP-VP in the relative format (3GPP TS 23.040, 9.2.3.12.1) for at least `minutes`: rounded up to
 * the next step, at least 5 minutes, at most 63 weeks. Any thread. */
uint8_t times_encode_validity(int64_t minutes);

#endif
