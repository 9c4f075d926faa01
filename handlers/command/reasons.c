/*
 * Owns: stored reasons, states and kinds in words, in both languages.
 * May use: command/words.h.
 * Must not know: when they arise.
 */
#include "command/words.h"

#include "base/memory.h"

#include <string.h>

struct naming {
	const char *name, *en, *vi;
};

/* Those of outbox/check.h, plan/ladder.h, scheduler/decide.h, and the store's. */
static const struct naming reasons[] = {
    {"paused", "everything is paused", "mọi việc gửi đang tạm dừng"},
    {"plan-paused", "the plan is paused", "kế hoạch đang tạm dừng"},
    {"plan-closed", "the plan was closed", "kế hoạch đã đóng"},
    {"number-unknown", "waits: an earlier text to this number has an unknown fate",
	"chờ: một tin trước đến số này chưa rõ đã tới hay chưa"},
    {"quiet-hours", "waits for the end of the quiet hours", "chờ hết giờ yên tĩnh"},
    {"send-window", "waits for working hours", "chờ đến giờ làm việc"},
    {"daily-brake", "enough for this number today", "hôm nay số này đã nhận đủ tin"},
    {"monthly-cap", "the month's limit of parts is reached", "đã hết mức tin của tháng"},
    {"not-before", "its moment has not come", "chưa đến lúc"},
    {"obligation-closed", "has been reported meanwhile", "đơn vị đã báo cáo"},
    {"deadline-moved", "the deadline was moved", "hạn đã đổi"},
    {"number-suspended", "the number does not work", "số không liên lạc được"},
    {"wrong-number", "it is somebody else's, they say", "nhầm số, người nhận báo"},
    {"transferred", "moved to another post, they say", "đã chuyển công tác, người nhận báo"},
    {"opted-out", "asked for silence", "đã xin không nhận tin"},
    {"not-in-trial", "trial: only_to does not name this number",
	"chạy thử: only_to không có số này"},
    {"hourly-answers", "enough answers to this number in one hour",
	"đã trả lời số này đủ tin trong một giờ"},
    {"not-after", "came to nothing in time", "quá lúc còn ích"},
    {"before-start", "lies before the plan's start", "trước khi kế hoạch chạy"},
    {"closed", "lies after the closing day", "sau ngày khóa sổ"},
    {"superseded", "a later reminder takes its place", "lời nhắc sau thay thế"},
    {"too-late", "the deadline has passed", "đã qua hạn"},
    {"moved-later", "moved to the next allowed hour", "lùi đến giờ được gửi"},
    {"moved-earlier", "moved before the deadline", "đưa lên trước hạn"},
    {"catch-up", "made up for after an outage", "gửi bù sau khi gián đoạn"},
    {"no-recipient", "nobody there can be reached", "không có ai liên lạc được"},
    {"text-too-long", "the text needs too many parts", "nội dung quá dài"},
    {"merged", "shares a text with another reminder", "gộp chung một tin với lời nhắc khác"},
    {"step-gone", "the plan has no such step any more", "kế hoạch không còn bước này"},
    {"same-number", "somebody else with the same number gets it", "người khác cùng số đã nhận"},
    {"reporter-unreachable", "to the deputy: the reporter cannot be reached",
	"gửi cấp phó: không liên lạc được người báo cáo"},
    {"deputy-unreachable", "to the leader: nobody below can be reached",
	"gửi lãnh đạo: không liên lạc được cấp dưới"},
    {"promised", "it is promised for a day", "đã hẹn ngày gửi"},
    {"address-blocked", "the account wants no texts", "tài khoản chặn hoặc bỏ theo dõi"},
    {"fell-back", "did not arrive in time: it goes another way",
	"chậm tới: gửi lại bằng cách khác"},
    {"retired", "no longer expected", "không còn phải nộp"},
    {"refused", "the network refused it", "mạng từ chối"},
    {"refused-forever", "the network refused it for good", "mạng từ chối hẳn"},
    {"not-sent", "could not be sent", "không gửi được"},
    {"answer-unknown", "an answer is not repeated", "tin trả lời không gửi lại"},
    {"unknown-twice", "sent twice, never confirmed", "đã gửi hai lần, mạng không xác nhận"},
    {"lease-ended", "its sending was broken off", "việc gửi bị ngắt giữa chừng"},
    {"restarted", "the gateway was restarted meanwhile", "cổng khởi động lại giữa chừng"},
    {"unknown", "no answer came: it may have left", "không rõ đã gửi hay chưa"},
    {"receipt-failed", "the network could not deliver it", "mạng không chuyển được đến máy"},
    {"was-unknown", "sent once more: its fate was unknown", "gửi lại: lần trước chưa rõ"},
    {"claim", "has been reported meanwhile", "đơn vị đã báo cáo"},
    {"claimed", "has been reported meanwhile", "đơn vị đã báo cáo"},
    {"received", "has been received meanwhile", "văn phòng đã nhận báo cáo"},
    {"waived", "is no longer asked for", "không còn phải nộp"},
};

static const struct naming states[] = {
    {"pending", "to be sent", "sẽ gửi"},
    {"queued", "queued", "chờ gửi"},
    {"sending", "sending", "đang gửi"},
    {"unknown", "unknown", "chưa rõ"},
    {"sent", "sent", "đã gửi"},
    {"delivered", "delivered", "đã đến máy"},
    {"failed", "failed", "không đến được"},
    {"expired", "expired", "hết hạn"},
    {"cancelled", "cancelled", "đã hủy"},
    {"skipped", "skipped", "bỏ qua"},
    {"draft", "a draft", "bản thảo"},
    {"running", "running", "đang chạy"},
    {"paused", "paused", "tạm dừng"},
    {"closed", "closed", "đã đóng"},
};

