/*
 * Owns: words for days and times.
 * May use: understand/vocabulary.h.
 * Must not know: today's date.
 */
#include "understand/vocabulary.h"

#include "base/memory.h"

static const struct vocabulary_phrases rows[] = {
    {CONCEPT_DAY, 0,
	"hôm nay|ngày hôm nay|sáng nay|trưa nay|chiều nay|tối nay|đêm nay|nay|bữa nay|"
	"sáng hôm nay|chiều hôm nay|nội trong hôm nay|đầu giờ chiều|cuối giờ chiều|"
	"đầu giờ chiều nay|cuối giờ chiều nay|hnay|h nay|cuối ngày|cuối ngày hôm nay|"
	"cuối giờ sáng nay|lúc sáng|hồi sáng|hồi sáng sớm|lúc nãy|ban nãy|vừa nãy|hồi nãy|"
	"hồi chiều|lúc chiều|khi nãy|sáng sớm nay|đêm hôm nay|vừa rồi|nãy|trưa hôm nay|"
	"tối hôm nay"},
    {CONCEPT_DAY, 1,
	"mai|ngày mai|sáng mai|trưa mai|chiều mai|tối mai|hôm sau|mai sớm|sáng ngày mai|"
	"chiều ngày mai|sáng sớm mai|ngày hôm sau|đầu giờ sáng mai|cuối giờ chiều mai|"
	"đầu giờ chiều mai|cuối ngày mai|mai kia|đến ngày mai|tới ngày mai|đến mai|tới mai"},
    {CONCEPT_DAY, 2,
	"ngày kia|mốt|ngày mốt|hôm kia nữa|sáng ngày kia|chiều ngày kia|bữa mốt|sáng kia|kìa|"
	"mốt em|mốt tôi|mốt xã|mốt mình|mốt nộp|mốt gửi|đến mốt|sáng mốt|đến ngày kia|"
	"tới ngày kia|đến ngày mốt"},
    {CONCEPT_DAY, 3, "ngày kìa"},
    {CONCEPT_DAY, -1,
	"hôm qua|ngày hôm qua|tối qua|chiều qua|sáng qua|đêm qua|sáng hôm qua|chiều hôm qua|"
	"tối hôm qua|bữa qua|trưa qua|trưa hôm qua|cuối giờ chiều qua|hqua|h qua|qua rồi"},
    {CONCEPT_DAY, -2, "hôm kia|ngày hôm kia|bữa kia|sáng hôm kia|chiều hôm kia"},
    {CONCEPT_DAY, -3, "hôm kìa"},
    {CONCEPT_WEEKDAY, 1,
	"thứ hai|thứ 2|t2|thu 2|sáng thứ 2|chiều thứ 2|sáng thứ hai|chiều thứ hai"},
    {CONCEPT_WEEKDAY, 2, "thứ ba|thứ 3|t3|sáng thứ 3|chiều thứ 3|sáng thứ ba|chiều thứ ba"},
    {CONCEPT_WEEKDAY, 3, "thứ tư|thứ 4|t4|sáng thứ 4|chiều thứ 4|sáng thứ tư|chiều thứ tư"},
    {CONCEPT_WEEKDAY, 4, "thứ năm|thứ 5|t5|sáng thứ 5|chiều thứ 5|sáng thứ năm|chiều thứ năm"},
    {CONCEPT_WEEKDAY, 5,
	"thứ sáu|thứ 6|sáng thứ 6|chiều thứ 6|sáng thứ sáu|chiều thứ sáu|chiều t6|sáng t6|"
	"đến t6|tới t6|hôm t6|t6 này|t6 tới|t6 em|vào t6|t6 tuần sau"},
    {CONCEPT_WEEKDAY, 6, "thứ bảy|thứ 7|thứ bẩy|sáng thứ 7|chiều thứ 7"},
    {CONCEPT_WEEKDAY, 7, "chủ nhật|cn|sáng chủ nhật|chiều chủ nhật"},
    {CONCEPT_NEXT_WEEK, 0, "tuần sau|tuần tới|tuần kế|sang tuần|tuần sau nữa|qua tuần|tuần đến"},
    {CONCEPT_THIS_WEEK, 0, "tuần này|trong tuần|trong tuần này"},
    {CONCEPT_LAST_WEEK, 0, "tuần trước|tuần rồi|tuần vừa rồi|tuần qua|trước|vừa rồi"},
    {CONCEPT_WEEK_START, 0, "đầu tuần"},
    {CONCEPT_WEEK_START, 1, "đầu tuần sau|đầu tuần tới|đầu tuần kế"},
    {CONCEPT_WEEK_END, 0, "cuối tuần|cuối tuần này"},
    {CONCEPT_WEEK_END, 1, "cuối tuần sau|cuối tuần tới"},
    {CONCEPT_MONTH_START, 0, "đầu tháng"},
    {CONCEPT_MONTH_MIDDLE, 0, "giữa tháng|rằm"},
    {CONCEPT_MONTH_END, 0, "cuối tháng|hết tháng|cuối tháng này|hết tháng này"},
    {CONCEPT_NEXT_MONTH, 0, "tháng sau|tháng tới|sang tháng|tháng kế"},
    {CONCEPT_VAGUE_DAY, 0,
	"mấy hôm nữa|vài hôm nữa|vài ngày nữa|mấy ngày nữa|ít hôm nữa|ít ngày nữa|"
	"một hai hôm nữa|một hai ngày nữa|dăm hôm nữa|dăm bữa nữa|hôm nào đó|một vài ngày|"
	"vài ngày|mấy ngày|ít ngày|vài hôm|mấy hôm|ít hôm|một thời gian|sớm nhất có thể|"
	"thời gian tới|mấy bữa nữa|vài bữa nữa|vài bữa|mấy bữa|1 2 hôm nữa|1 2 ngày nữa|"
	"một ít hôm|mai kia|mai mốt|sắp tới|mấy bữa|1 vài ngày|từ đời nảo"},
    {CONCEPT_VAGUE_DAY, -1,
	"mấy hôm trước|mấy bữa trước|hôm trước|bữa trước|hôm nọ|hôm rồi|bữa nọ|bữa hổm|"
	"từ lâu|từ trước|dạo trước|mấy hôm nay|từ hôm trước|từ hôm nọ|hồi đầu tháng|"
	"lần trước|bữa rồi|hôm bữa|từ đời nào|từ bao giờ rồi|từ tám hoánh|từ hôm nào|"
	"hôm bữa rồi|từ tuần trước|từ tuần rồi|từ cuối tuần trước|từ tháng trước|"
	"từ đầu tháng|hồi tuần trước|từ đầu tuần trước|từ tháng 5|từ hồi đầu tháng"},
    {CONCEPT_DAY_WORD, 0, "ngày|hôm|mùng|mồng|vào ngày|đến ngày|bữa|hồi ngày"},
    {CONCEPT_WEEK_WORD, 0, "tuần"},
    {CONCEPT_MONTH_WORD, 0, "tháng|t"},
    {CONCEPT_MORE, 0, "nữa|tới nữa"},
    {CONCEPT_DAYTIME, 0,
	"sáng|trưa|chiều|tối|đêm|buổi sáng|buổi chiều|buổi tối|đầu giờ|cuối giờ|sáng sớm"},
    {CONCEPT_CLOCK, 0, "giờ|phút|h|g|giờ sáng|giờ chiều|tiếng|ph"},
    {CONCEPT_DIGIT, 1, "một|nhất|đầu tiên|cái đầu|thứ nhất|cái thứ nhất|cái một"},
    {CONCEPT_DIGIT, 2, "hai|cái sau|cái thứ hai|cái cuối|cái hai"},
    {CONCEPT_DIGIT, 3, "ba"},
    {CONCEPT_DIGIT, 4, "bốn|tư"},
    {CONCEPT_DIGIT, 5, "lăm"},
    {CONCEPT_DIGIT, 6, "sáu"},
    {CONCEPT_DIGIT, 7, "bảy|bẩy"},
    {CONCEPT_DIGIT, 8, "tám"},
    {CONCEPT_DIGIT, 9, "chín"},
    {CONCEPT_DIGIT, 10, "mười"},
};
const struct vocabulary_table vocabulary_days = {rows, COUNT_OF(rows)};
