/*
 * Owns: what the commands say, in both languages.
 * May use: command/words.h.
 * Must not know: when it is said.
 */
#include "command/words.h"

#include <string.h>

static const struct {
	const char *en, *vi;
} words[WORD_COUNT] = {
    [WORD_USAGE] = {"Usage: nhacviec [--config FILE] %s", "Cách dùng: nhacviec [--config TỆP] %s"},
    [WORD_SEE_HELP] = {"See: nhacviec %s --help", "Xem: nhacviec %s --help"},
    [WORD_UNKNOWN_OPTION] = {"There is no option --%s.", "Không có tùy chọn --%s."},
    [WORD_DID_YOU_MEAN_OPTION] = {"Did you mean --%s?", "Có phải bạn muốn --%s?"},
    [WORD_OPTION_WANTS_VALUE] = {"The option --%s needs a value.", "Tùy chọn --%s cần giá trị."},
    [WORD_OPTION_WANTS_NUMBER] = {"The option --%s needs a number, 0 or above.",
	"Tùy chọn --%s cần một số, từ 0 trở lên."},
    [WORD_OPTION_WANTS_NO_VALUE] = {"The option --%s takes no value.",
	"Tùy chọn --%s không có giá trị."},
    [WORD_TOO_FEW_WORDS] = {"Something is missing; needed: %s.", "Còn thiếu; cần có: %s."},
    [WORD_TOO_MANY_WORDS] = {"Too many words; possible: %s. Put a text in quotes.",
	"Thừa từ; chỉ có thể: %s. Hãy đặt nội dung trong dấu ngoặc kép."},
    [WORD_NO_COMMAND] = {"Say what to do. `nhacviec --help` lists the commands.",
	"Hãy cho biết phải làm gì. `nhacviec --help` liệt kê các lệnh."},
    [WORD_UNKNOWN_COMMAND] = {"There is no command %s.", "Không có lệnh %s."},
    [WORD_DID_YOU_MEAN] = {"Did you mean %s?", "Có phải bạn muốn %s?"},
    [WORD_LIST_COMMANDS] = {"`nhacviec --help` lists them.", "`nhacviec --help` liệt kê các lệnh."},
    [WORD_BAD_LANGUAGE] = {"--lang needs vi or en, not %s.",
	"--lang phải là vi hoặc en, không phải %s."},
    [WORD_HEAD] = {"nhacviec: reminds officials of reports and events, understands their answers,\n"
		   "shows who has reported.\n\nUsage: nhacviec [OPTIONS] COMMAND …\n\nCommands:\n",
	"nhacviec: nhắc cán bộ về báo cáo và sự kiện, hiểu tin trả lời, cho biết đơn vị nào đã\n"
	"báo cáo.\n\nCách dùng: nhacviec [TÙY CHỌN] LỆNH …\n\nCác lệnh:\n"},
    [WORD_GLOBAL_OPTIONS] = {"\nOptions of all commands:\n"
			     "  --config FILE  the configuration (else $NHACVIEC_CONFIG, else\n"
			     "                 " NHACVIEC_SYSCONFDIR "/nhacviec/nhacviec.yaml)\n"
			     "  --lang vi|en   the language (else LC_ALL, LC_MESSAGES, LANG)\n"
			     "  --debug        log everything, phone numbers too\n"
			     "  --version      print the version\n",
	"\nTùy chọn của mọi lệnh:\n"
	"  --config TỆP   tệp cấu hình (nếu không: $NHACVIEC_CONFIG, rồi\n"
	"                 " NHACVIEC_SYSCONFDIR "/nhacviec/nhacviec.yaml)\n"
	"  --lang vi|en   ngôn ngữ (nếu không: LC_ALL, LC_MESSAGES, LANG)\n"
	"  --debug        ghi mọi điều vào nhật ký, kể cả số điện thoại\n"
	"  --version      in số phiên bản\n"},
    [WORD_HELP_OF_COMMAND] = {"\n`nhacviec COMMAND --help` explains a command.\n",
	"\n`nhacviec LỆNH --help` giải thích từng lệnh.\n"},
    [WORD_WARNING] = {"warning: ", "lưu ý: "},
    [WORD_MORE_ERRORS] = {"%zu more are not shown.", "còn %zu lỗi nữa không được nêu ở đây."},
    [WORD_CHECK_FINE] = {"Everything is in order.\n", "Mọi thứ đều hợp lệ.\n"},
    [WORD_NOT_A_DEVICE] = {"The device %s of the modem %s is not there, or is no serial "
			   "device. Plug it in, or correct `device`.",
	"Không thấy thiết bị %s của modem %s, hoặc nó không phải thiết bị nối tiếp. Hãy cắm vào, "
	"hoặc sửa `device`."},
    [WORD_NO_PUBLIC_ADDRESS] =
	{"Texts reach the channel %s only by its webhook, and nobody can call "
	 "it: set `http.listen` and `http.public_url`, or `http.relay`.",
	    "Tin chỉ đến kênh %s qua webhook mà không ai gọi vào được: hãy đặt `http.listen` và "
	    "`http.public_url`, hoặc `http.relay`."},
    [WORD_LINK_ADDRESS] = {"%s is reached at %s through %s from now on.\n",
	"Từ nay %s được nhắn đến %s qua %s.\n"},
    [WORD_LINK_ADDRESS_NEEDS] = {"--address, --channel and a person belong together.",
	"--address, --channel và một người phải đi cùng nhau."},
    [WORD_ERRORS_NOTHING_CHANGED] = {"%zu errors in %s; nothing was changed.",
	"%zu lỗi trong %s; chưa có gì thay đổi."},
    [WORD_NOT_UTF8] = {"not UTF-8. Save it as UTF-8 (in Excel: CSV UTF-8) and try again.",
	"không phải UTF-8. Hãy lưu dạng UTF-8 (trong Excel: CSV UTF-8) rồi thử lại."},
    [WORD_NOTHING_TO_CHANGE] = {"Nothing to change.\n", "Không có gì thay đổi.\n"},
    [WORD_WOULD_CHANGE] = {"%d changes would be made; nothing was changed yet.\n",
	"Sẽ có %d thay đổi; hiện chưa thay đổi gì.\n"},
    [WORD_CHANGED] = {"%d changes were made.\n", "Đã thực hiện %d thay đổi.\n"},
    [WORD_LEFT_ALONE] = {"%d entries (?) are not in the file and were left alone; --retire ends "
			 "them.\n",
	"%d mục (?) không có trong tệp và được giữ nguyên; --retire sẽ cho hết hiệu lực.\n"},
    [WORD_APPLY] = {"Apply? [y/N] ", "Áp dụng? [c/K] "},
    [WORD_NOT_APPLIED] = {"%d changes; nothing was applied. To apply them add --yes.\n",
	"%d thay đổi; chưa áp dụng gì. Để áp dụng hãy thêm --yes.\n"},
    [WORD_SECTION_PLAN] = {"Plan:\n", "Kế hoạch:\n"},
    [WORD_SECTION_UNITS] = {"Units:\n", "Đơn vị:\n"},
    [WORD_SECTION_PEOPLE] = {"People:\n", "Cán bộ:\n"},
    [WORD_SECTION_POSTS] = {"Posts:\n", "Chức trách:\n"},
    [WORD_SECTION_OBLIGATIONS] = {"Obligations added (+) and removed (-):\n",
	"Việc phải báo cáo thêm (+) và bớt (-):\n"},
    [WORD_SECTION_DEADLINES] = {"Deadlines moved (old → new):\n", "Hạn dời (cũ → mới):\n"},
    [WORD_SECTION_CLOSING] = {"Closing days:\n", "Ngày khóa sổ:\n"},
    [WORD_SECTION_PASSED] = {"Passed on by units that have ended:\n",
	"Chuyển giao từ đơn vị hết hiệu lực:\n"},
    [WORD_SECTION_MESSAGES] = {"Waiting messages that are cancelled:\n", "Tin đang chờ bị hủy:\n"},
    [WORD_SECTION_TEXTS] = {"Texts (old → new):\n", "Nội dung tin (cũ → mới):\n"},
    [WORD_SECTION_STEPS] = {"Steps at another moment in the next 60 days (old → new):\n",
	"Các bước đổi giờ trong 60 ngày tới (cũ → mới):\n"},
    [WORD_OPTION_WANTS_DAY] = {"--%s needs a day such as 2020-06-10, not %s.",
	"--%s cần một ngày như 2020-06-10, không phải %s."},
    [WORD_OPTION_TOO_OFTEN] = {"--%s is given too often.", "--%s được lặp lại quá nhiều lần."},
    [WORD_PLAN] = {"Plan", "Kế hoạch"},
    [WORD_PERIOD] = {"Period", "Kỳ"},
    [WORD_DEADLINE] = {"Deadline", "Hạn"},
    [WORD_TOTAL] = {"Total", "Tổng cộng"},
    [WORD_STATISTICS_EXPECTED] = {"Expected", "Phải nộp"},
    [WORD_STATISTICS_REPORTED] = {"Reported", "Đã báo"},
    [WORD_STATISTICS_ON_TIME] = {"On time", "Đúng hạn"},
    [WORD_STATISTICS_RECEIVED] = {"Received", "Đã nhận"},
    [WORD_STATISTICS_LATE] = {"Late", "Trễ hạn"},
    [WORD_STATISTICS_MISSING] = {"Missing", "Còn thiếu"},
    [WORD_STATISTICS_PENDING] = {"Pending", "Chưa đến hạn"},
    [WORD_STATISTICS_AFTER_CLOSING] = {"After closing", "Sau khóa sổ"},
    [WORD_CALENDAR_MONTH] = {"\n%d/%d: %d working days\n", "\nTháng %d/%d: %d ngày làm việc\n"},
    [WORD_CALENDAR_BAD_YEAR] = {"--year must be from 1990 to 2100.",
	"--year phải từ 1990 đến 2100."},
    [WORD_CALENDAR_NO_PLAN] = {"Import a plan first: the calendar is a plan's.",
	"Hãy nhập kế hoạch trước: lịch theo kế hoạch."},
    [WORD_CALENDAR_WEEKEND] = {"weekend", "nghỉ cuối tuần"},
    [WORD_CALENDAR_STATUTORY] = {"public holiday", "nghỉ lễ theo luật"},
    [WORD_CALENDAR_CLOSURE] = {"closed for some", "nghỉ ở vài đơn vị"},
    [WORD_CALENDAR_WORKED] = {"worked", "làm việc bù"},
    [WORD_CALENDAR_DEADLINE] = {"deadline", "hạn"},
    [WORD_CALENDAR_HOLIDAY] = {"day off", "ngày nghỉ"},
    [WORD_CALENDAR_BEFORE] = {"before %s, at the latest %s", "trước %s, chậm nhất %s"},
    [WORD_CALENDAR_BY] = {"by the end of %s, at the latest %s", "hết ngày %s, chậm nhất %s"},
    [WORD_CALENDAR_DAY] = {"Day", "Ngày"},
    [WORD_CALENDAR_KIND] = {"What", "Loại"},
    [WORD_CALENDAR_EVENT] = {"event", "sự kiện"},
    [WORD_BAD_PLAN_WORDS] = {"Only `plan diff FILE` is possible, not `plan %s`.",
	"Chỉ có `plan diff TỆP`, không có `plan %s`."},
    [WORD_NOT_A_PLAN] = {"%s is a list of recipients, not a plan. See what it changes with: "
			 "nhacviec import --dry-run %s",
	"%s là danh sách, không phải kế hoạch. Xem thay đổi bằng: nhacviec import --dry-run %s"},
    [WORD_PLAN_IS_DRAFT] = {"Nothing is sent before: nhacviec start %s\n",
	"Chưa nhắn ai cho đến khi chạy: nhacviec start %s\n"},
    [WORD_NO_SUCH_PLAN] =
	{"There is no plan %s; import it first (nhacviec import FILE). Plans: %s.",
	    "Không có kế hoạch %s; hãy nhập trước (nhacviec import TỆP). Các kế hoạch: %s."},
    [WORD_NO_PLANS] = {"none", "chưa có"},
    [WORD_NO_SUCH_REPORT] = {"There is no report %s on the board. `nhacviec board` shows all.",
	"Trên bảng không có báo cáo %s. `nhacviec board` cho xem tất cả."},
    [WORD_BAD_EXPORT] = {"Only `plan CODE` or `recipients` can be exported, not %s.",
	"Chỉ xuất được `plan MÃ` hoặc `recipients`, không có %s."},
    [WORD_ALREADY_RUNNING] = {"The plan %s is running already.\n", "Kế hoạch %s đang chạy rồi.\n"},
    [WORD_STARTED_BEFORE] = {"The plan %s is %s. To go on with a paused plan: nhacviec resume %s",
	"Kế hoạch %s đang ở trạng thái %s. Để chạy tiếp kế hoạch tạm dừng: nhacviec resume %s"},
    [WORD_WILL_GO_OUT] = {"In the next seven days (until %s) this goes out:\n",
	"Trong bảy ngày tới (đến %s) sẽ gửi:\n"},
    [WORD_NOTHING_GOES_OUT] = {"In the next seven days nothing goes out.\n",
	"Trong bảy ngày tới không gửi gì.\n"},
    [WORD_COLUMN_MESSAGES] = {"Messages", "Số tin"},
    [WORD_FORECAST_FAILED] =
	{"The plan %s cannot be read any more; correct what is named above, and "
	 "import it again.",
	    "Không đọc được kế hoạch %s nữa; hãy sửa điều nêu ở trên rồi nhập lại."},
    [WORD_WILL_GO_OUT_TOTAL] = {"Together: %d messages, %d parts, %lld đ.\n",
	"Tổng cộng: %d tin, %d phần, %lld đ.\n"},
    [WORD_NOT_STARTED] = {"The plan %s was not started (--dry-run).\n",
	"Kế hoạch %s chưa được chạy (--dry-run).\n"},
    [WORD_STARTED] = {"The plan %s runs since %s.\n", "Kế hoạch %s chạy từ %s.\n"},
    [WORD_NO_DAEMON] = {"No daemon runs here: nothing is sent before `nhacviec serve` runs.\n",
	"Dịch vụ chưa chạy: chưa nhắn ai cho đến khi chạy `nhacviec serve`.\n"},
    [WORD_ONE_SCOPE] = {"Name one: a PLAN, --all, --channel NAME, or (resume) --number NUMBER.",
	"Hãy nêu đúng một: KẾ_HOẠCH, --all, --channel TÊN, hoặc (resume) --number SỐ."},
    [WORD_PAUSED] = {"%s: paused.\n", "%s: đã tạm dừng.\n"},
    [WORD_RESUMED] = {"%s: goes on.\n", "%s: chạy tiếp.\n"},
    [WORD_EVERYTHING] = {"Everything", "Tất cả"},
    [WORD_UNIT] = {"Unit", "Đơn vị"},
    [WORD_REPORT] = {"Report", "Báo cáo"},
    [WORD_STATE_OPEN] = {"not yet", "chưa"},
    [WORD_STATE_OVERDUE] = {"OVERDUE", "QUÁ HẠN"},
    [WORD_STATE_CLAIMED] = {"reported", "đã báo"},
    [WORD_STATE_RECEIVED] = {"received", "đã nhận"},
    [WORD_STATE_WAIVED] = {"waived", "được miễn"},
    [WORD_LATE] = {"late", "muộn"},
    [WORD_BOARD_EMPTY] = {"No report is expected yet: import recipients and a plan first.\n",
	"Chưa có báo cáo nào phải nộp: hãy nhập danh sách và kế hoạch trước.\n"},
    [WORD_BOARD_GREEN] = {"%s: GREEN, all %d have reported.", "%s: XANH, cả %d đơn vị đã báo."},
    [WORD_BOARD_RED] = {"%s: RED, %d of %d are overdue: %s.",
	"%s: ĐỎ, quá hạn %d trên %d đơn vị: %s."},
    [WORD_BOARD_WAITING] = {"%s: %d of %d have reported.", "%s: %d trên %d đơn vị đã báo."},
    [WORD_TOTALS_MESSAGES] = {"Messages", "Tin nhắn"},
    [WORD_TOTALS_PARTS] = {"Parts sent: %d; of these sent again because the answer was lost: %d\n",
	"Số phần đã gửi: %d; trong đó gửi lại vì mất phản hồi: %d\n"},
    [WORD_TOTALS_COST] = {"Cost: %lld đ\n", "Chi phí: %lld đ\n"},
    [WORD_TOTALS_INBOUND] = {"Texts received: %d\n", "Tin đến: %d\n"},
    [WORD_TOTALS_TASKS] = {"Open tasks: %d\n", "Việc chờ xử lý: %d\n"},
    [WORD_TOTALS_WITHHELD] = {"Refused, skipped and why:\n", "Không gửi và lý do:\n"},
    [WORD_TOTALS_NOTHING_WITHHELD] = {"Nothing was refused or skipped.\n",
	"Không có tin nào bị bỏ.\n"},
    [WORD_COLUMN_WHEN] = {"When", "Lúc"},
    [WORD_COLUMN_TO] = {"To", "Đến"},
    [WORD_COLUMN_FROM] = {"From", "Từ"},
    [WORD_COLUMN_STATE] = {"State", "Trạng thái"},
    [WORD_COLUMN_REASON] = {"Reason", "Lý do"},
    [WORD_COLUMN_PARTS] = {"Parts", "Phần"},
    [WORD_COLUMN_TEXT] = {"Text", "Nội dung"},
    [WORD_COLUMN_MADE_OF_IT] = {"Understood as", "Hiểu là"},
    [WORD_COLUMN_NUMBER] = {"No.", "Số"},
    [WORD_COLUMN_TASK] = {"Task", "Việc"},
    [WORD_COLUMN_UNTIL] = {"Until", "Hạn"},
    [WORD_COLUMN_STEP] = {"Step", "Bước"},
    [WORD_COLUMN_REPORT] = {"Report", "Báo cáo"},
    [WORD_NO_MESSAGES] = {"No messages.\n", "Không có tin nào.\n"},
    [WORD_NO_INBOX] = {"No text has come in.\n", "Chưa có tin đến.\n"},
    [WORD_UNKNOWN_REPORT] = {"There is no report %s. Known: %s.", "Không có báo cáo %s. Có: %s."},
    [WORD_BAD_ASKED] = {"--asked cannot be %s. Write 1:6T,2:NAM, or cancel:1:6T,2:NAM.",
	"--asked không thể là %s. Hãy viết 1:6T,2:NAM hoặc cancel:1:6T,2:NAM."},
    [WORD_LINE_TOO_LONG] = {"Line %ld is longer than %d bytes and is not read.",
	"Dòng %ld dài quá %d byte nên không được đọc."},
    [WORD_COLUMN_SORT] = {"by", "qua"},
    [WORD_COLUMN_ADDRESS] = {"account", "tài khoản"},
    [WORD_NO_LINKED] = {"No account is linked to anybody.\n", "Chưa liên kết tài khoản nào.\n"},
    [WORD_LINK_CODE] = {"%s: text LK %s to the office's chat account, until %s.\n",
	"%s: nhắn LK %s vào kênh chat của cơ quan, trước %s.\n"},
    [WORD_UNLINKED] = {"%s: %d accounts are not linked any more.\n",
	"%s: đã bỏ liên kết %d tài khoản.\n"},
    [WORD_NO_SUSPENDED] = {"Every number gets its texts.\n", "Không số nào bị ngừng nhắn.\n"},
    [WORD_BAD_TEXT_ID] = {"%s is no ID of a text; `nhacviec inbox` lists them.",
	"%s không phải số của một tin; `nhacviec inbox` liệt kê các số."},
    [WORD_NO_SUCH_TEXT] = {"There is no text %lld.", "Không có tin %lld."},
    [WORD_TEXT_DECIDED] = {"Settled; changes of the ledger: %d. %s gets no answer.\n",
	"Đã xử lý; số lần ghi sổ: %d. Không trả lời %s.\n"},
    [WORD_TEXT_DECIDED_ANSWERED] = {"Settled; changes of the ledger: %d. %s is answered: %s\n",
	"Đã xử lý; số lần ghi sổ: %d. Trả lời %s: %s\n"},
    [WORD_TEXT_TAUGHT] = {"Kept in %s; `nhacviec check` tells whether it is still misread.\n",
	"Đã ghi vào %s; `nhacviec check` cho biết tin còn bị hiểu sai hay không.\n"},
    [WORD_TAUGHT_BEFORE] = {"The text is in %s already, in line %d. Change or remove it there.",
	"Tin này đã có trong %s, dòng %d. Hãy sửa hoặc xóa ở đó."},
    [WORD_BAD_INTENT] = {"There is no intent %s. Intents: %s.", "Không có ý định %s. Có: %s."},
    [WORD_STILL_MISREAD] = {"Still misread: as %s, not %s.",
	"Vẫn bị hiểu sai: là %s, không phải %s."},
    [WORD_BAD_OWN_TEXT] = {"This line is not TEXT, INTENT, REPORT, DOCUMENT, DATE, UNIT, CONTEXT "
			   "with tabs between: %s.",
	"Dòng này không phải TIN, Ý_ĐỊNH, BÁO_CÁO, SỐ, NGÀY, ĐƠN_VỊ, BỐI_CẢNH cách nhau bằng tab: "
	"%s."},
    [WORD_NO_TASKS] = {"No task is open.\n", "Không có việc nào chờ xử lý.\n"},
    [WORD_TASK_CLOSED] = {"Task %lld is closed.\n", "Đã đóng việc %lld.\n"},
    [WORD_BAD_TASK_WORDS] = {"Only `tasks` and `tasks close ID` are possible; the ID is a number "
			     "from the list.",
	"Chỉ có `tasks` và `tasks close SỐ`; SỐ lấy từ danh sách."},
    [WORD_BAD_STATE] = {"There is no state %s. States: %s.", "Không có trạng thái %s. Có: %s."},
    [WORD_BAD_DAY] = {"--since needs a day such as 2020-06-10, not %s.",
	"--since cần một ngày như 2020-06-10, không phải %s."},
    [WORD_LEDGER_DONE] = {"%s %s, %s: %s.\n", "%s %s, %s: %s.\n"},
    [WORD_LEDGER_ALREADY] = {"%s %s, %s: %s already; nothing was changed.\n",
	"%s %s, %s: %s từ trước; không có gì thay đổi.\n"},
    [WORD_PROMISED] = {"%s %s, %s: promised for %s.\n", "%s %s, %s: hẹn gửi ngày %s.\n"},
    [WORD_EXTENDED] = {"%s %s, %s: may come until the end of %s.\n",
	"%s %s, %s: được nộp đến hết ngày %s.\n"},
    [WORD_REQUEST_APPROVED] = {"%s, %s: more time until the end of %s; the unit is told.\n",
	"%s, %s: lùi đến hết ngày %s; đã báo đơn vị.\n"},
    [WORD_REGISTRATION_APPROVED] = {"%s now gets the reminders of %s.\n",
	"%s từ nay nhận nhắc việc của %s.\n"},
    [WORD_REGISTRATION_REFUSED] = {"%s does not get the reminders of %s.\n",
	"%s không nhận nhắc việc của %s.\n"},
    [WORD_REQUEST_REFUSED] = {"%s, %s: no more time until %s; the unit is told.\n",
	"%s, %s: không lùi đến ngày %s; đã báo đơn vị.\n"},
    [WORD_NO_REQUESTS] = {"No request for more time is waiting.\n",
	"Không có đề nghị lùi hạn nào đang chờ.\n"},
    [WORD_BAD_REQUEST_NUMBER] = {"%s is no number of a request. `approve` alone lists them.",
	"%s không phải số của đề nghị. Gõ `approve` để xem danh sách."},
    [WORD_COLUMN_EVENT] = {"Event", "Sự kiện"},
    [WORD_COLUMN_PLACE] = {"Place", "Địa điểm"},
    [WORD_COLUMN_INVITED] = {"Invited", "Mời"},
    [WORD_COLUMN_COMING] = {"Coming", "Dự"},
    [WORD_COLUMN_ABSENT] = {"Not coming", "Vắng"},
    [WORD_COLUMN_NO_ANSWER] = {"No answer", "Chưa trả lời"},
    [WORD_NO_EVENTS] = {"No event is planned.\n", "Chưa có sự kiện nào.\n"},
    [WORD_ONE_RECIPIENT] = {"Name either --to PERSON or --group POST/KIND.",
	"Hãy nêu --to NGƯỜI hoặc --group CHỨC_TRÁCH/LOẠI."},
    [WORD_SEND_QUEUED] = {"%d messages queued, %d were queued before; %d parts, %lld đ. Request: "
			  "%s\n",
	"%d tin chờ gửi, %d tin đã có từ trước; %d phần, %lld đ. Mã yêu cầu: %s\n"},
    [WORD_SEND_WOULD] = {"%d messages, %d parts, %lld đ would be sent (--dry-run).\n",
	"Sẽ gửi %d tin, %d phần, %lld đ (--dry-run).\n"},
    [WORD_SEND_SKIPPED] = {"not to %s: %s\n", "không gửi %s: %s\n"},
    [WORD_WHY_SENT] = {"What was sent, or why not:\n", "Đã gửi gì, hoặc vì sao không:\n"},
    [WORD_WHY_WILL] = {"What will be sent unless an answer comes before:\n",
	"Sẽ gửi gì nếu chưa có trả lời:\n"},
    [WORD_WHY_NOTHING] = {"Nothing was sent and nothing will be: there is no open report or event "
			  "for %s.\n",
	"Chưa gửi và sẽ không gửi gì: %s không có báo cáo hay sự kiện nào còn mở.\n"},
    [WORD_WHY_UNKNOWN] = {"%.60s is no unit, person or phone number known here. `nhacviec export "
			  "recipients` lists the codes.",
	"%.60s không phải đơn vị, người hay số điện thoại đã biết. `nhacviec export recipients` "
	"liệt "
	"kê các mã."},
    [WORD_WHY_NO_DAY] = {"%s is no day. Write the report's code, then a day such as 2020-06-09.",
	"%s không phải là ngày. Hãy viết mã báo cáo, rồi ngày, ví dụ 2020-06-09."},
    [WORD_WHY_PLAN_WAITS] = {"The plan %s is %s: nothing of it is sent now.\n",
	"Kế hoạch %s đang ở trạng thái %s: hiện chưa gửi gì.\n"},
    [WORD_MOVED_FROM] = {"%s, planned for %s", "%s, dự kiến %s"},
    [WORD_BACKUP_DONE] = {"Copied to %s.\n", "Đã sao lưu vào %s.\n"},
    [WORD_INIT_HEAD] =
	{"Three questions, then the configuration and this year's plan are written.\n"
	 "Nothing that exists is overwritten.\n\n",
	    "Ba câu hỏi, sau đó cấu hình và kế hoạch năm nay được viết ra.\n"
	    "Tệp đã có không bị ghi đè.\n\n"},
    [WORD_INIT_OFFICE] = {"1. Name of the office, as texts shall name it (e.g. P.LDTBXH Trung "
			  "Khanh): ",
	"1. Tên cơ quan, như sẽ ghi trong tin (ví dụ P.LDTBXH Trung Khanh): "},
    [WORD_INIT_MODEM] = {"2. Device of the modem (Enter: %s): ", "2. Thiết bị modem (Enter: %s): "},
    [WORD_INIT_LIST] = {"3. The list of units and people, a CSV file (Enter: write an empty one to "
			"fill in): ",
	"3. Danh sách đơn vị và cán bộ, tệp CSV (Enter: viết tệp mẫu để điền): "},
    [WORD_INIT_NEEDS_OFFICE] = {"Say the name of the office: --office NAME.",
	"Hãy cho biết tên cơ quan: --office TÊN."},
    [WORD_INIT_BAD_OFFICE] = {"The name of the office is one line of at most 40 letters, without "
			      "braces and quotes.",
	"Tên cơ quan là một dòng, nhiều nhất 40 chữ, không có ngoặc nhọn và dấu nháy."},
    [WORD_INIT_BAD_DEVICE] = {"The device is a path such as /dev/ttyUSB0, not %s.",
	"Thiết bị là một đường dẫn như /dev/ttyUSB0, không phải %s."},
    [WORD_INIT_EXISTS] =
	{"%s exists already; nothing was written. Name another file with --config, "
	 "or move it aside.",
	    "%s đã có; chưa viết gì. Hãy nêu tệp khác bằng --config, hoặc chuyển tệp đó đi."},
    [WORD_INIT_CANNOT_WRITE] = {"Cannot write %s: %s. Check the permissions and the space on the "
				"disk.",
	"Không ghi được %s: %s. Hãy kiểm tra quyền ghi và chỗ trống trên đĩa."},
    [WORD_INIT_CANNOT_MAKE] = {"Cannot make the folder %s: %s. Name another one, or use sudo.",
	"Không tạo được thư mục %s: %s. Hãy nêu thư mục khác, hoặc dùng sudo."},
    [WORD_INIT_WRITTEN] = {"Written: %s\n", "Đã viết: %s\n"},
    [WORD_INIT_NEXT] = {"\nNow:\n"
			"  1. fill in or correct %s\n"
			"  2. nhacviec --config %s check %s %s\n"
			"  3. nhacviec --config %s import --yes %s, then import --yes %s\n"
			"  4. nhacviec --config %s start %s\n",
	"\nTiếp theo:\n"
	"  1. điền hoặc sửa %s\n"
	"  2. nhacviec --config %s check %s %s\n"
	"  3. nhacviec --config %s import --yes %s, rồi import --yes %s\n"
	"  4. nhacviec --config %s start %s\n"},
    [WORD_INIT_LIST_TOP] = {"%s must have exactly one unit without `parent`: the coordinating "
			    "office.",
	"%s phải có đúng một đơn vị không có `parent`: cơ quan chủ trì."},
    [WORD_CANNOT_WRITE_OUTPUT] = {"The output could not be written: %s.",
	"Không ghi được kết quả: %s."},
};

const char *word_in(const char *language, enum word which)
{
	return strcmp(language, "vi") == 0 ? words[which].vi : words[which].en;
}

const char *word(const struct command_context *context, enum word which)
{
	return word_in(context->language, which);
}
