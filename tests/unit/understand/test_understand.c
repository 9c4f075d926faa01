/*
 * Owns: tests of understand/: what officials text back, and what must never tick a box.
 * May use: understand/, base/civil.h, base/, cmocka.
 * Must not know: how answers are worded.
 *
 * "0 … 89" in the last columns says that the reading may be anything but acted upon.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "understand_world.h"

#include <stdlib.h>

#define SURE 90, 100
#define ASKS 50, 89
#define NO_TICK 0, 89
#define ANY INTENT_COUNT /* whatever is read, it may not be a sure claim */

struct text_case {
	const char *text;
	enum official official;
	enum intent intent;
	const char *obligations; /* ids, "" none, NULL whatever */
	const char *number;      /* NULL none, "*" whatever */
	int least, most;
	const char *why;
};

static const struct text_case table[] = {
    /* commands */
    {"TT", COMMUNE, INTENT_STATUS, "", NULL, SURE, "status"},
    {"tt ạ", COMMUNE, INTENT_STATUS, "", NULL, SURE, "politely"},
    {"Tình trạng?", COMMUNE, INTENT_STATUS, "", NULL, SURE, "in full"},
    {"con thieu gi", COMMUNE, INTENT_STATUS, "", NULL, SURE, "in words"},
    {"TG", COMMUNE, INTENT_HELP, "", NULL, SURE, "help"},
    {"Trợ giúp", COMMUNE, INTENT_HELP, "", NULL, SURE, "help"},
    {"help", COMMUNE, INTENT_HELP, "", NULL, SURE, "help"},
    {"?", COMMUNE, INTENT_HELP, "", NULL, SURE, "a question mark alone"},
    {"DUNG TIN", COMMUNE, INTENT_OPT_OUT, "", NULL, SURE, "opting out"},
    {"Xin dừng tin", COMMUNE, INTENT_OPT_OUT, "", NULL, SURE, "politely"},
    {"STOP", COMMUNE, INTENT_OPT_OUT, "", NULL, SURE, "as phones suggest"},
    {"tu choi", COMMUNE, INTENT_OPT_OUT, "", NULL, SURE, "the third word"},
    {"NHAN TIN", COMMUNE, INTENT_OPT_IN, "", NULL, SURE, "opting in again"},
    {"OK", COMMUNE, INTENT_ACKNOWLEDGE, "", NULL, SURE, "read, nothing claimed"},
    {"Vâng ạ", COMMUNE, INTENT_ACKNOWLEDGE, "", NULL, SURE, "yes"},
    {"dạ", COMMUNE, INTENT_ACKNOWLEDGE, "", NULL, SURE, "yes"},
    {"Da nhan tin", COMMUNE, INTENT_ACKNOWLEDGE, "", NULL, SURE, "the text has arrived"},
    {"Em cảm ơn chị ạ", COMMUNE, INTENT_ACKNOWLEDGE, "", NULL, SURE, "thanks"},
    {"tham gia", COMMUNE, INTENT_ATTEND, "", NULL, SURE, "to an event"},
    {"không tham gia", COMMUNE, INTENT_ABSENT, "", NULL, SURE, "not to an event"},
    {"dừng tin?", COMMUNE, INTENT_QUESTION, NULL, NULL, SURE, "asks about opting out"},
    {"Đúng tin rồi", COMMUNE, ANY, NULL, NULL, NO_TICK, "right text, no opting out"},
    {"TT 45", COMMUNE, ANY, NULL, NULL, NO_TICK, "a command has no number"},
    /* claims as the reminder asks for them */
    {"BC 6T 45/BC-UBND", COMMUNE, INTENT_CONFIRM, "1", "45/BC-UBND", SURE, "as asked"},
    {"bc 6t 45/bc-ubnd", COMMUNE, INTENT_CONFIRM, "1", "45/BC-UBND", SURE, "small letters"},
    {"BC 6T 45/BC - UBND", COMMUNE, INTENT_CONFIRM, "1", "45/BC-UBND", SURE, "blanks in it"},
    {"BC 6T 45 /BC-UBND", COMMUNE, INTENT_CONFIRM, "1", "45/BC-UBND", SURE, "blanks in it"},
    {"BC 6T 05/BC-UBND.", COMMUNE, INTENT_CONFIRM, "1", "05/BC-UBND", SURE, "full stop"},
    {"BC 6T", COMMUNE, INTENT_CONFIRM, "1", NULL, SURE, "no number"},
    {"BC 6T 45", COMMUNE, INTENT_CONFIRM, "1", "45", SURE, "digits alone, as asked"},
    {"BC 6T số 45 ạ", COMMUNE, INTENT_CONFIRM, "1", "45", SURE, "digits, politely"},
    {"BC6T", COMMUNE, INTENT_CONFIRM, "1", NULL, SURE, "glued"},
    {"bc6t 45/BC-UBND", COMMUNE, INTENT_CONFIRM, "1", "45/BC-UBND", SURE, "glued"},
    {"BC-6T-45/BC-UBND", COMMUNE, INTENT_CONFIRM, "1", "45/BC-UBND", SURE, "with dashes"},
    {"BC 6 T 45/BC-UBND", COMMUNE, INTENT_CONFIRM, "1", "45/BC-UBND", SURE, "apart"},
    {"BC 6THANG", COMMUNE, INTENT_CONFIRM, "1", NULL, SURE, "glued words"},
    {"BC NAM 12/BC-UBND", COMMUNE, INTENT_CONFIRM, "2", "12/BC-UBND", SURE, "the annual one"},
    {"BC năm", COMMUNE, INTENT_CONFIRM, "2", NULL, SURE, "with its mark"},
    {"BC TK10 31/BC-UBND", COMMUNE, INTENT_CONFIRM, "3", "31/BC-UBND", SURE, "ten years"},
    {"BC TK 5 32/BC-UBND", COMMUNE, INTENT_CONFIRM, "4", "32/BC-UBND", SURE, "five years"},
    {"BC TK5", COMMUNE, INTENT_CONFIRM, "4", NULL, SURE, "five years"},
    {"BC TH6T 120/BC-PLDTBXH", OFFICE, INTENT_CONFIRM, "21", "120/BC-PLDTBXH", SURE, "summary"},
    {"BC THNAM", OFFICE, INTENT_CONFIRM, "22", NULL, SURE, "the annual summary"},
    {"BC 6T 45/BC-UBND ngày 5/6", COMMUNE, INTENT_CONFIRM, "1", "45/BC-UBND", SURE, "dated"},
    {"BC 6T 45/BC-UBND 05/06/2020", COMMUNE, INTENT_CONFIRM, "1", "45/BC-UBND", SURE, "dated"},
    {"BC 6T 09/2020/BC-UBND", COMMUNE, INTENT_CONFIRM, "1", "09/2020/BC-UBND", SURE, "year"},
    {"BC 6T 45/BC-GD&ĐT", COMMUNE, INTENT_CONFIRM, "1", "45/BC-GD&ĐT", SURE, "an agency's"},
    {"BC 6T Ngọc Côn 45/BC-UBND", COMMUNE, INTENT_CONFIRM, "1", "45/BC-UBND", SURE, "its unit"},
    /* claims in words */
    {"Đã gửi báo cáo 6 tháng số 45/BC-UBND", COMMUNE, INTENT_CONFIRM, "1", "45/BC-UBND", SURE, ""},
    {"Da gui bao cao 6 thang so 45/BC-UBND", COMMUNE, INTENT_CONFIRM, "1", "45/BC-UBND", SURE, ""},
    {"Em đã nộp báo cáo 6 tháng rồi ạ", COMMUNE, INTENT_CONFIRM, "1", NULL, SURE, "in words"},
    {"Xã Ngọc Côn đã gửi BC 6T", COMMUNE, INTENT_CONFIRM, "1", NULL, SURE, "with the unit"},
    {"Dạ em đã gửi báo cáo 6 tháng ạ", COMMUNE, INTENT_CONFIRM, "1", NULL, SURE, "yes, sent"},
    {"Báo cáo sáu tháng đã gửi", COMMUNE, INTENT_CONFIRM, "1", NULL, SURE, "six in letters"},
    {"Hôm nay đã gửi BC 6T", COMMUNE, INTENT_CONFIRM, "1", NULL, SURE, "today, and done"},
    {"Đã gửi BC 6T lên huyện ngày 5/6", COMMUNE, INTENT_CONFIRM, "1", NULL, SURE, "and when"},
    {"Tôi đã gửi BC 6T", COMMUNE, INTENT_CONFIRM, "1", NULL, SURE, "I, with marks"},
    {"6 tháng đầu năm đã gửi rồi", COMMUNE, INTENT_CONFIRM, "1", NULL, SURE, "without BC"},
    {"Đã gửi BC sơ kết", COMMUNE, INTENT_CONFIRM, "1", NULL, SURE, "another name for it"},
    {"Đã gửi báo cáo sơ kết 6 tháng", COMMUNE, INTENT_CONFIRM, "1", NULL, SURE, "two names"},
    {"Đã gửi tổng kết 10 năm số 54/BC-UBND", COMMUNE, INTENT_CONFIRM, "3", "54/BC-UBND", SURE, ""},
    {"Tổng kết 5 năm đã gửi, 60/BC-UBND", COMMUNE, INTENT_CONFIRM, "4", "60/BC-UBND", SURE, ""},
    {"Đã gửi báo cáo 6 tháng đầu năm về bình đẳng giới, số 35/BC-UBND ạ", COMMUNE, INTENT_CONFIRM,
	"1", "35/BC-UBND", SURE, "all particles"},
    {"Đa\xCC\x83 gư\xCC\x89i ba\xCC\x81o ca\xCC\x81o 6 tha\xCC\x81ng", COMMUNE, INTENT_CONFIRM, "1",
	NULL, SURE, "letters in pieces"},
    {"Gửi BC 6T 45/BC-UBND", COMMUNE, INTENT_CONFIRM, "1", "45/BC-UBND", SURE, "a number says it"},
    {"BC 6T Đình Phong 45/BC-UBND", TWO_OPEN, INTENT_CONFIRM, "11", "45/BC-UBND", SURE,
	"Đình is no future"},
    {"BC 6T dinh phong", TWO_OPEN, INTENT_CONFIRM, "11", NULL, SURE, "nor without marks"},
    {"BC 6T Ngoc Con 9/BC-UBND", TWO_UNITS, INTENT_CONFIRM, "1", "9/BC-UBND", SURE, "corrects"},
    {"BC 6T 46/BC-UBND", CLAIMED, INTENT_CONFIRM, "1", "46/BC-UBND", SURE, "corrects a number"},
    {"Đã gửi 45/BC-UBND", LAST_ONE, INTENT_CONFIRM, "1", "45/BC-UBND", SURE, "only one left"},
    {"BC 45/BC-UBND", LAST_ONE, INTENT_CONFIRM, "1", "45/BC-UBND", SURE, "only one left"},
    /* claims that leave something open: a question */
    {"Đã gửi 45/BC-UBND", COMMUNE, INTENT_CONFIRM, "1,2,3,4", "45/BC-UBND", ASKS, "which?"},
    {"Đã gửi rồi ạ", COMMUNE, INTENT_CONFIRM, "1,2,3,4", NULL, ASKS, "what?"},
    {"Đã gửi rồi ạ", LAST_ONE, INTENT_CONFIRM, "1", NULL, SURE, "what we just asked for"},
    {"45/BC-UBND", LAST_ONE, INTENT_CONFIRM, "1", "45/BC-UBND", ASKS, "a number alone"},
    {"Đã gửi 45/KH-UBND", LAST_ONE, INTENT_CONFIRM, "1", "45/KH-UBND", ASKS, "a plan, no report"},
    {"BC 6T 45/BC-UBND", TWO_OPEN, INTENT_CONFIRM, "1,11", "45/BC-UBND", ASKS, "whose?"},
    {"BC 6T 45/BC-UBND", TWO_UNITS, INTENT_CONFIRM, "1,11", "45/BC-UBND", ASKS,
	"perhaps corrects what was just said"},
    {"BC 6T 45/BC-UBND", TWO_LATER, INTENT_CONFIRM, "11", "45/BC-UBND", SURE, "the other unit's"},
    {"Đã gửi 45/BC-UBND", TWO_UNITS, INTENT_CONFIRM, "1,11", "45/BC-UBND", ASKS, "or corrects"},
    {"Đã gửi 45/BC-UBND", TWO_LATER, INTENT_CONFIRM, "11", "45/BC-UBND", SURE, "the one left"},
    {"BC 6T Ngọc Côn, Đình Phong", TWO_OPEN, INTENT_CONFIRM, "1,11", NULL, ASKS, "both units"},
    {"BC 6T, BC NAM", COMMUNE, INTENT_CONFIRM, "1,2", NULL, ASKS, "two reports"},
    {"BC 6T 45/BC-UBND em gui qua zalo", COMMUNE, INTENT_CONFIRM, "1", "45/BC-UBND", ASKS, "zalo"},
    {"BC 6T 👍", COMMUNE, INTENT_CONFIRM, "1", NULL, ASKS, "a sign that is no word"},
    {"6T", COMMUNE, INTENT_UNKNOWN, NULL, NULL, NO_TICK, "a code alone"},
    {"NAM", COMMUNE, INTENT_UNKNOWN, NULL, NULL, NO_TICK, "a code alone, or a name"},
    {"BC TH6T 9/BC-UBND", COMMUNE, INTENT_CONFIRM, "", "9/BC-UBND", ASKS, "not theirs to send"},
    /* undoing */
    {"HUY", CLAIMED, INTENT_CANCEL, "1", NULL, SURE, "the last claim"},
    {"Hủy", CLAIMED, INTENT_CANCEL, "1", NULL, SURE, "with its mark"},
    {"HUY 6T", CLAIMED, INTENT_CANCEL, "1", NULL, SURE, "by code"},
    {"hủy BC 6T ạ", CLAIMED, INTENT_CANCEL, "1", NULL, SURE, "politely"},
    {"HUY NAM", CLAIMED, INTENT_CANCEL, "", NULL, SURE, "not claimed: nothing to undo"},
    {"HUY", COMMUNE, INTENT_CANCEL, "", NULL, SURE, "nothing claimed"},
    {"HUY TH6T", CLAIMED, INTENT_CANCEL, NULL, NULL, NO_TICK, "somebody else's report"},
    {"HUY QUY 2", CLAIMED, INTENT_CANCEL, NULL, NULL, NO_TICK, "another report"},
    {"HUY Đình Phong", TWO_UNITS, INTENT_CANCEL, "", NULL, SURE, "the unit without a claim"},
    {"Hủy được không?", CLAIMED, INTENT_HELP, NULL, NULL, NO_TICK, "a question"},
    {"HUY?", CLAIMED, INTENT_HELP, NULL, NULL, NO_TICK, "a question"},
    {"Huy gửi BC 6T 45/BC-UBND", CLAIMED, INTENT_CANCEL, NULL, NULL, NO_TICK, "Huy is a name"},
    {"Huy 45/BC-UBND", CLAIMED, INTENT_CANCEL, NULL, NULL, NO_TICK, "Huy signs"},
    {"không hủy", CLAIMED, INTENT_UNKNOWN, NULL, NULL, NO_TICK, "the opposite"},
    /* answers to a numbered question */
    {"1", ASKED, INTENT_CONFIRM, "1", "45/BC-UBND", SURE, "the first"},
    {"2 ạ", ASKED, INTENT_CONFIRM, "2", "45/BC-UBND", SURE, "the second"},
    {"số 2", ASKED, INTENT_CONFIRM, "2", "45/BC-UBND", SURE, "the second"},
    {"hai", ASKED, INTENT_CONFIRM, "2", "45/BC-UBND", SURE, "in letters"},
    {"Cả 2", ASKED, INTENT_CONFIRM, "1,2", NULL, SURE, "both: whose number is it?"},
    {"2", ASKED_UNDO, INTENT_CANCEL, "2", NULL, SURE, "which to undo"},
    {"3", ASKED, INTENT_UNKNOWN, NULL, NULL, NO_TICK, "not offered"},
    {"1?", ASKED, ANY, NULL, NULL, NO_TICK, "not sure themselves"},
    {"1 chưa", ASKED, ANY, NULL, NULL, NO_TICK, "not yet"},
    {"không phải 1", ASKED, ANY, NULL, NULL, NO_TICK, "not that one"},
    {"1 hay 2", ASKED, ANY, NULL, NULL, NO_TICK, "or"},
    {"1/2", ASKED, ANY, NULL, NULL, NO_TICK, "a date, or half"},
    {"năm", ASKED_FIVE, ANY, NULL, NULL, NO_TICK, "five, or the annual report"},
    {"NAM", ASKED_FIVE, ANY, NULL, NULL, NO_TICK, "the annual report, or a name"},
    {"5", ASKED_FIVE, INTENT_CONFIRM, "5", NULL, SURE, "five"},
    {"1", COMMUNE, INTENT_UNKNOWN, NULL, NULL, NO_TICK, "nothing was asked"},
    {"BC NAM", ASKED, INTENT_CONFIRM, "2", "45/BC-UBND", SURE, "by its name"},
    /* not yet, more time */
    {"Chưa xong, mai em gửi", COMMUNE, INTENT_NOT_YET, NULL, NULL, SURE, "not yet"},
    {"chua gui duoc bc 6t", COMMUNE, INTENT_NOT_YET, NULL, NULL, SURE, "without marks"},
    {"BC 6T chưa xong", COMMUNE, INTENT_NOT_YET, NULL, NULL, SURE, "named first"},
    {"Mai gửi BC 6T", COMMUNE, INTENT_NOT_YET, NULL, NULL, SURE, "tomorrow"},
    {"em sẽ gửi BC 6T", COMMUNE, INTENT_NOT_YET, NULL, NULL, SURE, "will"},
    {"Đang làm báo cáo 6 tháng", COMMUNE, INTENT_NOT_YET, NULL, NULL, SURE, "at it"},
    {"Chiều nay nộp báo cáo 6T", COMMUNE, INTENT_NOT_YET, NULL, NULL, SURE, "this afternoon"},
    {"Xin lùi đến 12/6", COMMUNE, INTENT_EXTENSION_REQUEST, NULL, NULL, SURE, "more time"},
    {"xin gia han bc 6t den 15/6", COMMUNE, INTENT_EXTENSION_REQUEST, NULL, NULL, SURE, ""},
    {"chưa gửi BC năm", COMMUNE, INTENT_NOT_YET, "2", NULL, SURE, "says which"},
    {"Xin gia hạn báo cáo năm", COMMUNE, INTENT_EXTENSION_REQUEST, "2", NULL, SURE, "says which"},
    {"BC 6T gửi cho ai", COMMUNE, INTENT_QUESTION, NULL, NULL, SURE, "to whom"},
    {"BC 6T xã Đình Phong", COMMUNE, INTENT_CONFIRM, "1", NULL, ASKS,
	"another's unit: neither a claim nor a later"},
    /* what must never tick: not, later, if */
    {"Không gửi BC 6T", COMMUNE, ANY, NULL, NULL, NO_TICK, "will not"},
    {"BC 6T ko co", COMMUNE, ANY, NULL, NULL, NO_TICK, "there is none"},
    {"BC 6T k gui dc", COMMUNE, ANY, NULL, NULL, NO_TICK, "a k for không"},
    {"BC 6T 45/BC-UBND - chưa gửi", COMMUNE, ANY, NULL, "45/BC-UBND", NO_TICK, "behind a dash"},
    {"BC 6T 45/BC-UBND-chưa gửi", COMMUNE, ANY, NULL, "45/BC-UBND", NO_TICK, "glued to it"},
    {"BC 6T 45/BC - mai gui", COMMUNE, ANY, NULL, "45/BC", NO_TICK, "behind a dash"},
    {"Đã gửi BC 6T nhưng chưa ký", COMMUNE, ANY, NULL, NULL, NO_TICK, "sent, but"},
    {"Đã gửi đâu mà BC 6T", COMMUNE, ANY, NULL, NULL, NO_TICK, "a way to say no"},
    {"Quên gửi BC 6T", COMMUNE, ANY, NULL, NULL, NO_TICK, "forgot"},
    {"Tối gửi BC 6T", COMMUNE, ANY, NULL, NULL, NO_TICK, "this evening"},
    {"toi gui bc 6t", COMMUNE, ANY, NULL, NULL, NO_TICK, "this evening, or I"},
    {"Toi gui BC 6T 45/BC-UBND", COMMUNE, ANY, NULL, "45/BC-UBND", NO_TICK, "even with a number"},
    {"Hôm nay gửi BC 6T", COMMUNE, ANY, NULL, NULL, NO_TICK, "today, perhaps later"},
    {"Gửi BC 6T ngày 9/6", COMMUNE, ANY, NULL, NULL, NO_TICK, "a day to come"},
    {"BC 6T 9/6", COMMUNE, ANY, NULL, NULL, NO_TICK, "a day to come"},
    {"Ngày 10 tháng 6 gửi BC", COMMUNE, ANY, NULL, NULL, NO_TICK, "a date in words"},
    {"Ngày 6 tháng này nộp báo cáo", LAST_ONE, ANY, NULL, NULL, NO_TICK, "a date, not 6T"},
    {"sau thang nay nop bao cao", LAST_ONE, ANY, NULL, NULL, NO_TICK, "after, not six"},
    {"nop bao cao sau thang nay", COMMUNE, ANY, NULL, NULL, NO_TICK, "after, not six"},
    {"BC 6T gửi sau", COMMUNE, ANY, NULL, NULL, NO_TICK, "afterwards"},
    {"Cuối năm báo cáo", COMMUNE, ANY, NULL, NULL, NO_TICK, "when, not what"},
    {"cuoi nam gui bc", COMMUNE, ANY, NULL, NULL, NO_TICK, "when, not what"},
    {"Nếu xong thì gửi BC 6T", COMMUNE, ANY, NULL, NULL, NO_TICK, "if"},
    {"Gửi BC 6T nhé", COMMUNE, ANY, NULL, NULL, NO_TICK, "a demand"},
    {"Cho em xin BC 6T", COMMUNE, ANY, NULL, NULL, NO_TICK, "wants one"},
    {"Cho xin kết quả BC 6T", COMMUNE, ANY, NULL, NULL, NO_TICK, "wants one"},
    {"Cho em xin BC 6T da gui", COMMUNE, ANY, NULL, NULL, NO_TICK, "wants one"},
    {"Dạ gửi BC 6T ạ", COMMUNE, ANY, NULL, NULL, NO_TICK, "yes, will send"},
    {"ok BC 6T", COMMUNE, ANY, NULL, NULL, NO_TICK, "noted"},
    {"vâng, báo cáo 6 tháng ạ", COMMUNE, ANY, NULL, NULL, NO_TICK, "noted"},
    {"các đơn vị đã gửi BC 6T", COMMUNE, ANY, NULL, NULL, NO_TICK, "others have"},
    {"BC 6T đã trình lãnh đạo", COMMUNE, ANY, NULL, NULL, NO_TICK, "not signed yet"},
    /* questions */
    {"Đã gửi BC 6T chưa?", COMMUNE, INTENT_QUESTION, NULL, NULL, SURE, "asks"},
    {"Anh da gui bc 6t chua", COMMUNE, INTENT_QUESTION, NULL, NULL, SURE, "asks without a mark"},
    {"BC 6T?", COMMUNE, INTENT_QUESTION, NULL, NULL, SURE, "asks"},
    {"BC 6T？", COMMUNE, INTENT_QUESTION, NULL, NULL, SURE, "with a wide question mark"},
    {"Gửi báo cáo 6 tháng vào đâu ạ?", COMMUNE, INTENT_QUESTION, NULL, NULL, SURE, "where to"},
    {"BC 6T gửi thế nào", COMMUNE, INTENT_QUESTION, NULL, NULL, SURE, "how"},
    {"phòng đã nhận được BC 6T chưa", COMMUNE, INTENT_STATUS, NULL, NULL, SURE, "received?"},
    {"BC 6T à", COMMUNE, ANY, NULL, NULL, NO_TICK, "à asks"},
    {"BC 6T ❌", COMMUNE, ANY, NULL, NULL, NO_TICK, "a sign that says no"},
    /* other reports, other units */
    {"BC QUY 2", COMMUNE, ANY, NULL, NULL, NO_TICK, "quarterly"},
    {"BC QUY 2 45/BC-UBND", LAST_ONE, ANY, NULL, "45/BC-UBND", NO_TICK, "quarterly"},
    {"BC T6", LAST_ONE, ANY, NULL, NULL, NO_TICK, "June"},
    {"BC T6 45/BC-UBND", LAST_ONE, ANY, NULL, "45/BC-UBND", NO_TICK, "June"},
    {"BC tháng 6 45/BC-UBND", LAST_ONE, ANY, NULL, "45/BC-UBND", NO_TICK, "June"},
    {"BC 9 tháng 45/BC-UBND", LAST_ONE, ANY, NULL, "45/BC-UBND", NO_TICK, "nine months"},
    {"BC 16T", LAST_ONE, ANY, NULL, NULL, NO_TICK, "no such report"},
    {"BC tháng hành động 45/BC-UBND", LAST_ONE, ANY, NULL, "45/BC-UBND", NO_TICK, "the month"},
    {"BC 6T về trẻ em 45/BC-UBND", COMMUNE, ANY, NULL, "45/BC-UBND", NO_TICK, "on children"},
    {"BC 6T xã Đàm Thủy 45/BC-UBND", COMMUNE, ANY, NULL, "45/BC-UBND", NO_TICK, "not their unit"},
    {"BC 6T của huyện", COMMUNE, ANY, NULL, NULL, NO_TICK, "the district's"},
    {"BC tổng hợp 6 tháng", COMMUNE, ANY, NULL, NULL, NO_TICK, "the summary"},
    {"Đã gửi 45/BC-UBND Ngọc Côn", TWO_UNITS, ANY, NULL, "45/BC-UBND", NO_TICK, "claimed one"},
    {"BC năm 2019", COMMUNE, ANY, NULL, NULL, NO_TICK, "last year's"},
    {"BC 6T 45/BC-UBND", NOBODY, ANY, NULL, "45/BC-UBND", NO_TICK, "owes nothing"},
    /* năm, Nam */
    {"Nam 45/BC-UBND", COMMUNE, ANY, NULL, "45/BC-UBND", NO_TICK, "Nam signs"},
    {"Nam đã gửi 45/BC-UBND", COMMUNE, ANY, NULL, "45/BC-UBND", NO_TICK, "Nam has"},
    {"Đã gửi báo cáo cho anh Nam", COMMUNE, ANY, NULL, NULL, NO_TICK, "to Nam"},
    {"Cao Nam đã gửi 45/BC-UBND", LAST_ONE, ANY, NULL, "45/BC-UBND", NO_TICK, "a full name"},
    {"đã gửi BC 6T cho Nam", COMMUNE, ANY, NULL, NULL, NO_TICK, "to Nam"},
    {"5 năm rồi", COMMUNE, ANY, NULL, NULL, NO_TICK, "five years ago"},
    {"năm nay", COMMUNE, ANY, NULL, NULL, NO_TICK, "this year"},
    /* digits that are no document number */
    {"BC 6T 0912345678", COMMUNE, ANY, NULL, NULL, NO_TICK, "a phone number"},
    {"BC 6T 2020", COMMUNE, INTENT_CONFIRM, NULL, NULL, NO_TICK, "a year"},
    {"BC 6T 16:30", COMMUNE, ANY, NULL, NULL, NO_TICK, "a time"},
    {"BC 6T 2/tuần", COMMUNE, ANY, NULL, NULL, NO_TICK, "no document"},
    {"BC 6T 50%", COMMUNE, ANY, NULL, "*", NO_TICK, "half done"},
    {"0912345678", COMMUNE, INTENT_UNKNOWN, NULL, NULL, NO_TICK, "a phone number"},
    {"10/6", COMMUNE, INTENT_UNKNOWN, NULL, NULL, NO_TICK, "a date"},
    {"16h30", COMMUNE, INTENT_UNKNOWN, NULL, NULL, NO_TICK, "a time"},
    {"BC 6T 45/BC-UBND 46/BC-UBND", COMMUNE, ANY, NULL, "45/BC-UBND", NO_TICK, "which number?"},
    /* nobody's and nothing */
    {"", COMMUNE, INTENT_UNKNOWN, NULL, NULL, NO_TICK, "nothing"},
    {"   ", COMMUNE, INTENT_UNKNOWN, NULL, NULL, NO_TICK, "blanks"},
    {"asdf qwer", COMMUNE, INTENT_UNKNOWN, NULL, NULL, NO_TICK, "noise"},
    {"Alo chị ơi", COMMUNE, INTENT_UNKNOWN, NULL, NULL, NO_TICK, "calls"},
    {"\xFF\xFE\x80", COMMUNE, INTENT_UNKNOWN, NULL, NULL, NO_TICK, "bad bytes"},
    {"BC 6T \xFF", COMMUNE, ANY, NULL, NULL, NO_TICK, "bad bytes behind"},
    {"BC 6T 45/BC-UBND", ROBOT, INTENT_ADVERT, NULL, NULL, SURE, "a robot claims nothing"},
};