static const struct naming task_kinds[] = {
    {"pin-refused", "The SIM refused its PIN: correct `pin` of the channel",
	"SIM từ chối mã PIN: hãy sửa `pin` của kênh"},
    {"message-failed", "A message failed for good", "Một tin không gửi được"},
    {"wrong-number",
	"Wrong number, no more texts go there: import the person's new one, or `nhacviec resume "
	"--number NUMBER`",
	"Nhầm số, đã ngừng nhắn: nhập số mới của người đó, hoặc `nhacviec resume --number SỐ`"},
    {"transferred",
	"Moved to another post, no more texts go there: import who follows, or `nhacviec resume "
	"--number NUMBER`",
	"Đã chuyển công tác, đã ngừng nhắn: nhập người thay, hoặc `nhacviec resume --number SỐ`"},
    {"registration",
	"A number registers for a unit: `nhacviec approve NUMBER` or `nhacviec refuse NUMBER`",
	"Một số đăng ký cho đơn vị: `nhacviec approve SỐ` hoặc `nhacviec refuse SỐ`"},
    {"answers-capped", "A number writes more than is answered in an hour: see `nhacviec inbox`",
	"Một số nhắn nhiều quá mức trả lời trong giờ: xem `nhacviec inbox`"},
    {"answers-alike", "A number keeps sending the same words, a machine perhaps",
	"Một số gửi mãi một câu, có thể là máy"},
    {"stranger", "A text from an unknown number", "Tin từ số lạ"},
    {"unknown", "A text was not understood", "Không hiểu một tin"},
    {"question", "An official asks something", "Cán bộ hỏi"},
    {"extension-request", "An official asks for more time", "Cán bộ xin gia hạn"},
    {"monthly-cap", "The month's limit of parts is near", "Sắp hết mức tin của tháng"},
    {"confirm", "A claim could not be matched", "Báo đã gửi nhưng không khớp báo cáo nào"},
    {"cancel", "HUY was not clear", "Tin HUY chưa rõ"},
    {"not-yet", "An official is not ready", "Cán bộ báo chưa xong"},
    {"paper-not-received", "Said to be sent, but the paper has not come: enter `receive`",
	"Đã báo gửi nhưng chưa nhận bản giấy: nhận được thì ghi `receive`"},
    {"proxy-claim", "Somebody speaks for a unit that is not theirs",
	"Có người báo thay đơn vị khác"},
    {"question-not-asked", "A text says more than one question could ask",
	"Một tin nói nhiều việc, còn phần chưa hỏi lại được"},
    {"question-replaced", "A text said something before it was told which report was meant",
	"Chưa trả lời báo cáo nào thì đã nhắn việc khác"},
    {"promise-again", "A report is promised again and again", "Cán bộ hẹn nhiều lần"},
    {"extension-lapsed", "Nobody decided on a request for more time",
	"Đề nghị lùi hạn không ai quyết"},
    {"not-approver", "Somebody who may not decide on more time did",
	"Người không có quyền duyệt lùi hạn đã nhắn duyệt"},
    {"approve", "An approval was not clear", "Tin duyệt lùi hạn chưa rõ"},
    {"refuse", "A refusal was not clear", "Tin từ chối lùi hạn chưa rõ"},
    {"attend", "An official will take part", "Cán bộ báo tham gia"},
    {"absent", "An official will be absent", "Cán bộ báo vắng"},
    {"register", "Somebody asks to be registered", "Có người xin đăng ký"},
    {"undo-too-late", "HUY asks for what only the office can undo",
	"Tin HUY xin hủy điều chỉ văn phòng hủy được"},
    {"text-too-long", "A text needs too many parts and is not sent",
	"Một lời nhắc quá dài nên không gửi"},
    {"address-blocked", "A chat account wants no texts: SMS is used instead",
	"Tài khoản chat chặn tin: chuyển sang SMS"},
    {"unreachable", "Nobody could be reached with a reminder", "Không gửi được lời nhắc cho ai"},
    {"unit-ended", "A unit has ended without a successor; its reports are waived",
	"Đơn vị hết hiệu lực mà không có đơn vị kế thừa; báo cáo được miễn"},
    {"holidays-missing", "A holiday file is missing: add it, name it in the plan, import again",
	"Thiếu tệp ngày nghỉ: hãy thêm tệp, ghi tên vào kế hoạch rồi nhập lại"},
    {"question-unanswered", "A numbered question was not answered",
	"Câu hỏi có đánh số chưa được trả lời"},
};

static const char *find(
    const struct naming *namings, size_t count, const char *language, const char *name)
{
	if (name == NULL)
		return "";
	for (size_t i = 0; i < count; i++)
		if (strcmp(namings[i].name, name) == 0)
			return strcmp(language, "vi") == 0 ? namings[i].vi : namings[i].en;
	return name;
}

const char *reason_in_words(const char *language, const char *reason)
{
	/* "refused-38": the network's own code stands behind the word. */
	if (reason != NULL && strncmp(reason, "refused-", 8) == 0 && reason[8] >= '0' &&
	    reason[8] <= '9')
		reason = "refused";
	/* "receipt-70": likewise. */
	if (reason != NULL && strncmp(reason, "receipt-", 8) == 0 && reason[8] >= '0' &&
	    reason[8] <= '9')
		reason = "receipt-failed";
	return find(reasons, COUNT_OF(reasons), language, reason);
}

const char *message_state_in_words(const char *language, const char *state)
{
	return find(states, COUNT_OF(states), language, state);
}

const char *task_kind_in_words(const char *language, const char *kind)
{
	return find(task_kinds, COUNT_OF(task_kinds), language, kind);
}
