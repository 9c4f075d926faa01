/*
 * Owns: words about reports, papers, what is done to them, and which report is meant.
 * May use: understand/vocabulary.h.
 * Must not know: how phrases are weighed. A plan's own codes and words are not here.
 */
#include "understand/vocabulary.h"

#include "base/memory.h"

static const struct vocabulary_phrases rows[] = {
    {CONCEPT_SEND, 0,
	"gửi|nộp|chuyển|gửi lên|nộp lên|gửi về|nộp về|chuyển lên|chuyển về|gửi đi|chuyển đi|"
	"gửi qua|gửi bằng|gửi theo|đẩy|đẩy lên|up|up lên|tải lên|đưa lên|mang lên|mang ra|"
	"mang qua|mang xuống|mang đến|đem lên|đem ra|cầm lên|phát hành|ban hành|ký gửi|"
	"bàn giao|giao nộp|scan gửi|chụp gửi|mail|fax|email lên|trình lên|trình huyện|"
	"trình phòng|gửi cho|nộp cho|gửi tới|gửi đến|gửi ra|gửi vào|nộp vào|nộp tại|nộp ở|"
	"chuyển phát|chuyển công văn|gửi công văn|submit|up load|upload|upload lên|đăng lên|"
	"gửi xuống|gửi sang|đệ trình|gửi lại|nộp lại|chuyển lại|gửi bổ sung|nộp bổ sung|"
	"ra văn thư|trả bài|đi bưu điện|bỏ bưu điện|xuất bản|giao nộp lên|up zalo|gửi zalo|"
	"gửi mail|gửi email|nộp văn thư|gửi văn thư|vào sổ|vào sổ gửi|đóng gửi|phát đi|"
	"gửi xong|nộp xong|nộp đủ|gửi đủ|gửi hết|nộp hết|đưa xuống|đưa ra|đưa cho|đưa về|"
	"chuyển cho|chuyển qua|chuyển vào|gửi hộ|nộp hộ|gửi thay|nộp thay|gửi giúp|nộp giúp|"
	"đi từ|lên hệ thống|lên trục|lên phần mềm|giao|mang lên huyện|xuống nộp|lên nộp|"
	"ra nộp|đi nộp|qua nộp|đến nộp|về nộp|nộp trực tiếp|gửi trực tiếp|gửi trục|"
	"gửi ioffice|gửi bưu điện|gửi xe|nhờ gửi|nhờ nộp|nhờ chuyển|nhờ mang|nhờ người gửi|"
	"đẩy trục|đẩy hệ thống|gửi nhầm mail|thả vào|thả lên|thả vào nhóm|bắn qua|bắn vào|"
	"bắn cho|quăng lên|ném vào|post lên|share|gửi vào nhóm|nộp bản cứng|nộp bản mềm|"
	"nộp file|gửi file|giao cho|bỏ vào|cho vào|đi công văn|đi đường công văn|"
	"đi đường bưu điện|vb đi|văn bản đi|công văn đi|nhập phần mềm|nhập lên phần mềm|"
	"nhập hệ thống|cập nhật phần mềm|cập nhật hệ thống|làm trên phần mềm|"
	"làm trên hệ thống|nhập trên hệ thống|nhập trên phần mềm|nhập vào phần mềm|"
	"nhập vào hệ thống|cập nhật lên hệ thống|cập nhật lên phần mềm|nhập lên hệ thống|"
	"cập nhật trên hệ thống|cập nhật trên phần mềm|thực hiện trên phần mềm|lấy đi|cầm đi|"
	"mang đi|mang báo cáo lên|mang bc lên|mang báo cáo|mang bc|cầm báo cáo|cầm bc|"
	"đem báo cáo|đem bc|mang trực tiếp|cầm trực tiếp|mang báo cáo xuống|mang đi nộp|"
	"cầm đi nộp"},
    {CONCEPT_SEND, 1,
	"đi rồi|lên rồi|đã đi|đã lên|đã về|phát hành rồi|đã trình|đã giao|về rồi|đã vào sổ|"
	"vào sổ rồi|sent|đã có trên|đã có ở|có trên hệ thống|có trên trục|lấy đi rồi|"
	"cầm đi rồi|mang đi rồi|đã email|đã fax|đã zalo|đã scan gửi|đã mail|bưu tá lấy rồi|"
	"bưu điện lấy rồi|xe lấy rồi"},
    {CONCEPT_SEND, 2,
	"để trên bàn|để ở bàn|để bàn|để ở văn thư|để ở phòng|bỏ vào tủ|để trên bàn chị|"
	"để trên bàn anh|giao tận tay|đưa tận tay|trao tay|nộp tận tay|gửi tận tay|"
	"bỏ trong hòm thư|bỏ vào hòm thư|bỏ hòm thư|để ở bộ phận một cửa|để ở một cửa|"
	"để lại bàn|để ở cửa|để ở bộ phận 1 cửa|nộp một cửa|nộp 1 cửa|để lại phòng|"
	"gửi bảo vệ|đưa bảo vệ|đưa văn thư|đi lúc"},
    {CONCEPT_DONE, 0,
	"xong|hoàn thành|hoàn tất|xong xuôi|xong hết|done|đã xong|hoàn thiện xong|xong xong|"
	"finish|xong việc|hoàn thành nhiệm vụ|trả xong|xong đâu vào đấy|đâu vào đấy"},
    {CONCEPT_MAKE, 0,
	"làm|soạn|viết|tổng hợp|rà soát|thống kê|chuẩn bị số liệu|hoàn thiện|chỉnh sửa|sửa|"
	"bổ sung|in|photo|đánh máy|lập|xây dựng|dự thảo|thu thập|lấy số liệu|gom|xin số liệu|"
	"hoàn chỉnh|soạn thảo|chỉnh|chốt|chốt số liệu|đối chiếu|nhập|nhập liệu|scan|"
	"đóng quyển|cập nhật|rà lại|kiểm lại|tổng hợp số liệu|làm lại|lấy số|ghép|số liệu|"
	"tập hợp|thu số liệu|gõ|chạy số liệu|in ấn|xử lý"},
    {CONCEPT_SIGN, 0,
	"ký|trình ký|đóng dấu|xin chữ ký|chữ ký|ký duyệt|phê duyệt|thông qua|xin dấu|lấy dấu|"
	"lấy số|ký đóng dấu|duyệt|trình duyệt|trình lãnh đạo|trình chủ tịch|chờ ký|chờ duyệt|"
	"lãnh đạo ký|chủ tịch ký|sếp ký|trình sếp|đi ký|ký tá|ký nháy|ký xong|đóng dấu xong|"
	"xin ý kiến|trình"},
    {CONCEPT_RECEIVE, 0, "nhận|nhận được|tiếp nhận|thấy|thấy được"},
    {CONCEPT_REPORT_V, 0, "báo|thông báo|nhắn|báo lại|nhắn lại|trả lời|phản hồi|báo tin"},
    {CONCEPT_EXIST, 0, "có|đã có"},
    {CONCEPT_PRESENT, 0,
	"đây ạ|đây rồi|đây nhé|của em đây|bc đây|báo cáo đây|xin gửi|xin nộp|xin trình|"
	"kính trình|xin chuyển|xin báo cáo|xin được gửi|gửi kèm|kính chuyển"},
    {CONCEPT_PAPER, 0, "bản giấy|bản cứng|giấy|bản gốc|bản chính|bản in|bản đỏ|bản có dấu"},
    {CONCEPT_FILE, 0,
	"bản mềm|file|file mềm|bản scan|file word|file excel|ảnh|bản chụp|bản điện tử|"
	"bản pdf|pdf|word|bản ký số|bản đã ký|bản ký|văn bản ký số|bản có ký số"},
    {CONCEPT_REPORT, 0,
	"báo cáo|bc|b c|bcáo|bcao|bản báo cáo|cái báo cáo|bài báo cáo|bản bc|b cáo|bao cáo|"
	"report|cái bc|bc bc|mẫu báo cáo|số liệu báo cáo|báo cáo kết quả|báo cáo số liệu|"
	"báo cáo công tác"},
    {CONCEPT_HALF, 0,
	"6 tháng|sáu tháng|6 tháng đầu năm|sáu tháng đầu năm|nửa năm|nửa đầu năm|giữa năm|6t|"
	"6th|sơ kết 6 tháng|sơ kết|bán niên|6 t|6thg|6 tháng đầu|6t đầu năm|6 thg|"
	"6 tháng năm nay|sơ kết giữa năm|kỳ 6 tháng|6t đn|kỳ 1|đợt 1|kỳ i|6tdn|6tđn|"
	"6 th đầu năm|nửa năm đầu|sơ kết 6t|6 tháng đn|st"},
    {CONCEPT_YEAR, 0,
	"cả năm|hằng năm|hàng năm|12 tháng|mười hai tháng|tổng kết năm|tổng kết|cuối năm|"
	"năm nay|một năm|1 năm|thường niên|kỳ năm|trọn năm|toàn năm|tổng kết cuối năm|bc năm|"
	"báo cáo năm|tổng kết cả năm|nguyên năm|12t"},
    {CONCEPT_OTHER_REPORT, 0,
	"quý|quý 1|quý 2|quý 3|quý 4|quý i|quý ii|quý iii|quý iv|3 tháng|9 tháng|chín tháng|"
	"ba tháng|hàng tháng|hằng tháng|hàng tuần|hằng tuần|báo cáo tháng|bc tháng|"
	"báo cáo tuần|bc tuần|báo cáo ngày|tháng hành động|thđ|hộ nghèo|cận nghèo|giảm nghèo|"
	"trẻ em|bảo trợ|bảo trợ xã hội|người có công|ncc|tệ nạn|đột xuất|chuyên đề|5 năm|"
	"10 năm|mười năm|năm năm|giai đoạn|việc làm|lao động việc làm|xuất khẩu lao động|"
	"cai nghiện|ma túy|dân tộc|nông thôn mới|ntm|thanh tra|quốc phòng|"
	"cải cách hành chính|cchc|dân số|khảo sát|ngân sách|thu chi|hiv|thi đua|bầu cử|"
	"người cao tuổi|người khuyết tật|an sinh|đào tạo nghề|tai nạn lao động|"
	"phòng chống thiên tai|dịch bệnh|đảng|chi bộ|tài chính|kinh tế|kinh tế xã hội|ktxh|"
	"kt xh|an ninh|an ninh trật tự|y tế|giáo dục|văn hóa|thể thao|du lịch|môi trường|"
	"đất đai|tư pháp|hộ tịch|hội nghị|sơ kết thi đua|lương"},
    {CONCEPT_DOCUMENT_WORD, 0,
	"công văn|cv|văn bản|vb|công văn số|văn bản số|tờ trình|thông báo số"},
    {CONCEPT_NUMBER_WORD, 0,
	"số|số hiệu|ký hiệu|số ký hiệu|số vb|số cv|số công văn|số văn bản|so|sô"},
    {CONCEPT_OTHER_PAPER, 0,
	"kế hoạch|kh|danh sách|quyết định|biên bản|mẫu|đề cương|hồ sơ|phiếu|bài thu hoạch|"
	"giấy mời|tài liệu|ảnh hoạt động|chương trình|dự toán|chứng từ|hóa đơn|lịch|"
	"giấy xác nhận|nghị quyết|đơn|phiếu khảo sát|bảng lương|dự thảo báo cáo|dự thảo|"
	"bản nháp|nháp|tờ khai|thư mời"},
    {CONCEPT_NIL, 0,
	"không có trường hợp nào|không phát sinh|không có phát sinh|không có vụ việc|"
	"không có vụ nào|không xảy ra|không có gì phát sinh|không có ca nào|"
	"không phát sinh trường hợp nào|không có trường hợp|không vụ việc|"
	"không có số liệu phát sinh|không có đối tượng|không có vụ|"
	"không xảy ra trường hợp nào|không ghi nhận trường hợp nào|0 trường hợp|"
	"không trường hợp nào|không có vi phạm|không có ca|bằng không|không có đối tượng nào"},
    {CONCEPT_PROXY, 0,
	"thay mặt|hộ|thay cho|thay|giúp xã|giúp cho|đại diện|nhắn hộ|báo hộ|nộp hộ|gửi hộ|"
	"nhắn thay|gửi thay|nộp thay|báo giúp|gửi giúp|nộp giúp|báo thay|thừa lệnh|cho bên"},
    {CONCEPT_LATE, 0, "muộn|chậm|trễ|quá hạn|chậm trễ|muộn hơn|chậm hơn|muộn mất"},
    {CONCEPT_DEADLINE, 0,
	"hạn nộp|hạn gửi|hạn báo cáo|thời hạn nộp|thời hạn báo cáo|hạn cuối|hạn bc|"
	"thời gian nộp|hạn chót|ngày nộp|deadline|hạn đến|hạn là|hết hạn"},
    {CONCEPT_LACK, 0, "thiếu|còn thiếu|nợ|còn nợ|chưa nộp gì|còn lại|sót"},
    {CONCEPT_CHECK, 0,
	"kiểm tra|xem|xem hộ|xem giúp|kiểm tra giúp|kiểm tra hộ|xem lại|check|kiểm tra lại|"
	"tra|tra cứu|rà giúp|check giúp|coi|coi giúp"},
};
const struct vocabulary_table vocabulary_reports = {rows, COUNT_OF(rows)};