/* Our own texts, as the plan and config/texts word them: forwarded or quoted they say nothing. */
static const char *const ours[] = {
    "P.LĐTBXH Trùng Khánh: báo cáo 6 tháng của xã Ngọc Côn hạn trước 10/6, chậm nhất thứ Ba 9/6. "
    "Gửi "
    "xong nhắn: BC 6T <số BC>. Trợ giúp: TG",
    "P.LĐTBXH Trùng Khánh: nhắc báo cáo 6 tháng của xã Ngọc Côn, chậm nhất thứ Ba 9/6. Đã gửi thì "
    "nhắn: BC 6T <số BC>. Trợ giúp: TG",
    "P.LĐTBXH Trùng Khánh: LẦN CUỐI, báo cáo 6 tháng của xã Ngọc Côn chậm nhất thứ Ba 9/6, 16:30. "
    "Đã "
    "gửi thì nhắn: BC 6T <số BC>",
    "P.LĐTBXH Trùng Khánh: chưa nhận báo cáo 6 tháng của xã Ngọc Côn, đã quá hạn 10/6. Đề nghị gửi "
    "ngay rồi nhắn: BC 6T <số BC>",
    "P.LĐTBXH Trùng Khánh: kính báo lãnh đạo xã Ngọc Côn: báo cáo 6 tháng quá hạn 10/6, chưa gửi. "
    "Đề "
    "nghị chỉ đạo. Đã gửi: BC 6T <số BC>",
    "P.LĐTBXH Trùng Khánh: tổng hợp 6 tháng, chậm nhất thứ Sáu 19/6. Thiếu 2: Ngọc Côn, Đình "
    "Phong. "
    "Xong nhắn: BC TH6T",
    "P.LĐTBXH Trùng Khánh: tổng hợp 6 tháng gửi tỉnh đã quá hạn 21/6. Thiếu 1: Ngọc Côn. Xong "
    "nhắn: "
    "BC TH6T",
    "P.LĐTBXH Trùng Khánh: Tháng hành động vì bình đẳng giới từ 15/11 đến 15/12. Đề nghị xã Ngọc "
    "Côn "
    "lên kế hoạch, treo băng rôn, truyền thông.",
    "P.LĐTBXH Trùng Khánh: Tháng hành động vì bình đẳng giới kết thúc 15/12. Cảm ơn xã Ngọc Côn; "
    "đề "
    "nghị gửi kết quả và hình ảnh về Phòng.",
    "Đã ghi: báo cáo 6 tháng, xã Ngọc Côn, số 45/BC-UBND. Sai? Nhắn HUY",
    "Đã hủy: báo cáo 6 tháng, xã Ngọc Côn trở lại là chưa gửi",
    "Báo cáo nào? Nhắn một số: 1 6T Ngọc Côn, 2 NAM Ngọc Côn",
    "Gửi báo cáo xong nhắn: BC 6T <số>. HUY: sửa sai. TT: xem còn thiếu. CHUA XONG: báo chậm. DUNG "
    "TIN: thôi nhận tin",
    "Đã biết báo cáo 6 tháng, xã Ngọc Côn chưa xong. Chậm nhất thứ Ba 9/6. Xong xin nhắn lại",
};

