/*
 * Owns: the words that are understood.
 * May use: understand/understand.h.
 * Must not know: how they are weighed.
 */
#include "understand/vocabulary.h"

const struct vocabulary_command vocabulary_commands[] = {
    {"tt", INTENT_STATUS},
    {"tinh trang", INTENT_STATUS},
    {"con thieu gi", INTENT_STATUS},
    {"con thieu", INTENT_STATUS},
    {"status", INTENT_STATUS},
    {"tg", INTENT_HELP},
    {"tro giup", INTENT_HELP},
    {"help", INTENT_HELP},
    {"huong dan", INTENT_HELP},
    {"hd", INTENT_HELP},
    {"dung tin", INTENT_OPT_OUT},
    {"stop", INTENT_OPT_OUT},
    {"tu choi", INTENT_OPT_OUT},
    {"nhan tin", INTENT_OPT_IN},
    {"start", INTENT_OPT_IN},
    {"ok", INTENT_ACKNOWLEDGE},
    {"oke", INTENT_ACKNOWLEDGE},
    {"vang", INTENT_ACKNOWLEDGE},
    {"da vang", INTENT_ACKNOWLEDGE},
    {"da", INTENT_ACKNOWLEDGE},
    {"da nhan tin", INTENT_ACKNOWLEDGE},
    {"da nhan", INTENT_ACKNOWLEDGE},
    {"nhan roi", INTENT_ACKNOWLEDGE},
    {"da ro", INTENT_ACKNOWLEDGE},
    {"ro", INTENT_ACKNOWLEDGE},
    {"cam on", INTENT_ACKNOWLEDGE},
    {"tham gia", INTENT_ATTEND},
    {"co tham gia", INTENT_ATTEND},
    {"vang mat", INTENT_ABSENT},
    {"vang mat mat", INTENT_ABSENT}, /* "vắng mặt": tokens tell "vắng" apart */
    {"khong tham gia", INTENT_ABSENT},
};
const size_t vocabulary_command_count = COUNT_OF(vocabulary_commands);

const char *const vocabulary_particles[] = {"a", "em", "kinh", "chao", "xin chao", "anh", "chi",
    "thua", "so", "xa", "thi tran", "phong", "ubnd", "don vi", "cua xa", "cua thi tran",
    "cua phong", "cua ubnd", "cua don vi", "bdg", "ve bdg", NULL};

/* Before the negations: the "dang" of "binh dang" is not the one that says at it. */
const char *const vocabulary_topics[] = {"ve binh dang gioi", "binh dang gioi", "dinh ky", NULL};

const char *const vocabulary_courtesies[] = {"a", "ah", "da", "vang", "ok", "em", "anh", "chi",
    "xin", "kinh", "chao", "thua", "nhe", "nha", "cho", "toi", "minh", "nay", NULL};

const char *const vocabulary_beside_number[] = {"da", "vang", "ok", "nhe", "nha", "ve", "len",
    "huyen", "len huyen", "ve huyen", "gui den", "den", "kem", "bao", "minh", "xin bao cao", NULL};

const char *const vocabulary_beside_sent[] = {"hom nay", "nay", "toi", "cho", "o", "ket qua",
    "cong van", "van ban", "ve", "len", "huyen", "da", "vang", "ok", "nhe", "nha", "den", "kem",
    "bao", "minh", "xin bao cao", NULL};

const char *const vocabulary_sent[] = {"da gui xong", "da nop xong", "da gui roi", "da nop roi",
    "gui roi", "nop roi", "gui xong roi", "nop xong roi", "da gui", "da nop", "da bao cao",
    "da chuyen", NULL};

const char *const vocabulary_done[] = {
    "xong roi", "da xong", "gui xong", "nop xong", "da hoan thanh", "xong", "roi", NULL};

const char *const vocabulary_negations[] = {
    "chua", "chx", "khong", "ko", "hok", "chang", "cha", "dung", "kg", NULL};

const char *const vocabulary_future[] = {"se", "sap", "dang", "dinh gui", "dinh nop", "dinh lam",
    "mai", "tuan sau", "thang sau", "lat nua", "ti nua", "chieu nay", "toi nay", "ngay kia", "neu",
    "khi nao", NULL};

const char *const vocabulary_extension[] = {"xin lui", "gia han", "lui han", "lui lai", "xin hoan",
    "cho lui", "xin cham", "cham lai", "lui den", "xin lui han", "nop muon", "gui muon", "nop cham",
    "xin muon", "xin them", NULL};

const char *const vocabulary_questions[] = {"gui chua", "nop chua", "duoc chua", "nhan chua",
    "xong chua", "bao gio", "khi nao", "the nao", "lam sao", "o dau", "tai sao", "mau nao",
    "phai khong", "dung khong", "chuan khong", "duoc khong", "cho ai", "co phai", "da nhan duoc",
    NULL};

const char *const vocabulary_cancel[] = {"huy", "huy bo", "nham", NULL};

const char *const vocabulary_reports[] = {"bao cao", "bc", "b c", NULL};

/* Turns of phrase of our own texts (the plan's and config/texts/). */
const char *const vocabulary_ours[] = {"han truoc", "cham nhat", "xong nhan", "thi nhan",
    "roi nhan", "xong xin nhan", "tro giup tg", "de nghi", "chua nhan bao cao", "sai nhan huy",
    "nhan mot so", "tro lai la chua gui", "con thieu gi thi nhan", NULL};
