/*
 * Owns: how agencies, associations and schools are called and shortened: a row a kind.
 * May use: understand/vocabulary.h.
 * Must not know: which of them there are.
 *
 * The value tells the kinds apart; agency_names.c finds a unit's name by the other ways of its row.
 */
#include "understand/vocabulary.h"

#include "base/memory.h"

static const struct vocabulary_phrases rows[] = {
    {CONCEPT_AGENCY, 1, "hội liên hiệp phụ nữ|hội lhpn|hội phụ nữ|hội pn|hlhpn|lhpn|phụ nữ xã"},
    {CONCEPT_AGENCY, 2, "hội nông dân|hội nd|hnd"},
    {CONCEPT_AGENCY, 3, "hội cựu chiến binh|hội ccb|cựu chiến binh|ccb"},
    {CONCEPT_AGENCY, 4, "hội chữ thập đỏ|hội ctđ"},
    {CONCEPT_AGENCY, 5, "hội người cao tuổi|hội nct"},
    {CONCEPT_AGENCY, 6, "huyện đoàn|đoàn thanh niên|đoàn tn|đtn|đoàn xã|đoàn tncs"},
    {CONCEPT_AGENCY, 7, "liên đoàn lao động|lđlđ|công đoàn"},
    {CONCEPT_AGENCY, 8,
	"ủy ban mặt trận tổ quốc|mặt trận tổ quốc|ubmttq|ub mttq|mttq|mặt trận|ủy ban mttq"},
    {CONCEPT_AGENCY, 9, "công an|công an huyện|công an xã|ca huyện|cah|ca xã|công an h"},
    {CONCEPT_AGENCY, 10,
	"ban chỉ huy quân sự|bch quân sự|ban chqs|bchqs|huyện đội|quân sự huyện|"
	"ban chqs huyện"},
    {CONCEPT_AGENCY, 11,
	"đồn biên phòng|đồn bp|đbp|biên phòng|bộ đội biên phòng|đồn|"
	"trạm kiểm soát biên phòng|trạm biên phòng|đồn công an|trạm ksbp"},
    {CONCEPT_AGENCY, 12, "tòa án nhân dân|tòa án|tand|tòa"},
    {CONCEPT_AGENCY, 13, "viện kiểm sát nhân dân|viện kiểm sát|vksnd|vks|viện ks"},
    {CONCEPT_AGENCY, 14, "thi hành án dân sự|thi hành án|thads|chi cục thi hành án|chi cục thads"},
    {CONCEPT_AGENCY, 15, "kho bạc nhà nước|kho bạc|kbnn"},
    {CONCEPT_AGENCY, 16,
	"ngân hàng chính sách xã hội|ngân hàng chính sách|ngân hàng csxh|nhcsxh|nhcs"},
    {CONCEPT_AGENCY, 17, "ngân hàng nông nghiệp|agribank|nhno|nhnn ptnt|nhnn|ngân hàng"},
    {CONCEPT_AGENCY, 18, "bảo hiểm xã hội|bhxh|bảo hiểm xh|bảo hiểm"},
    {CONCEPT_AGENCY, 19, "chi cục thuế|cơ quan thuế|thuế"},
    {CONCEPT_AGENCY, 20, "chi cục thống kê|thống kê huyện"},
    {CONCEPT_AGENCY, 21, "hạt kiểm lâm|kiểm lâm"},
    {CONCEPT_AGENCY, 22, "đội quản lý thị trường|đội qltt|qltt|quản lý thị trường"},
    {CONCEPT_AGENCY, 23, "trung tâm y tế|ttyt"},
    {CONCEPT_AGENCY, 24, "bệnh viện đa khoa|bệnh viện|bvđk|bv đa khoa"},
    {CONCEPT_AGENCY, 25, "trạm y tế|tyt"},
    {CONCEPT_AGENCY, 26, "trung tâm văn hóa|ttvh|trung tâm vh|trung tâm vh tt"},
    {CONCEPT_AGENCY, 27,
	"trung tâm gdnn gdtx|trung tâm giáo dục|ttgdnn|ttgdtx|trung tâm gdtx|tt gdnn gdtx"},
    {CONCEPT_AGENCY, 28, "trung tâm bồi dưỡng chính trị|ttbdct"},
    {CONCEPT_AGENCY, 29, "trung tâm dịch vụ nông nghiệp|ttdvnn"},
    {CONCEPT_AGENCY, 30,
	"phòng giáo dục và đào tạo|phòng giáo dục|phòng gdđt|phòng gd đt|phòng gd|pgd đt|"
	"pgdđt|pgd"},
    {CONCEPT_AGENCY, 31, "phòng y tế"},
    {CONCEPT_AGENCY, 32, "phòng tư pháp"},
    {CONCEPT_AGENCY, 33,
	"phòng văn hóa và thông tin|phòng văn hóa|phòng vh tt|phòng vhtt|phòng vh|"
	"phòng vh và tt"},
    {CONCEPT_AGENCY, 34,
	"phòng tài chính kế hoạch|phòng tài chính|phòng tc kh|phòng tckh|phòng tc"},
    {CONCEPT_AGENCY, 35, "phòng nông nghiệp|phòng nn|phòng nn ptnt|phòng nông nghiệp và ptnt"},
    {CONCEPT_AGENCY, 36, "phòng dân tộc|phòng dt"},
    {CONCEPT_AGENCY, 37, "phòng tài nguyên và môi trường|phòng tài nguyên|phòng tnmt|phòng tn mt"},
    {CONCEPT_AGENCY, 38, "phòng kinh tế hạ tầng|phòng kinh tế và hạ tầng|phòng ktht|phòng kt ht"},
    {CONCEPT_AGENCY, 39, "thanh tra huyện"},
    {CONCEPT_AGENCY, 40, "ban tuyên giáo|ban tổ chức|ban dân vận|ubkt|ủy ban kiểm tra"},
    {CONCEPT_AGENCY, 41, "công ty điện lực|cty điện lực|điện lực"},
    {CONCEPT_AGENCY, 42,
	"hội đồng nhân dân huyện|hđnd huyện|văn phòng hđnd|vp hđnd ubnd|văn phòng hđnd ubnd|"
	"văn phòng hđnd và ubnd"},
    {CONCEPT_AGENCY, 43, "trường thpt|thpt|trung học phổ thông"},
    {CONCEPT_AGENCY, 44, "trường thcs|thcs|trung học cơ sở"},
    {CONCEPT_AGENCY, 45, "trường tiểu học|trường th|tiểu học"},
    {CONCEPT_AGENCY, 46, "trường mầm non|trường mn|mầm non|trường mẫu giáo"},
    {CONCEPT_AGENCY, 47,
	"trường ptdtbt|trường ptdtnt|ptdtnt|ptdtbt|trường nội trú|trường bán trú|trường dtnt"},
    {CONCEPT_AGENCY, 48, "hải quan|chi cục hải quan"},
    {CONCEPT_AGENCY, 49, "ban quản lý cửa khẩu|ban ql cửa khẩu|bql cửa khẩu"},
};
const struct vocabulary_table vocabulary_agencies = {rows, COUNT_OF(rows)};
