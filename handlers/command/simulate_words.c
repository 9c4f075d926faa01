/*
 * Owns: what `nhacviec simulate` says, in both languages.
 * May use: command/.
 * Must not know: when it is said.
 */
#include "command/simulation.h"

#include "command/options.h"

static const struct {
	const char *en, *vi;
} words[SIMULATION_WORD_COUNT] = {
    [SIMULATION_WHEN] = {"When", "Lúc"},
    [SIMULATION_TO] = {"To", "Người nhận"},
    [SIMULATION_UNIT] = {"Unit", "Đơn vị"},
    [SIMULATION_ABOUT] = {"About", "Về"},
    [SIMULATION_STEP] = {"Step", "Bước"},
    [SIMULATION_CHANNEL] = {"Channel", "Kênh"},
    [SIMULATION_SEGMENTS] = {"Parts", "Phần"},
    [SIMULATION_COST] = {"Cost", "Tiền"},
    [SIMULATION_REASONS] = {"Reasons", "Lý do"},
    [SIMULATION_TEXT] = {"Text", "Nội dung"},
    [SIMULATION_TEXTS] = {"Texts", "Tin"},
    [SIMULATION_MONTH] = {"Month", "Tháng"},
    [SIMULATION_NUMBER] = {"Number", "Số"},
    [SIMULATION_ALL] = {"All", "Tất cả"},
    [SIMULATION_TITLE] = {"Simulation from %s to %s", "Chạy thử từ %s đến %s"},
    [SIMULATION_NOTHING] = {"Nothing would be sent.", "Không có tin nào được gửi."},
    [SIMULATION_BUSIEST] = {"The busiest hour begins at %s: %lld parts; the modems can send %lld "
			    "an hour.",
	"Giờ bận nhất bắt đầu lúc %s: %lld phần; các modem gửi được %lld phần một giờ."},
    [SIMULATION_TOO_MUCH] =
	{"The busiest hour takes all that the modems can send, or more: texts go "
	 "later than they should. Add a modem, or spread the times of the steps.",
	    "Giờ bận nhất chiếm hết hoặc vượt sức các modem: tin sẽ đi muộn. Hãy thêm modem hoặc "
	    "dàn giờ "
	    "các bước ra."},
    [SIMULATION_WITHOUT_HISTORY] = {"The database knows changes later than %s. This run begins "
				    "with its units, people and plans alone, as if nothing had "
				    "been sent, answered or reported yet.",
	"Cơ sở dữ liệu có thay đổi sau %s. Lần chạy thử này chỉ dùng đơn vị, cán bộ và kế hoạch, "
	"coi như chưa gửi, chưa trả lời, chưa báo cáo gì."},
    [SIMULATION_STARTED] = {"The plan %s is not started; this run starts it at %s.",
	"Kế hoạch %s chưa bắt đầu; lần chạy thử này cho bắt đầu lúc %s."},
    [SIMULATION_PAUSED] = {"The plan %s is paused: it sends nothing here either. To run it in the "
			   "simulation: --start.",
	"Kế hoạch %s đang tạm dừng: ở đây cũng không gửi gì. Muốn chạy thử nó: --start."},
    [SIMULATION_NO_PLAN] = {"There is no plan to simulate. Import one (nhacviec import), or name "
			    "files: --plan FILE --recipients FILE.",
	"Không có kế hoạch nào để chạy thử. Hãy nhập (nhacviec import), hoặc nêu tệp: --plan TỆP "
	"--recipients TỆP."},
    [SIMULATION_BAD_RANGE] = {"--to must be later than --from.", "--to phải sau --from."},
    [SIMULATION_BAD_DAY] = {"%s is no day. Write it like 2020-05-14, or a moment like "
			    "2020-05-14T07:00.",
	"%s không phải là ngày. Viết như 2020-05-14, hoặc thời điểm như 2020-05-14T07:00."},
    [SIMULATION_BAD_FORMAT] = {"There is no format %s. Known ones: table, json, csv, ics, html.",
	"Không có định dạng %s. Có: table, json, csv, ics, html."},
    [SIMULATION_BAD_MODEL] = {"There is no answer model %s. Known ones: none, all, mixed:SEED, "
			      "such as mixed:7.",
	"Không có cách trả lời %s. Có: none, all, mixed:SỐ, như mixed:7."},
    [SIMULATION_ONE_KIND_OF_ANSWERS] = {"Give --answers or --answer-model, not both.",
	"Chỉ dùng một trong hai: --answers hoặc --answer-model."},
    [SIMULATION_BOTH_FILES] = {"--plan and --recipients go together: without the database it must "
			       "be known who the units are.",
	"--plan và --recipients phải đi cùng nhau: không có cơ sở dữ liệu thì phải biết có những "
	"đơn vị nào."},
    [SIMULATION_BAD_SECONDS] = {"--seconds-per-part must be 1 to 600.",
	"--seconds-per-part phải từ 1 đến 600."},
};

const char *simulation_word(const struct command_context *context, enum simulation_word word)
{
	return command_is_vietnamese(context) ? words[word].vi : words[word].en;
}
