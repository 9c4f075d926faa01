/*
 * Owns: the plan that `init` writes for a start.
 * May use: libc.
 * Must not know: where it is written.
 */
#include "command/init.h"

static const char calendar[] = "calendar:\n"
			       "  zone: Asia/Ho_Chi_Minh\n"
			       "  working_days: [mon, tue, wed, thu, fri]\n"
			       "  send_window: [07:30-11:30, 13:30-16:30]  # chỉ gửi trong các giờ "
			       "này / texts leave only then\n"
			       "  quiet_hours: 21:00-07:00\n"
			       "  end_of_work: 16:30\n";

/* Every text, folded and with the longest names, fits one part. */
static const char texts_and_ladders[] =
    "# Chỗ điền / placeholders: {office} {unit} {person} {code} {report} {deadline} {last_day}\n"
    "#                          {event} {start} {end}\n"
    "texts:\n"
    "  bao-truoc: \"{office}: {report} của {unit} hạn trước {deadline}, chậm nhất {last_day}. "
    "Gửi xong nhắn: BC {code} <số BC>\"\n"
    "  nhac-lai: \"{office}: nhắc {report} của {unit}, chậm nhất {last_day}. Đã gửi thì nhắn: "
    "BC {code} <số BC>\"\n"
    "  lan-cuoi: \"{office}: LẦN CUỐI, {report} của {unit} chậm nhất {last_day}. Đã gửi thì "
    "nhắn: BC {code} <số BC>\"\n"
    "  qua-han: \"{office}: chưa nhận {report} của {unit}, quá hạn {deadline}. Gửi ngay rồi "
    "nhắn: BC {code} <số BC>\"\n"
    "  bao-lanh-dao: \"{office}: kính báo lãnh đạo {unit}: {report} quá hạn {deadline}, chưa gửi. "
    "Đề nghị chỉ đạo\"\n"
    "  bao-lanh-dao-gop: \"{office}: kính báo {report} quá hạn {deadline}, thiếu {list}\"\n"
    "  bao-van-phong: \"{office}: {unit} chưa gửi {report}, quá hạn {deadline}\"\n"
    "  bao-van-phong-gop: \"{office}: {report} quá hạn {deadline}, thiếu {count}: {list}\"\n"
    "  thang: \"{office}: {event} từ {start} đến {end}. Đề nghị {unit} treo băng rôn, truyền "
    "thông.\"\n"
    "\n"
    "# when: -14d trước 14 ngày · -2wd trước 2 ngày làm việc · +1wd sau 1 ngày làm việc\n"
    "# to: reporter, deputy, leader, coordinator; digest: một tin gộp nhiều đơn vị / one text for "
    "several units\n"
    "ladders:\n"
    "  bao-cao:\n"
    "    - {step: bao-truoc, when: -14d, at: 08:00, to: reporter, text: bao-truoc}\n"
    "    - {step: nhac-lai, when: -5wd, at: 08:00, to: reporter, text: nhac-lai}\n"
    "    - {step: lan-cuoi, when: -1wd, at: 08:00, to: reporter, text: lan-cuoi, last_call: "
    "true}\n"
    "    - {step: qua-han, when: +1wd, at: 08:00, to: reporter, text: qua-han}\n"
    "    - {step: lanh-dao, when: +3wd, at: 08:00, to: leader, text: bao-lanh-dao, "
    "digest: bao-lanh-dao-gop}\n"
    "    - {step: van-phong, when: +4wd, at: 08:30, to: coordinator, text: bao-van-phong, "
    "digest: bao-van-phong-gop}\n"
    "  su-kien:\n"
    "    - {step: bao-truoc, when: -10d, at: 08:00, to: reporter, text: thang}\n"
    "    - {step: bat-dau, when: 0d, at: 08:00, to: reporter, text: thang}\n";

static const char units[] = "{kinds: [commune, township, ward, agency]}";

static void write_report(
    FILE *out, const char *code, const char *name, const char *words, const char *day, int year)
{
	fprintf(out,
	    "  %s:\n    name: %s\n    words: [%s]\n    for: %s\n    before: %s\n    years: %d\n"
	    "    ladder: bao-cao\n",
	    code, name, words, units, day, year);
}

void init_write_plan(FILE *out, const struct init_plan *plan)
{
	fprintf(out,
	    "# Kế hoạch năm %d. Sửa xong thì chạy / after every change run: nhacviec check\n\n"
	    "plan: KH-%d\nname: Kế hoạch năm %d\nowner: %s\noffice: \"%s\"\n\n%s",
	    plan->year, plan->year, plan->year, plan->owner, plan->office, calendar);
	if (plan->has_holidays)
		fprintf(out, "  holidays: [vn-%d]\n", plan->year);
	fprintf(out, "\n%s\nreports:\n", texts_and_ladders);
	write_report(
	    out, "6T", "báo cáo 6 tháng", "sáu tháng, giữa năm, sơ kết", "06-10", plan->year);
	write_report(out, "NAM", "báo cáo năm", "cả năm, một năm, cuối năm", "12-10", plan->year);
	fprintf(out,
	    "\nevents:\n  THD:\n    name: Tháng hành động vì bình đẳng giới\n    start: %d-11-15\n"
	    "    end: %d-12-15\n    for: %s\n    ladder: su-kien\n",
	    plan->year, plan->year, units);
}