static const char *ids_of(struct arena *arena, const struct reading *reading)
{
	OWNED_BUFFER ids = BUFFER(200);
	for (size_t i = 0; i < reading->obligation_count; i++)
		buffer_printf(&ids, "%s%lld", i > 0 ? "," : "", (long long)reading->obligations[i]);
	return arena_copy(arena, buffer_text(&ids));
}

static bool is_same(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static bool ticks(const struct reading *reading)
{
	return reading->confidence >= CONFIDENCE_SURE &&
	       (reading->intent == INTENT_CONFIRM || reading->intent == INTENT_CANCEL ||
		   reading->intent == INTENT_OPT_OUT);
}

static bool try_case(const struct text_case *one)
{
	struct arena *arena = arena_new();
	struct world world;
	world_make(&world, one->official);
	struct readings readings = understand(arena, one->text, &world.context);
	const struct reading *best = &readings.items[0];
	const char *ids = ids_of(arena, best);
	bool number = one->number != NULL && strcmp(one->number, "*") == 0;
	bool right = one->intent == ANY
			 ? !ticks(best)
			 : best->intent == one->intent && best->confidence >= one->least &&
			       best->confidence <= one->most;
	if (one->obligations != NULL)
		right &= strcmp(ids, one->obligations) == 0;
	if (one->intent == INTENT_CONFIRM)
		right &= number || is_same(best->document_number, one->number);
	else if (!number && one->number != NULL && best->document_number != NULL)
		right &= is_same(best->document_number, one->number);
	if (!right)
		print_error("\"%s\" (%s): %s, %d, obligations %s, number %s: %s\n", one->text,
		    one->why, intent_name(best->intent), best->confidence, ids,
		    best->document_number != NULL ? best->document_number : "none", best->evidence);
	arena_free(arena);
	return right;
}

static void test_texts_are_read_as_people_mean_them(void **state)
{
	(void)state;
	int wrong = 0;
	assert_true(COUNT_OF(table) >= 120);
	for (size_t i = 0; i < COUNT_OF(table); i++)
		wrong += !try_case(&table[i]);
	assert_int_equal(wrong, 0);
}

/* The beginning, as a phone quotes it, and the whole, in all contexts. */
static void test_our_own_texts_sent_back_claim_nothing(void **state)
{
	(void)state;
	int wrong = 0;
	for (size_t i = 0; i < COUNT_OF(ours); i++)
		for (enum official official = COMMUNE; official <= OFFICE; official++)
			for (size_t len = strlen(ours[i]); len > 0; len -= len > 20 ? 20 : len) {
				struct arena *arena = arena_new();
				struct world world;
				world_make(&world, official);
				const char *text = arena_copy_bytes(arena, ours[i], len);
				struct readings readings = understand(arena, text, &world.context);
				if (ticks(&readings.items[0])) {
					print_error("\"%s\" ticks\n", text);
					wrong++;
				}
				if (len == strlen(ours[i]) &&
				    readings.items[0].intent == INTENT_NOT_YET) {
					print_error("\"%s\" is a not-yet\n", text);
					wrong++;
				}
				arena_free(arena);
			}
	assert_int_equal(wrong, 0);
}

/* A word that turns the meaning around, put anywhere into a claim that is sure. */
static void test_a_turning_word_anywhere_in_a_claim_forbids_it(void **state)
{
	(void)state;
	static const char *const claims[][8] = {{"BC", "6T", "45/BC-UBND"},
	    {"Đã", "gửi", "báo", "cáo", "6", "tháng", "rồi"},
	    {"Xã", "Ngọc", "Côn", "đã", "nộp", "BC", "6T"}};
	static const char *const turns[] = {"chưa", "không", "chua", "khong", "ko", "sẽ", "mai",
	    "đang", "sắp", "nếu", "quên", "nhầm", "đâu", "sai", "thiếu", "?", "quý", "khác",
	    "chua gui", "mai gửi", "k", "hông", "lát", "tuần sau", "chờ", "hỏi"};
	int wrong = 0;
	for (size_t c = 0; c < COUNT_OF(claims); c++)
		for (size_t t = 0; t < COUNT_OF(turns); t++)
			for (size_t at = 0; at <= COUNT_OF(claims[c]); at++) {
				struct arena *arena = arena_new();
				struct world world;
				world_make(&world, COMMUNE);
				OWNED_BUFFER text = BUFFER(300);
				for (size_t w = 0; w < COUNT_OF(claims[c]); w++) {
					if (w == at)
						buffer_printf(&text, "%s ", turns[t]);
					if (claims[c][w] != NULL)
						buffer_printf(&text, "%s ", claims[c][w]);
				}
				if (at == COUNT_OF(claims[c]))
					buffer_add_text(&text, turns[t]);
				struct readings readings =
				    understand(arena, buffer_text(&text), &world.context);
				if (readings.items[0].intent == INTENT_CONFIRM &&
				    ticks(&readings.items[0])) {
					print_error("\"%s\" ticks\n", buffer_text(&text));
					wrong++;
				}
				arena_free(arena);
			}
	assert_int_equal(wrong, 0);
}

static bool is_owed(const struct world *world, int64_t id)
{
	for (size_t i = 0; i < world->context.obligation_count; i++)
		if (world->owed[i].id == id)
			return true;
	for (int i = 0; i < world->context.question.count; i++)
		if (world->choices[i] == id)
			return true;
	return false;
}

static void test_any_text_gives_a_reading_about_the_senders_own(void **state)
{
	(void)state;
	static const char *const words[] = {"BC", "6T", "nam", "45/BC-UBND", "đã gửi", "chưa",
	    "huy", "1", "2", "?", "tt", "8/6", "ngay", "Ngọc Côn", "Đình Phong", "10 năm", "\xFF",
	    "TH6T", "dạ", "sáu tháng", "99999999999999999999/", "-", "/", "&", "31/2/2020", "0/0",
	    "xin lùi"};
	unsigned seed = 6;
	for (int round = 0; round < 6000; round++) {
		struct arena *arena = arena_new();
		struct world world;
		world_make(&world, (enum official)(rand_r(&seed) % (OFFICE + 1)));
		OWNED_BUFFER text = BUFFER(5000);
		for (int i = rand_r(&seed) % (round % 100 == 0 ? 400 : 9); i > 0; i--)
			buffer_printf(&text, "%s%s", words[(size_t)rand_r(&seed) % COUNT_OF(words)],
			    rand_r(&seed) % 3 == 0 ? "" : " ");
		struct readings readings = understand(arena, buffer_text(&text), &world.context);
		assert_true(readings.count >= 1);
		const struct reading *best = &readings.items[0];
		assert_in_range(best->confidence, 0, 100);
		assert_non_null(best->evidence);
		for (size_t i = 0; i < best->obligation_count; i++)
			assert_true(is_owed(&world, best->obligations[i]));
		if (ticks(best) && best->intent == INTENT_CONFIRM &&
		    world.context.question.count == 0)
			assert_int_equal(best->obligation_count, 1);
		arena_free(arena);
	}
}

static void test_the_day_that_is_promised_is_read(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int year, month, day;
	} days[] = {{"Xin lùi đến 12/6", 2020, 6, 12}, {"xin gia hạn đến 12-6-20", 2020, 6, 12},
	    {"chưa xong, 20.6.2020 gửi", 2020, 6, 20}, {"Chưa xong, mai em gửi", 2020, 6, 9},
	    {"chưa xong, ngày kia gửi", 2020, 6, 10}, {"chưa xong", 0, 0, 0},
	    {"xin lùi đến 31/6", 0, 0, 0}};
	for (size_t i = 0; i < COUNT_OF(days); i++) {
		struct arena *arena = arena_new();
		struct world world;
		world_make(&world, COMMUNE);
		struct readings readings = understand(arena, days[i].text, &world.context);
		struct wall expected =
		    days[i].year == 0
			? WALL_NEVER
			: civil_moment(
			      civil_day(days[i].year, days[i].month, days[i].day), 0, ZONE);
		if (readings.items[0].promised.ms != expected.ms)
			fail_msg("%s", days[i].text);
		arena_free(arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_texts_are_read_as_people_mean_them),
	    cmocka_unit_test(test_our_own_texts_sent_back_claim_nothing),
	    cmocka_unit_test(test_a_turning_word_anywhere_in_a_claim_forbids_it),
	    cmocka_unit_test(test_any_text_gives_a_reading_about_the_senders_own),
	    cmocka_unit_test(test_the_day_that_is_promised_is_read),
	};
	return cmocka_run_group_tests_name("understand", tests, NULL, NULL);
}
