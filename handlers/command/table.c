/*
 * Owns: the table of subcommands.
 * May use: command/.
 * Must not know: what they do.
 */
#include "command/subcommands.h"

#include <stddef.h>

const struct command commands[] = {
    {"init", "write a configuration and this year's plan, from three questions",
	"viết cấu hình và kế hoạch năm nay, từ ba câu hỏi", command_init},
    {"check", "check the configuration, plans and lists of recipients",
	"kiểm tra cấu hình, kế hoạch, danh sách", command_check},
    {"import", "read a plan or a list of recipients", "nhập kế hoạch hoặc danh sách",
	command_import},
    {"plan", "see what a new version of a plan would change", "xem bản kế hoạch mới sẽ thay đổi gì",
	command_plan},
    {"export", "write a plan or the list of recipients", "xuất kế hoạch hoặc danh sách",
	command_export},
    {"start", "show what a plan will send, then run it", "xem kế hoạch sẽ gửi gì, rồi cho chạy",
	command_start},
    {"pause", "hold back a plan, a channel or everything",
	"tạm dừng một kế hoạch, một kênh hoặc tất cả", command_pause},
    {"resume", "let it go on", "cho chạy tiếp", command_resume},
    {"board", "who has reported and who has not", "ai đã báo cáo, ai chưa", command_board},
    {"statistics", "how many reports were expected, came, came on time",
	"thống kê báo cáo phải nộp, đã nộp, đúng hạn", command_statistics},
    {"calendar", "a year's working days, days off, deadlines and events",
	"lịch năm: ngày làm việc, ngày nghỉ, hạn và sự kiện", command_calendar},
    {"messages", "what was sent and will be", "các tin đã gửi và chờ gửi", command_messages},
    {"inbox", "what came in, and what was made of it", "các tin đến và cách hiểu", command_inbox},
    {"understand", "see how a text is read", "thử xem một tin được hiểu thế nào",
	command_understand},
    {"tasks", "what a human must decide", "việc cần người xử lý", command_tasks},
    {"claim", "record that a unit has reported", "ghi rằng đơn vị đã báo cáo", command_claim},
    {"receive", "record that the office holds the report", "ghi rằng cơ quan đã nhận báo cáo",
	command_receive},
    {"reopen", "undo claim, receive or waive", "hủy việc ghi đã báo, đã nhận hoặc được miễn",
	command_reopen},
    {"waive", "expect a report no more", "miễn cho đơn vị một báo cáo", command_waive},
    {"promise", "record for which day a report is promised", "ghi ngày đơn vị hẹn gửi báo cáo",
	command_promise},
    {"extend", "give a unit another deadline", "đổi hạn báo cáo của một đơn vị", command_extend},
    {"approve", "grant requests for more time", "đồng ý lùi hạn", command_approve},
    {"refuse", "refuse requests for more time", "không đồng ý lùi hạn", command_refuse},
    {"events", "what is coming, and who comes", "sự kiện sắp tới, ai dự ai vắng", command_events},
    {"send", "text a person or a group", "nhắn tin cho một người hoặc một nhóm", command_send},
    {"why", "what was or will be sent to whom, and why not",
	"đã gửi hay sẽ gửi gì cho ai, vì sao không", command_why},
    {"virtual-modem", "a modem and a network to practise with", "modem và mạng ảo để tập",
	command_virtual_modem},
    {"handset", "be an official of the virtual network", "làm máy điện thoại trong mạng ảo",
	command_handset},
    {"backup", "copy the database, also while the gateway runs",
	"sao lưu cơ sở dữ liệu, cả khi dịch vụ đang chạy", command_backup},
    {NULL, NULL, NULL, NULL},
};
