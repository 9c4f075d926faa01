/*
 * Owns: the table of answers. A new answer is a line here and one in each of config/texts/.
 * May use: base/
 * Must not know: how they are worded, who says what when.
 *
 * unit, report, code (of a report), event, office: as the plan and the list of recipients have
 * them. number: ", số 45/BC-UBND" or "". last_day, promised: "thứ Ba 9/6" (plan/wording.h).
 * choices: "1 6T Ngọc Côn, 2 NAM Ngọc Côn" (at most WORDING_CHOICES_MAX letters). list: what is
 * missing, requests decided (at most WORDING_LIST_MAX letters). count: how many. request: the short
 * number of a request for more time. person: who promised.
 */
#include "document/texts_names.h"

#include "base/memory.h"

const struct texts_name texts_names[] = {
    {"number_words", "number"},
    {"claim_recorded", "report unit number"},
    {"claim_corrected", "report unit number"},
    {"claim_again", "report unit number"},
    {"number_kept", "report unit number"},
    {"claim_undone", "report unit"},
    {"nothing_to_undo", ""},
    {"undo_too_late", "report unit"},
    {"which_report", "choices"},
    {"which_undo", "choices"},
    {"choice_wrong", "count"},
    {"choice_expired", ""},
    {"wrong_report", "code unit"},
    {"nothing_open", ""},
    {"status_open", "count list"},
    {"status_none", ""},
    {"help", "list"},
    {"help_decide", "request"},
    {"help_report", "code"},
    {"help_event", ""},
    {"help_undo", ""},
    {"help_later", ""},
    {"help_status", ""},
    {"help_stop", ""},
    {"help_start", ""},
    {"status_claimed", "list"},
    {"status_claimed_item", "code number"},
    {"status_claimed_bare", "code"},
    {"not_yet_noted", "report unit last_day"},
    {"promise_recorded", "report unit promised code"},
    {"promise_undone", "report unit"},
    {"promise_which", "promised choices"},
    {"promise_which_day", "report unit code"},
    {"promise_too_often", "report unit"},
    {"reminder-merged", "office list"},
    {"reminder-merged-item", "report unit code last_day"},
    {"reminder-merged-item-last-call", "report unit code last_day"},
    {"reminder-merged-item-overdue", "report unit code deadline"},
    {"reminder-promise", "office person report unit promised code"},
    {"extension_noted", "report unit promised"},
    {"extension_instead", "report unit promised last_day"},
    {"extension_which", "promised choices"},
    {"extension_which_day", "report unit"},
    {"extension_waits", "report unit promised"},
    {"extension_undone", "report unit"},
    {"extension_to_approver", "office unit report promised request"},
    {"extension_granted", "office report unit promised code"},
    {"extension_refused", "office report unit last_day"},
    {"request_approved", "list"},
    {"request_refused", "list"},
    {"request_which", "list"},
    {"request_none", ""},
    {"attend_noted", "event unit"},
    {"absent_noted", "event unit"},
    {"answer_undone", "event unit"},
    {"which_event", "choices"},
    {"attend_how", "event"},
    {"opt_out_done", "office"},
    {"opt_out_duty", "office"},
    {"opt_in_done", "office"},
    {"passed_on", "office"},
    {"stranger", "office"},
    {"misdirected", "office"},
    {"register_how", "office"},
    {"register_unknown", "code office"},
    {"register_known", "unit office"},
    {"register_waits", "unit office"},
    {"register_to_approver", "office code unit request"},
    {"register_granted", "office unit"},
    {"register_denied", "office unit"},
    {"register_approved", "list"},
    {"register_refused", "list"},
};
const size_t texts_name_count = COUNT_OF(texts_names);
