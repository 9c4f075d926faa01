/*
 * Owns: the inputs and outputs of the operations on how a person is reached besides their phone.
 * May use: base/, store/operations.h, which includes this file and is what others include.
 * Must not know: policy, SQL, any provider.
 *
 * An address kind is a short code: "phone" for SMS, else what the provider calls itself ("zalo",
 * "telegram", "email" …). An address is text; of a phone it is E.164. A person's phone is a column
 * of the person; every other address is linked by a code that the office issues and the account
 * texts back, so that nothing is ever sent to an account that nobody has vouched for.
 */
#ifndef STORE_ADDRESSES_H
#define STORE_ADDRESSES_H

#include "store/operations.h"

#define ADDRESS_KIND_PHONE "phone"
#define ADDRESS_BYTES_MAX 255
#define ADDRESS_KIND_BYTES_MAX 31
#define LINK_CODE_DIGITS 6
#define LINK_CODE_SIZE (LINK_CODE_DIGITS + 1)
#define LINK_CODE_LIFE_MS (7 * DAY_MS)
/* So many wrong codes in a day from one address, and nothing is linked from it any more that day.
 */
#define LINK_WRONG_CODES_MAX 5

/* Issues a code for a person; one that waited for them is void from now on. RESULT_NOT_FOUND when
 * there is no such person, RESULT_CONFLICT when all of `codes` are other people's live ones: draw
 * again. */
struct store_issue_link_code_input {
	struct wall now;
	const char *actor;
	const char *person_code;
	const char *kind; /* only accounts of this kind may use it; NULL: any */
	/* LINK_CODE_DIGITS digits each, drawn by the caller from the system's random source; the
	 * first that is free is taken. */
	const char *const *codes;
	size_t code_count;
};
struct store_issue_link_code_output {
	const char *code, *person_name;
	struct wall until;
};

/* The office vouches for an address that cannot text a code: of a channel that is outgoing only.
 * RESULT_NOT_FOUND when there is no such person. */
struct store_link_address_input {
	struct wall now;
	const char *actor, *person_code;
	const char *kind, *address, *channel;
};
struct store_link_address_output {
	const char *person_name;
};

/* Ends links: of one account, or of all that a person has. RESULT_NOT_FOUND when nothing was
 * linked. */
struct store_unlink_input {
	struct wall now;
	const char *actor;
	const char *person_code; /* NULL: by address */
	const char *address;     /* with a person: this one of theirs; NULL: all of them */
};
struct store_unlink_output {
	int unlinked;
};

/* The provider says, unasked, that whoever is there has left or blocked us: as when a text was
 * refused for it. Nothing when the account is linked to nobody. No output. */
struct store_block_address_input {
	struct wall now;
	const char *kind, *address;
	const char *reason; /* the provider's words; "" none */
};

/* ── by text ─────────────────────────────────────────────────────────────────────────────────── */

enum store_link_result {
	LINK_WRONG,  /* there is no such code: spent, expired, for another kind, never issued */
	LINK_RIGHT,  /* settling with it links the sender to this person */
	LINK_LOCKED, /* too many wrong ones came from there in the last day: this one is not even
			looked at */
};
struct store_link_facts {
	enum store_link_result result;
	/* LINK_RIGHT. */
	int64_t person_id;
	const char *person_name, *language;
	const char *unit_name; /* of their first post; "" none */
};
/* What settling a text does with the code in it. */
struct store_link {
	const char *code;
	bool right; /* as LINK_RIGHT said; false: it is counted as a wrong one */
};

#endif
