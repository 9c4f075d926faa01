/*
 * Owns: what people want of us besides claiming: time, silence, help, an end; events; adverts.
 * May use: understand/vocabulary.h.
 * Must not know: how phrases are weighed.
 */
#include "understand/vocabulary.h"

#include "base/memory.h"

static const struct vocabulary_phrases rows[] = {
    {CONCEPT_EXTEND, 0,
	"xin lùi|lùi|gia hạn|lùi hạn|xin gia hạn|xin hoãn|xin lùi hạn|xin thêm|"
	"xin thêm thời gian|thêm thời gian|thêm hạn|xin chậm|xin muộn|xin nộp muộn|"
	"xin nộp chậm|xin gửi muộn|xin gửi chậm|xin trễ|xin khất|khất|cho khất|cho lùi|"
	"cho gia hạn|nới hạn|nới cho|kéo dài|lùi lại|dời hạn|dời ngày|lui lại|lui hạn|"
	"hoãn lại|cho thêm|cho thêm thời gian|cho thêm mấy ngày|xin dời|chậm lại|"
	"lùi thời gian|lùi thời hạn|gia hạn thêm|xin lùi ngày|xin được lùi|lùi ngày|cho chậm|"
	"cho muộn|châm chước|cho trễ|xin chậm lại|xin thêm ngày|cho em nợ|cho nợ|xin nợ|"
	"giãn hạn|xin hạn|gh|nới thêm|xin kéo dài|xin cho chậm|cho xin thêm|xin phép nộp sau|"
	"xin nộp sau|gia hạn cho|hoãn nộp|hoãn hạn|tạm hoãn|xin tạm hoãn|cho hoãn|"
	"xin gửi sau|cho nộp sau|cho em nộp sau|cho gửi sau|cho em gửi sau|gia hạn báo cáo|"
	"gia hạn bc|xin gia hạn báo cáo|xin gia hạn bc|lùi hạn báo cáo|lùi hạn bc|"
	"gia hạn nộp|gia hạn nộp báo cáo|xin gia hạn nộp báo cáo|thêm mấy ngày|thêm vài ngày|"
	"thêm ít ngày|thêm mấy hôm|thêm vài hôm|thêm ít hôm|thêm 1 tuần|thêm một tuần|"
	"thêm một ngày|thêm hai ngày|thêm ba ngày|thêm đến|thêm tới|thêm ngày"},
    {CONCEPT_EXTEND, 1,
	"nộp muộn|gửi muộn|nộp chậm|gửi chậm|nộp trễ|gửi trễ|trễ hạn|nộp muộn hơn|"
	"gửi muộn hơn"},
    {CONCEPT_ALLOW, 0,
	"cho em|cho xã em|cho xã|xin|xin phép|cho tôi|cho cháu|mong|mong phòng|kính mong|"
	"cho phép|cho phòng em|cho đơn vị|mong được|thông cảm|mong thông cảm|xin được|"
	"cho mình|cho bên em|tạo điều kiện|tạo điều kiện cho|tạo điều kiện cho em|"
	"tạo điều kiện cho xã|giúp đỡ cho|linh động cho|linh động|đề nghị cho|"
	"kính đề nghị cho|đề nghị được|kính đề nghị được|đề nghị phòng cho|cho trạm nộp|"
	"cho trường nộp|cho hội nộp|cho bên em nộp|cho xã nộp|cho đơn vị nộp|cho phòng nộp|"
	"cho em nộp|cho trạm gửi|cho trường gửi|cho xã gửi|cho đơn vị gửi|cho em gửi|cho nộp|"
	"có thể cho nộp|cho gửi"},
    {CONCEPT_CANCEL, 0,
	"hủy|hủy bỏ|hủy đi|xóa|xóa đi|hủy tin|hủy xác nhận|undo|hủy báo cáo|hủy lệnh|hủy bc|"
	"hủy nhé|hủy giúp|hủy giùm|hủy hộ|hủy dùm|cancel|huy bo|hủy kết quả"},
    {CONCEPT_TAKE_BACK, 0,
	"nhắn nhầm|gửi nhầm tin|nhầm tin|báo nhầm|nhắn lộn|nhắn sai|xác nhận nhầm|bấm nhầm|"
	"ấn nhầm|em nhầm|tôi nhầm|bỏ tin trước|bỏ qua tin trước|bỏ tin vừa rồi|"
	"bỏ qua tin vừa rồi|thu hồi|rút lại|bỏ xác nhận|tin trước sai|tin trước nhầm|"
	"tin vừa rồi nhầm|tin vừa rồi sai|lúc nãy nhầm|nãy nhầm|vừa nãy nhầm|nãy nhắn nhầm|"
	"em báo nhầm|em nhắn nhầm|không phải em gửi|bỏ ghi nhận|bỏ cái vừa ghi|ghi nhầm|"
	"ghi sai|thu hồi tin|xin rút|em nhắn lộn|bỏ tin nhắn trước|nói nhầm|bỏ cái trước|"
	"bỏ cái vừa nãy|nhầm rồi|báo lộn|gửi lộn tin|gửi nhầm|đừng tính tin|đừng tính|"
	"bỏ qua tin nhắn|bỏ tin nhắn|bỏ qua tin|quên tin|bỏ đi|thôi bỏ đi|"
	"bỏ qua tin nhắn vừa nãy|bỏ qua tin nhắn trước|bỏ báo cáo vừa rồi|"
	"tin trước không đúng|tin kia nhầm|nãy em báo sai|báo sai|không tính tin|"
	"không tính tin trước|bỏ cái tin|bỏ tin|bỏ cái|nghịch máy|trẻ con nghịch|"
	"con em nghịch|cháu nghịch|báo lại là chưa|không phải là đã gửi|em nói nhầm|"
	"tôi nói nhầm|em nhầm rồi|nhầm báo cáo|nhầm xã|xin lỗi nhầm|xin lỗi em nhầm"},
    {CONCEPT_ATTEND, 0,
	"tham gia|dự|tham dự|có mặt|sẽ dự|đến dự|đi dự|về dự|có dự|dự họp|tham gia đủ|"
	"đến tham dự|đăng ký tham gia|đăng ký dự|đi họp|đến họp|về họp|có đi họp|dự đủ|"
	"dự đầy đủ|sẽ có mặt|sẽ đến|có đi|đến đúng giờ|có tham dự|có tham gia|sẽ tham gia|"
	"sẽ tham dự|đi tập huấn|cử|cử 1|cử 2|cử đồng chí|cử đ c|cử người"},
    {CONCEPT_ABSENT, 0,
	"vắng|vắng mặt|xin vắng|xin vắng mặt|không dự|không tham gia|không tham dự|không đi|"
	"không đến|không dự được|không đi được|không đến được|không tham gia được|"
	"không tham dự được|xin nghỉ|nghỉ họp|không có mặt|xin phép vắng|xin phép nghỉ|"
	"không về được|không ra được|không lên được|không họp được|không đi họp|"
	"không đi họp được|không thể tham gia|không thể dự|không thể tham dự|không thể đến|"
	"không thể đi|xin phép vắng mặt|báo vắng|xin phép không dự|xin không dự|"
	"không sắp xếp được|không thể có mặt|xin phép không tham gia|xin phép không tham dự|"
	"xin kiếu|không dự họp|không dự họp được|không tham gia họp|xin được vắng|"
	"xin được nghỉ"},
    {CONCEPT_EVENT, 0,
	"họp|cuộc họp|buổi họp|tập huấn|hội nghị|lễ phát động|phát động|lễ|buổi|mít tinh|"
	"truyền thông|hội thảo|buổi lễ|lễ ra quân|ra quân|tọa đàm|lớp tập huấn|lễ mít tinh|"
	"sự kiện|hội thi|chương trình truyền thông|buổi truyền thông|buổi tập huấn|giao ban|"
	"họp giao ban|lễ khai mạc"},
    {CONCEPT_STATUS, 0,
	"tt|tình trạng|còn thiếu gì|status|còn nợ gì|còn thiếu báo cáo nào|còn báo cáo nào|"
	"còn thiếu cái gì|còn phải nộp gì|còn phải gửi gì|còn phải nộp báo cáo nào|"
	"còn nợ báo cáo nào|thiếu gì|thiếu báo cáo nào|thiếu những gì|còn những báo cáo nào|"
	"đã đủ chưa|đủ chưa|xã em đủ chưa|đã nhận được chưa|nhận được chưa|đã nhận chưa|"
	"nhận chưa|đã có chưa|đã ghi nhận chưa|ghi nhận chưa|đã ghi chưa|có nhận được không|"
	"nhận được không|đã nhận được báo cáo chưa|đã thấy chưa|thấy chưa|đến nơi chưa|"
	"đã đến chưa|tới chưa|còn gì nữa không|còn gì không|còn thiếu không|nợ gì|"
	"nợ báo cáo nào|xem tình trạng|kiểm tra tình trạng|trạng thái|đã về chưa|đã lên chưa|"
	"hoàn thành chưa|vào sổ chưa|còn cái nào|còn cái gì|cần nộp gì|phải nộp gì|"
	"phải nộp những gì|phải gửi gì|phải gửi những gì|tra tình trạng|còn bc nào|"
	"bc nào chưa|báo cáo nào chưa|bc nào chưa gửi|báo cáo nào chưa gửi|"
	"còn bc nào chưa gửi|còn báo cáo nào chưa gửi|còn cái nào chưa gửi|vào hệ thống chưa|"
	"lên hệ thống chưa|vào chưa|nhận đủ chưa|đến đâu rồi|tới đâu rồi|có thấy không|"
	"còn bao nhiêu báo cáo|còn bao nhiêu bc|còn mấy báo cáo|còn mấy bc|còn mấy cái|"
	"hết nợ chưa|ghi nhận em nộp|ghi nhận em gửi|ghi nhận xã|xem nợ|nộp đủ chưa|"
	"gửi đủ chưa|đã xong chưa|xong hết chưa|thiếu cái nào|thiếu cái gì|còn thiếu báo cáo|"
	"có thiếu gì không|có thiếu không|có thiếu báo cáo|còn nợ không|còn nợ báo cáo|"
	"còn gì chưa|còn báo cáo gì|còn bc gì|còn phải nộp|còn phải gửi|đã tới chưa|"
	"đã đến nơi chưa|đã tới nơi chưa|cần nộp những gì|phải nộp gì nữa|cần nộp gì nữa"},
    {CONCEPT_HELP, 0,
	"tg|trợ giúp|help|hướng dẫn|hd|cú pháp|cú pháp nhắn tin|hướng dẫn nhắn tin|"
	"nhắn thế nào|nhắn như thế nào|nhắn tin thế nào|soạn thế nào|soạn tin thế nào|"
	"soạn tin như thế nào|cách nhắn|cách nhắn tin|cách trả lời|trả lời thế nào|"
	"trả lời như thế nào|trả lời sao|nhắn sao|nhắn chữ gì|nhắn chữ nào|nhắn kiểu gì|"
	"soạn sao|nhắn tin sao|cách soạn tin|cách soạn|nhắn gì|nhắn những gì|soạn gì|"
	"báo thế nào|báo như thế nào|cách báo|không biết nhắn|không biết cách nhắn|"
	"không biết trả lời|không biết nhắn thế nào|quên cú pháp|nhắn theo mẫu nào|"
	"mẫu tin nhắn|hướng dẫn cách nhắn|hướng dẫn cách trả lời|nhắn làm sao|soạn làm sao|"
	"cách dùng|sử dụng thế nào|dùng thế nào|hướng dẫn sử dụng|menu|cách thức nhắn tin|"
	"xác nhận thế nào|xác nhận như thế nào|cách xác nhận|soạn tin làm sao|"
	"trả lời kiểu gì|trả lời ra sao|báo kiểu gì|hướng dẫn soạn tin|các lệnh|lệnh gì|"
	"trả lời làm sao|nhắn thế nào cho đúng|báo sao|nhắn ntn|trả lời ntn|báo ntn|soạn ntn|"
	"nhắn tin ntn|soạn tin ntn|nt thế nào|nt sao|cú pháp thế nào|cú pháp sao|"
	"cú pháp ra sao|mẫu nhắn|mẫu tin|bấm gì|lệnh nào|những lệnh nào|nhắn số gì|"
	"nhắn cái gì|gõ gì|báo cáo bằng cách nào|báo bằng cách nào|nhắn hay|gõ sao|"
	"gõ thế nào|trả lời gì|nhắn lại thế nào|nhắn lại sao|soạn kiểu gì|làm sao để báo|"
	"làm thế nào để báo|báo làm sao|nhắn thế nào để|gõ chữ gì|gõ chữ nào|"
	"làm thế nào để xác nhận|xác nhận thì làm thế nào|xác nhận thì làm sao|muốn xác nhận|"
	"xin mẫu tin nhắn|cho em xin mẫu tin nhắn|xin mẫu tin|cho em xin mẫu tin|"
	"không biết dùng|hướng dẫn em với|hướng dẫn với|hướng dẫn giúp em với|"
	"nhắn lại hướng dẫn|gửi lại hướng dẫn|gửi lại cú pháp|thì nhắn gì|thì nhắn sao|"
	"thì nhắn thế nào|thì nhắn kiểu gì|thì soạn thế nào|thì soạn gì|phải nhắn thế nào|"
	"phải nhắn sao|mã lệnh|bảng lệnh|mã lệnh nhắn tin|bảng mã lệnh|cách rep|rep sao|"
	"rep thế nào|rep tin này|cách rep tin|cách nhắn lại"},
    {CONCEPT_OPT_OUT, 0,
	"dừng tin|dừng nhắn tin|dừng gửi tin|ngừng tin|ngừng nhắn tin|ngừng gửi tin|"
	"từ chối nhận tin|từ chối tin|từ chối tin nhắn|từ chối nhận tin nhắn|không nhận tin|"
	"không nhận tin nhắn|không nhận tin nữa|không muốn nhận tin|không muốn nhận tin nhắn|"
	"đừng có nhắn|đừng có nhắn nữa|đừng có nhắn tin|đừng nhắn|đừng nhắn tin|"
	"đừng nhắn nữa|đừng nhắn tin nữa|đừng gửi tin|đừng gửi tin nữa|đừng gửi tin nhắn|"
	"đừng gửi tin nhắn nữa|thôi nhắn|thôi nhắn tin|thôi đừng nhắn|hủy nhận tin|"
	"hủy nhận tin nhắn|hủy đăng ký nhận tin|hủy đăng ký tin nhắn|ngưng nhắn tin|"
	"ngưng gửi tin|ngưng tin|xin dừng tin|dừng nhắn|ngừng nhắn|ngưng nhắn|"
	"không nhắn tin nữa|không nhắn nữa|đừng làm phiền|không cần nhắn|không cần nhắn tin|"
	"không cần nhắn nữa|không cần gửi tin|không cần nhắc nữa|đừng nhắc nữa|đừng nhắc|"
	"khỏi nhắn|khỏi nhắn tin|khỏi nhắc|bỏ nhận tin|tắt tin nhắn|tắt tin|tắt nhắc|"
	"tắt thông báo|thôi nhận tin|dừng nhận tin|ngừng nhận tin|dừng nhắc|ngừng nhắc|"
	"xin thôi nhận tin|không nhận tin nhắn nữa|dừng tin nhắn|ngừng tin nhắn|chặn tin|"
	"chặn tin nhắn|dừng gửi tin nhắn|ngừng gửi tin nhắn|dừng việc nhắn tin|"
	"thôi không nhắn nữa|không muốn nhận tin nhắn nữa|không muốn nhận tin nữa|"
	"dừng thông báo|ngừng thông báo|đừng nt|đừng sms|không nhận sms|hủy tin nhắn nhắc|"
	"đừng gửi nữa|dừng gửi|ngừng làm phiền|xin đừng nhắn|xin đừng nhắn tin|"
	"xin đừng gửi tin|xóa số tôi|xóa số của tôi|xóa số này|bỏ số tôi|bỏ số này|xóa số em|"
	"bỏ số em|gỡ số|rút số|tắt giùm|tắt giúp|không nhắn tôi nữa|không nhắn cho tôi nữa|"
	"đừng nhắn tôi|đừng nhắn cho tôi|đừng gửi cho tôi|đừng nhắn em|đừng nhắn cho em|"
	"đừng gửi tin cho tôi|đừng gửi tin cho em|không gửi tin nữa|không gửi tin nhắn nữa|"
	"không gửi tin|không gửi tin nhắn|dừng gửi tin cho tôi|dừng nhắn tin cho tôi|"
	"dừng nhắn cho tôi|ngừng gửi tin cho tôi|ngừng nhắn tin cho tôi|không muốn nhận nữa|"
	"không nhận nữa|thôi không nhận tin|đừng báo nữa|hủy nhận thông báo|hủy thông báo|"
	"không nhận thông báo|từ chối nhận thông báo|ngừng nhận thông báo|"
	"dừng nhận thông báo|không cần nhắc tôi nữa|không cần nhắc em nữa|khỏi nhắc nữa|"
	"khỏi phải nhắc nữa|không cần gửi tin nữa|không cần nhắn tin nữa|dẹp đi|"
	"đừng làm phiền nữa|không cần nhắn cho tôi nữa|không nhắc nữa|đề nghị không nhắc|"
	"đề nghị không nhắn|không muốn nhận|không muốn nhận mấy tin|"
	"không muốn nhận mấy tin này|khỏi danh sách|ra khỏi danh sách|"
	"khỏi danh sách nhận tin|gỡ số em|gỡ số này|chặn số|chặn số này|"
	"rút tên khỏi danh sách|khỏi danh sách nhận tin nhắn|khỏi gửi tin|thôi gửi tin|"
	"thôi nhận các tin|xin thôi nhận|thôi khỏi gửi|đừng gửi cho tôi nữa|"
	"đừng gửi cho em nữa|bỏ số em ra|bỏ số tôi ra|bỏ số này ra|cắt tin|out khỏi list|"
	"cấm nhắn"},
    {CONCEPT_OPT_OUT, 1, "từ chối|stop|block|unsubscribe|tắt đi|tc"},
    {CONCEPT_OPT_IN, 0,
	"nhận tin|start|nhận lại tin|nhận tin lại|nhận lại tin nhắn|nhắn lại cho em|"
	"nhận tin nhắn lại|tiếp tục nhắn tin|tiếp tục nhận tin|cho em nhận tin|cho nhận tin|"
	"muốn nhận tin|muốn nhận lại tin|đăng ký nhận tin|đăng ký nhận lại tin|"
	"đăng ký lại tin|nhắn lại như cũ|nhắn tin lại|nhắn tin trở lại|mở lại tin|"
	"mở lại tin nhắn|bật tin|bật lại tin|bật lại tin nhắn|bật nhắc|cho nhận lại tin|"
	"xin nhận tin|xin nhận lại tin|xin nhận lại tin nhắn|nhận tin nhắc|"
	"đăng ký nhận tin nhắn|nhắn tiếp cho em|tiếp tục nhắn|nhắn tin tiếp|nhắn tiếp|"
	"muốn nhận tin nhắn|muốn nhận lại tin nhắn|cho em nhận lại tin|cho em nhận tin lại|"
	"nhận tin trở lại|nhận tin như cũ|bật lại nhắc|bật lại|nhắc lại cho em|khôi phục tin|"
	"khôi phục tin nhắn|tiếp tục nhắc|cứ nhắn|nhắc tiếp|đồng ý nhận tin|"
	"đồng ý nhận tin nhắn|gửi tin lại|gửi lại tin nhắc|cho nhắn lại|mở lại cho em|mở lại|"
	"nhắc tôi như cũ|nhắn như cũ|nhắc như cũ|nhắn lại như trước|vào lại danh sách|"
	"thêm lại|nhắn lại cho tôi|nhắc lại cho tôi|nhắn tin lại cho em|nhắn tin lại cho tôi|"
	"nhận tin nhắc lại|muốn nhận nhắc|nhận lại thông báo|nhận thông báo lại|"
	"tiếp tục nhận thông báo|gửi tin lại cho em|gửi tin lại cho tôi|nhận lại|"
	"cho em nhận lại|nhận lại nhắc|bỏ chặn|nhận nhắc nhở|nhận nhắc|bỏ chặn cho em|"
	"mở chặn|bật nhắc lại|nhắn lại cho mình|nhận tin tiếp|nhận tin trở lại bình thường"},
    {CONCEPT_STOP, 0, "dừng|ngừng|ngưng|thôi|tắt"},
    {CONCEPT_GO, 0,
	"đi được|đến được|về được|em đi nhé|em đi nha|tôi đi nhé|sẽ đi|tới được|lên được"},
    {CONCEPT_TEXTING, 0, "tin nhắn|nhắn tin|sms|tin sms"},
    {CONCEPT_ANNOY, 0,
	"phiền|làm phiền|bực|spam|nhắn lắm thế|nhắn nhiều|nhắn hoài|nhắn mãi|phiền phức"},
    {CONCEPT_REGISTER, 0, "dk|đk|đăng ký|dang ki|đăng kí|đăng ký số|đăng ký đơn vị"},
    {CONCEPT_LINK, 0, "lk|liên kết|kết nối|link|mã liên kết|ghép nối"},
    {CONCEPT_APPROVE, 0,
	"duyệt|đồng ý duyệt|phê duyệt|chấp thuận|cho lùi|cho phép lùi|đồng ý cho lùi|"
	"chấp nhận|đồng ý lùi|đồng ý gia hạn|cho gia hạn|đồng ý cho|nhất trí duyệt|ok duyệt|"
	"duyệt yêu cầu|duyệt số|đồng ý yêu cầu|đồng ý số|chấp thuận yêu cầu"},
    {CONCEPT_REFUSE, 0,
	"không duyệt|không đồng ý|từ chối|không cho|không chấp thuận|bác|không phê duyệt|"
	"không cho lùi|không chấp nhận|không đồng ý cho|không lùi|không gia hạn|"
	"không cho phép|bác yêu cầu|bác đề nghị|bác đơn|từ chối yêu cầu|từ chối đề nghị|"
	"không nhất trí"},
    {CONCEPT_MISDIRECTED, 0,
	"nhầm số|nhầm máy rồi|nhầm người|sai số|nhắn nhầm số|gửi nhầm số|lộn số|"
	"nhắn nhầm người|gửi nhầm người|số này không phải|tôi không phải cán bộ|"
	"không phải cán bộ|không phải là cán bộ|số mới mua|sim mới mua|mới mua sim|"
	"không làm ở xã|không làm ở đó|nhắn nhầm cho tôi|sim này tôi mới mua|nhầm số rồi|"
	"sai số rồi|nhầm thuê bao|tôi là dân|lộn người|số này tôi mới dùng|nhầm máy|lộn máy|"
	"sai số máy|nhắn lộn số"},
    {CONCEPT_MISDIRECTED, 1,
	"không biết gì|không liên quan|ai đấy|ai vậy|ai đó|số ai đây|ai đây|không quen|"
	"sai người|gọi nhầm|không phải em|không phải tôi|tôi không phải|số này của|"
	"không phải số"},
    {CONCEPT_TRANSFERRED, 0,
	"chuyển công tác|nghỉ hưu|về hưu|đã nghỉ hưu|nghỉ việc|đã nghỉ việc|thôi việc|"
	"không phụ trách nữa|không còn phụ trách|thôi phụ trách|không làm ở xã nữa|"
	"không còn làm|chuyển đơn vị|không phụ trách|không còn công tác|đã chuyển đi|"
	"bàn giao công việc|bàn giao mảng|không phải người phụ trách|đổi người phụ trách|"
	"không phụ trách mảng này|không phụ trách mảng này nữa|không còn là cán bộ|"
	"thôi công tác|không làm mảng này|không làm mảng này nữa|chuyển việc|chuyển ngành|"
	"đổi công tác|không còn làm việc"},
    {CONCEPT_TRANSFERRED, 1,
	"chuyển về|thôi làm|bàn giao cho|đã bàn giao cho|chuyển sang|chuyển cơ quan|"
	"người phụ trách mới|nhận công tác|không làm nữa|điều động|luân chuyển|chuyển vị trí|"
	"bàn giao việc|thôi giữ|không còn ở"},
    {CONCEPT_ADVERT, 0,
	"nhận thưởng|cccd|vay nhanh|qc|khuyến mãi|khuyến mại|giảm giá|ưu đãi|tặng|tặng ngay|"
	"nạp thẻ|thẻ nạp|vay|vay tiền|lãi suất|trúng thưởng|truy cập|miễn phí|data|gb|"
	"gói cước|cước|thuê bao|giải ngân|bấm vào|cskh|hotline|tk chính|tk goc|tkc|otp|"
	"mã otp|mã xác thực|soạn tin|dung lượng|mb|trả góp|voucher|click|http|https|www|com|"
	"vn|cá cược|nhà cái|tuyển dụng|việc nhẹ lương cao|cộng tác viên|casino|xsmb|xổ số|"
	"soi cầu|lô đề|sim số đẹp|đất nền|bảo hiểm|hủy dịch vụ|gia hạn gói|hết hạn sử dụng|"
	"từ chối qc|ctkm|100 ngày|20 thẻ nạp|nap the|tang 20|ban co cuoc goi nho|số dư|"
	"thông báo cước|thanh toán cước|đăng ký gói|soạn|cảm ơn quý khách|biến động số dư"},
    {CONCEPT_ADVERT, 1,
	"trả lời tự động|tự động trả lời|tin tự động|quý khách|ngoài vùng phủ sóng|"
	"cuộc gọi nhỡ|hộp thư thoại|tài khoản của quý khách|kính chào quý khách|mã otp của|"
	"otp của bạn|mã xác thực của|mã xác minh|đang lái xe|sẽ gọi lại sau|tôi sẽ gọi lại|"
	"không thể nghe máy|tin nhắn tự động|auto reply|sẽ gọi lại cho bạn|gọi lại sau"},
    {CONCEPT_OURS, 0,
	"hạn trước|chậm nhất|xong nhắn|rồi nhắn|xong xin nhắn|trợ giúp tg|chưa nhận báo cáo|"
	"chưa nhận được báo cáo|sai nhắn huy|nhắn một số|trở lại là chưa gửi|"
	"còn thiếu gì thì nhắn|gửi xong nhắn|đã gửi nhắn|hủy sửa sai|tt xem còn thiếu|"
	"chưa xong báo chậm|dừng tin thôi nhận tin|xem còn thiếu gì thì nhắn"},
};
const struct vocabulary_table vocabulary_requests = {rows, COUNT_OF(rows)};
