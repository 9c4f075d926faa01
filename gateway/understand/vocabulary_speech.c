/*
 * Owns: how people speak: particles, pronouns, tense, negation, questions, courtesies.
 * May use: understand/vocabulary.h.
 * Must not know: how phrases are weighed.
 */
#include "understand/vocabulary.h"

#include "base/memory.h"

static const struct vocabulary_phrases rows[] = {
    {CONCEPT_POLITE, 0,
	"dạ em|dạ chị|dạ anh|dạ thưa|dạ xã|dạ bên|dạ cô|dạ bác|dạ sếp|dạ báo cáo chị|"
	"dạ báo cáo anh|dạ tôi|dạ|ạ|nhé|nhỉ nhé|kính|kính thưa|thưa|kính gửi|kg|kính báo|vậy|"
	"ấy|đó|đấy|kia|hihi|hehe|haha|hic|huhu|hii|hi|nè|ơi|à vâng|thế|vậy nhé|luôn|luôn ạ|"
	"ngay|liền|nhá|nhen|cơ|lắm|rất|thật|quá|hơi|tí|chút|xíu|cả nhà|mọi người|kk|kkk|hjhj|"
	"hjx|chẳng qua|cũng|thôi ạ|đây|trân trọng|trân trọng báo cáo|kính mong|kính chào|"
	"thì thôi|rõ ràng|thực ra|thật ra|chứ còn sao nữa|chứ sao|chứ lị|còn gì nữa|"
	"chứ còn gì|chứ còn gì nữa|chứ bộ|nka|nà|hè|hỉ|ui|nớ|vậy đó|vậy nha|nghe|nghe chị|"
	"nghe anh|á chị|nhé chị|nhé anh|ạ chị|thôi em|thôi chị|thôi anh|thôi nhé|mà thôi|"
	"thôi nha|đừng lo|đừng lo gì|yên tâm|cứ yên tâm|khỏi lo"},
    {CONCEPT_POLITE, 1, "à"},
    {CONCEPT_SELF, 0,
	"em|tôi|mình|tớ|cháu|con|chúng tôi|chúng em|bọn em|bên em|bên tôi|bên mình|bên cháu|"
	"xã em|xã mình|xã tôi|xã cháu|xã nhà|đơn vị em|đơn vị tôi|đơn vị mình|"
	"đơn vị chúng tôi|cơ quan em|cơ quan tôi|phòng em|phòng tôi|trường em|trường tôi|"
	"tụi em|tui|tao|chỗ em|chỗ tôi|bên này|xã chúng tôi|ubnd xã em|ubnd xã tôi|ubnd xã|"
	"ủy ban xã|ủy ban em|ủy ban|tổ em|hội em|thị trấn em|thị trấn tôi|thị trấn mình|"
	"trạm em|bộ phận em|bên phòng em|cán bộ xã"},
    {CONCEPT_ADDRESS, 0,
	"anh|chị|anh chị|các anh chị|các anh|các chị|quý anh chị|cô|chú|bác|sếp|thầy|cậu|bạn|"
	"ad|admin|chị em|anh em|văn phòng|quý phòng|quý cơ quan|các bác|lãnh đạo|"
	"lãnh đạo phòng|thủ trưởng|các đồng chí|quý vị|chuyên viên|các cô|các chú|các sếp|"
	"mấy anh chị|mấy chị|mấy anh|bn ơi|bạn ơi|chị ơi|anh ơi|em ơi|cô ơi|bác ơi|sếp ơi"},
    {CONCEPT_TITLE, 0,
	"đồng chí|đ c|đc|ông|bà|họ tên|tên|chủ tịch|phó chủ tịch|pct|ct|bí thư|kế toán|"
	"văn thư|trưởng phòng|phó phòng|công chức|cán bộ|giám đốc|hiệu trưởng|phụ trách|"
	"chuyên trách|thường trực|bảo vệ|lái xe|tạp vụ|xe ôm|shipper|bưu tá|người nhà|"
	"chồng em|vợ em|con em|cháu em|nhân viên|thư ký|đồng nghiệp|anh em xã|trực ban|"
	"trực cơ quan|văn phòng xã"},
    {CONCEPT_FILLER, 0,
	"của|về|là|cái|các|những|mọi|một số|theo|ở|tại|trên|dưới|trong|ngoài|qua|bằng|cho|"
	"đến|tới|lên|xuống|vào|ra|lại|đi|mà|thì|như|vẫn|cứ|chỉ|bị|phải|nên|cần|việc|phần|từ|"
	"kèm|đính kèm|kèm theo|cùng|gồm|bộ|quyển|tập|tờ|trang|cụ thể|như sau|sau đây|tin|này|"
	"tin này|việc này|số này|cái này|xã này|mục này|phần này|sau này|từ nay|xưa nay|"
	"lâu nay|đến nay|trước nay|nó|thiếu nhi|quốc tế|hiện|hiện tại|hiện nay|bây giờ|lúc|"
	"khi|hồi|nội dung|thông tin|số liệu|liên quan|thực hiện|kết quả|công tác|tình hình|"
	"nhiệm vụ|đơn vị|cơ quan|phụ lục|biểu|biểu mẫu|biểu số liệu|bảng|bảng biểu|"
	"thuyết minh|file đính kèm|địa chỉ|địa phương|địa bàn|đợt này|lần này|kỳ này|vừa qua|"
	"gấp|sớm|nhanh|đúng hạn|đúng thời hạn|kịp thời|đảm bảo|chính thức|đúng quy định|"
	"theo quy định|theo yêu cầu|theo công văn|theo kế hoạch|theo mẫu|cơ bản|tạm|tạm thời|"
	"trực tiếp|online|lần|cuối|lần cuối|nói chung|tóm lại|nói lại|nói thật|chia ra|"
	"nói tóm lại|1 sao|bản sao|sao y|máy tính|nói|kể|có gì chị|có gì anh|có gì báo em|"
	"có gì báo|có gì gọi|có gì nhắn|nhắc gì nhắc lắm|nhắc gì lắm|nhắc gì mà nhắc|"
	"nhắc gì nữa|nhắn gì nữa|nhắc chi|nhắc gì nhiều|nhắn gì nhiều|nhắc hoài|nhắn hoài|"
	"còn nhắc gì|nhắn gì lắm|nhắc gì nhắc mãi|nhắc mãi|nhắc gì mà lắm|còn nhắc|"
	"sao còn nhắc|sao cứ nhắc|sao vẫn nhắc|sao còn nhắn|sao cứ nhắn|sao vẫn nhắn|"
	"giao dịch|giao thông|giao lưu|đều|nhận bàn giao|mới nhận bàn giao|dư nợ|con dâu|"
	"con trai|con gái|nợ vay|nhắn gì mà nhắn lắm thế|nhắn gì mà nhắn|nhắn gì nhắn lắm|"
	"nhắn gì mà lắm"},
    {CONCEPT_TOPIC, 0,
	"bình đẳng giới|bđg|bdg|vì sự tiến bộ phụ nữ|vstbpn|vì sự tiến bộ của phụ nữ|"
	"bạo lực gia đình|bđg và vstbpn|về giới|công tác bình đẳng giới|phòng chống bạo lực|"
	"bđg vstbpn|định kỳ|giới"},
    {CONCEPT_PLACE, 0,
	"huyện|phòng|phòng lđtbxh|phòng lđ tb xh|phòng lao động|lđtbxh|lđ tb xh|p lđtbxh|"
	"p lđ|phòng lđ|phòng lđ tb và xh|lao động|sở|tỉnh|trên huyện|lên huyện|về huyện|"
	"phòng nội vụ|nội vụ|zalo|mail|email|gmail|e mail|thư điện tử|ioffice|i office|"
	"vnptioffice|vnpt ioffice|voffice|trục|trục liên thông|liên thông|hệ thống|phần mềm|"
	"văn phòng điện tử|văn bản điện tử|qlvb|bưu điện|đường bưu điện|đường công văn|nhóm|"
	"nhóm zalo|group|fb|facebook|messenger|hòm thư|hộp thư|văn thư|một cửa|"
	"bộ phận một cửa|bộ phận văn thư|vp|văn phòng ubnd|ubnd huyện|cổng|trang web|web|"
	"drive|link|máy fax|fax|tận tay|tay|ubnd tỉnh|xe khách|xe buýt|phòng ban|bàn|"
	"phòng mình|phòng ta|qua mail|qua email|qua zalo|qua bưu điện|qua trục"},
    {CONCEPT_UNIT, 0, "xã|thị trấn|tt|phường|trường|bản|thôn|xóm|ubnd|trạm|hội"},
    {CONCEPT_ALL, 0,
	"cả|cả hai|cả 2|tất cả|hết|đầy đủ|toàn bộ|đủ|cả 2 báo cáo|hai cái|cả hai cái|"
	"cả 2 cái|đủ cả|hết cả|cả hai báo cáo|cả đôi|2 cái|2 báo cáo|cả 2 bc|2 bc"},
    {CONCEPT_PAST, 0,
	"đã|vừa|vừa mới|mới vừa|lỡ|có được|đã từng|không phải chưa|không phải là chưa|"
	"không có chuyện chưa|đâu phải chưa|có phải chưa|đã lỡ"},
    {CONCEPT_PAST, 1, "mới"},
    {CONCEPT_ALREADY, 0,
	"rồi|rồi ạ|rồi nhé|rồi đấy|rồi mà|xong rồi mà|rồi đó|từ lâu rồi|lâu rồi|xong xuôi rồi"},
    {CONCEPT_NOT_YET, 0,
	"chưa|vẫn chưa|chưa hề|còn chưa|chưa có|chưa kịp|hiện chưa|chưa thể|chưa được|"
	"không kịp|chẳng kịp|chả kịp|đã gửi đâu|có gửi đâu|gửi đâu mà gửi|làm gì đã gửi|"
	"đâu đã gửi|đã nộp đâu|có nộp đâu|nộp đâu mà nộp|làm gì đã nộp|đâu đã nộp|đã làm đâu|"
	"có làm đâu|làm đâu mà làm|làm gì đã làm|đâu đã làm|đã xong đâu|có xong đâu|"
	"xong đâu mà xong|làm gì đã xong|đâu đã xong|đã ký đâu|có ký đâu|ký đâu mà ký|"
	"làm gì đã ký|đâu đã ký|đã chuyển đâu|có chuyển đâu|chuyển đâu mà chuyển|"
	"làm gì đã chuyển|đâu đã chuyển|rồi đâu|làm gì đã có|đã có đâu|nào đã có|hóa ra chưa|"
	"ai ngờ chưa|té ra chưa|thực ra chưa|thật ra chưa|hoá ra vẫn chưa|ai ngờ vẫn chưa|"
	"hóa ra vẫn chưa|chưa đến kỳ|chưa đến hạn|chưa tới hạn|chưa tới kỳ|chưa đến lượt|"
	"chưa đến ngày"},
    {CONCEPT_NOT, 0,
	"không|chẳng|chả|đâu có|làm gì có|không có|không thể|không hề|chẳng thấy|không được|"
	"nộp cái gì mà nộp|gửi cái gì mà gửi|gửi gì mà gửi|nộp gì mà nộp|"
	"rồi cái gì mà gửi rồi|rồi cái gì|gửi rồi cái gì|nỏ|nào đã|đâu đã|có đâu|nào có|đếch|"
	"hết cách|lấy đâu ra|lấy đâu ra mà|đào đâu ra|kiếm đâu ra|lấy gì mà"},
    {CONCEPT_DONT, 0, "đừng|đừng có|cấm"},
    {CONCEPT_FUTURE, 0,
	"sẽ|sắp|định|tính|dự kiến|dự định|chuẩn bị|sẽ cố|cố gắng|sẽ cố gắng|cố|hẹn|hứa|"
	"xin hứa|chắc chắn sẽ|tranh thủ|phấn đấu|khẩn trương|là em gửi|em gửi liền|mới có|"
	"rồi sẽ|phải đến|chậm nhất là|muộn nhất là|gần|gần xong|sắp xong|để em|để tôi|"
	"để mình|để xã|xin hẹn|ráng|tính chiều|hẹn đến|đến lúc|để chiều|để mai|để tối|"
	"để sáng mai|để tuần sau|để hôm|để sang tuần|là gửi liền|là gửi ngay|là em gửi liền|"
	"là em gửi ngay|là em gửi luôn|là gửi luôn|là nộp luôn|là nộp ngay|là nộp liền"},
    {CONCEPT_PROGRESS, 0,
	"đang|đang tiến hành|còn đang|vẫn đang|dở|dở dang|đang dở|làm dở|đang trên đường|"
	"trên đường|đang khẩn trương|đang cố gắng|đang cố|còn một ít|còn ít|còn chút|"
	"còn phần|còn mỗi|mới được một nửa|được một nửa|một nửa|nửa chừng|chờ xíu|được 1 nửa|"
	"1 nửa|mới làm được|mới làm|mới viết|mới soạn|mới được|mới xong một|đang trình|"
	"đang chỉnh|đang xử lý|sắp sửa|phân công|đã phân công|giao nhiệm vụ"},
    {CONCEPT_IF, 0,
	"nếu|nếu như|khi nào xong|khi nào gửi|khi nào có|lúc nào xong|bao giờ xong thì|hễ|"
	"giả sử|trường hợp|khi xong|đến khi|tới khi|bao giờ xong|khi nào được|xong thì|"
	"xong sẽ|khi nào nộp|khi nào làm xong|gửi xong em báo|gửi xong em nhắn|"
	"gửi xong sẽ báo|nộp xong em báo|xong em báo|xong em nhắn|xong em sẽ báo|"
	"xong báo lại|gửi xong sẽ nhắn|xong em gọi|xong sẽ nhắn|gửi xong sẽ báo lại|"
	"gửi xong em sẽ báo|gửi xong em sẽ nhắn|khi nào gửi xong|khi nào gửi xong em nhắn|"
	"bao giờ gửi xong|lúc nào gửi xong|khi nào nộp xong|khi nào xong em nhắn|"
	"khi nào xong em báo|khi nào xong sẽ nhắn|gửi xong thì báo|gửi xong thì nhắn"},
    {CONCEPT_IF, 1, "sau khi|khi đã|khi"},
    {CONCEPT_THEN, 0, "rồi mới|xong mới|mới dám|rồi tính"},
    {CONCEPT_WAIT, 0,
	"chờ ký|chờ lãnh đạo|chờ số liệu|chờ sếp|chờ chủ tịch|chờ xóm|chờ thôn|chờ đóng dấu|"
	"chờ dấu|chờ cho|chờ tí|chờ đợi|chờ|đợi|đang chờ|đang đợi|còn chờ|phải chờ|chờ mỗi|"
	"vướng|kẹt|mắc|còn vướng|đang vướng|còn phải|còn cần|ngóng"},
    {CONCEPT_BUT, 0, "nhưng|nhưng mà|còn|tuy nhiên|riêng|mỗi tội|song"},
    {CONCEPT_AND, 0, "và|với|cùng với|đồng thời|cùng|lẫn"},
    {CONCEPT_BECAUSE, 0, "vì|do|tại|bởi|bởi vì|lý do|do là|tại vì|nên là"},
    {CONCEPT_ABLE, 0, "được|kịp|nổi|xuể|ra|đc ạ"},
    {CONCEPT_HINDERED, 0,
	"mất điện|hỏng máy|máy hỏng|máy tính hỏng|mất mạng|mạng yếu|mạng hỏng|rớt mạng|"
	"không có mạng|máy in hỏng|hỏng máy in|ốm|nghỉ ốm|nghỉ phép|đi viện|nằm viện|"
	"đi công tác|đi vắng|đi họp|đi cơ sở|bận họp|bận|bận quá|bận việc|quên|quên mất|lũ|"
	"lũ lụt|sạt lở|mưa to|bão|dịch|cách ly|nghỉ sinh|nghỉ thai sản|thai sản|đi học|"
	"đi tập huấn|nhiều việc|lu bu|máy lỗi|lỗi mạng|lỗi máy|sốt|covid|đám|đám cưới|"
	"đám tang|lỗi file|virus|bầu cử|lụt|hỏng|hư|bị hỏng|mail lỗi|mail bị lỗi|lỗi mail|"
	"bị lỗi|hệ thống lỗi|trục lỗi|mạng lỗi|phần mềm lỗi|máy tính lỗi|cúp điện|mất nước|"
	"mất sóng|không có sóng|yếu sóng|sóng yếu|không sóng|hết tiền|hết pin"},
    {CONCEPT_PERHAPS, 0,
	"hình như|chắc là|chắc|có lẽ|có khi|không biết|không rõ|không nhớ|không chắc|"
	"chẳng biết|không biết là|chả biết|chả nhớ|nghĩ là|tưởng|tưởng là|đoán|có thể|nhớ là|"
	"hình như là|hẳn|e là|sợ là|áng chừng|dường như|chưa chắc|không chắc lắm|tưởng đã|"
	"không biết đã"},
    {CONCEPT_HEARSAY, 0,
	"nghe nói|nghe bảo|thấy bảo|bảo là|nói là|bảo|thấy nói|nghe đâu|nghe đồn|người ta bảo"},
    {CONCEPT_OTHERS, 0,
	"các đơn vị|các xã|các nơi|xã khác|xã bạn|các xóm|các thôn|đơn vị khác|người ta|họ|"
	"mọi nơi|các trường|các cơ quan|các bản|các ban ngành|xã bên|xã kia|bên kia"},
    {CONCEPT_WRONG, 0,
	"sai|nhầm|lộn|nhầm lẫn|sai rồi|nhầm rồi|không đúng|không phải|nhầm mất|lẫn|"
	"chứ không phải|chứ k phải"},
    {CONCEPT_RIGHT, 0, "đúng|đúng rồi|đúng vậy|chính xác|phải|chuẩn|đúng thế|phải rồi|chuẩn rồi"},
    {CONCEPT_SOON, 0,
	"lát nữa|tí nữa|chút nữa|xíu nữa|một lát nữa|lát|ti nữa|chốc nữa|tẹo nữa|"
	"ngay bây giờ|trong hôm nay|trong ngày|trong ngày hôm nay|trong chiều nay|"
	"trong sáng nay|lát em|tý nữa|mấy phút nữa|5 phút nữa|10 phút nữa|tiếng nữa|lúc nữa|"
	"nay mai|ngay trong ngày|nội trong ngày|lát nữa em|tí|một lúc nữa|ít phút nữa|"
	"cuối giờ|ngay đây|liền đây|luôn đây|luôn bây giờ|liền bây giờ|ngay đây ạ|liền đây ạ|"
	"bây giờ luôn|ngay lập tức|làm ngay|làm liền|làm luôn|làm ngay ạ|gửi sau|nộp sau|"
	"gửi sau nhé|nộp sau nhé"},
    {CONCEPT_BEFORE, 0,
	"trước|trước ngày|hạn|đến hạn|thời hạn|hạn là|đúng hạn|hạn chót|deadline|hết hạn|"
	"quá hạn|hạn cuối|hạn nộp|đến hạn|sắp hạn"},
    {CONCEPT_REQUEST, 0, "đề nghị|yêu cầu|kính đề nghị|mong|mong được|kính mong"},
    {CONCEPT_ASK, 0,
	"cho em hỏi|cho hỏi|xin hỏi|hỏi|em hỏi|hỏi chút|cho tôi hỏi|cho cháu hỏi|"
	"cho mình hỏi|hỏi thăm|cho xã hỏi|cho em biết|cho biết|xin cho biết|cho tôi biết|"
	"báo giúp em|tư vấn|giải đáp|thắc mắc|cho em hỏi tí|em muốn hỏi|muốn hỏi|"
	"cho em hỏi chút|cho em xin số|xin số|xin mẫu|cho xin mẫu|cho em xin mẫu|gửi em mẫu|"
	"gửi cho em mẫu|xin lại mẫu"},
    {CONCEPT_WHICH, 0,
	"nào|gì|những gì|cái gì|mấy|bao nhiêu|ai|cho ai|đâu|ở đâu|chỗ nào|nơi nào|loại nào|"
	"mẫu nào|mấy bản|bao nhiêu bản|số mấy|về đâu|đâu ạ|mẫu gì|cái nào|mấy giờ|người nào|"
	"những ai|đi đâu|bản nào|bao lâu|đường nào|mẫu số mấy|là gì|ntn|kiểu gì"},
    {CONCEPT_WHEN, 0,
	"bao giờ|khi nào|lúc nào|hôm nào|ngày nào|ngày mấy|ngày bao nhiêu|mấy giờ|"
	"hạn đến đâu|đến bao giờ|chừng nào|thứ mấy|tháng mấy|hạn nào|đến ngày nào|đến khi nào"},
    {CONCEPT_TAG, 0,
	"phải không|đúng không|phải không ạ|hả|hở|nhỉ|chăng|hử|hay sao|có phải|được chưa|"
	"hay là|hay chưa|có đúng|có được|có cần|có phải là|hay|sao ạ|à anh|à chị|thật à|"
	"thế à|phỏng|đúng chưa|ok chưa|ổn chưa|chứ|có cần không|chưa nhỉ|chưa hả|chưa vậy|"
	"chưa thế|không nhỉ|không vậy|không thế|có không"},
    {CONCEPT_TAG, 1, "được không|có được không|được không vậy|được chứ|được chăng"},
    {CONCEPT_HOW, 0,
	"thế nào|như thế nào|ntn|làm sao|sao|ra sao|cách nào|tại sao|vì sao|sao lại|"
	"làm thế nào|kiểu nào|sao vẫn|sao cứ|sao mà|sao chưa|vì lý do gì|sao không|như nào|"
	"nào ạ|thế lào|tnao|tn"},
    {CONCEPT_GUIDE, 0, "hướng dẫn|chỉ giúp|chỉ cho|chỉ em|hướng dẫn em|hướng dẫn giúp|giải thích"},
    {CONCEPT_HELP_ME, 0,
	"giúp|giúp em|nhờ|nhờ anh|nhờ chị|hộ em|giùm|dùm|giúp đỡ|làm ơn|giúp xã|giúp với|"
	"hộ với|hộ cái|giùm em|xem giúp"},
    {CONCEPT_YES, 0,
	"không sao|không sao đâu|dạ vâng|vâng|ok|ừ|ừm|uh|uhm|ờ|vâng ạ|dạ vâng|ok ạ|ok em|"
	"được rồi|nhất trí|đồng ý|tuân lệnh|ok luôn|um|okk|đồng ý ạ|được ạ|rồi vâng|ok nhé|"
	"vâng vâng|đã rõ|tốt|hay quá|uk|ô kê|o k|okie dokie|tuân thủ|chấp hành|nghe rõ|rõ|"
	"dạ được|dạ rõ|dạ ok|ok chị|ok anh|ok cô|oki chị|vâng chị|vâng anh|dạ vâng em|"
	"vâng em|nhất trí ạ"},
    {CONCEPT_READ, 0,
	"đã nhận tin|đã nhận được tin|nhận được tin|nhận tin rồi|đã nhận được tin nhắn|"
	"nhận được tin nhắn|đã đọc|đã đọc tin|đọc rồi|đã xem|xem rồi|đã biết|biết rồi|"
	"em biết rồi|rõ|rõ rồi|đã rõ|em rõ|rõ ạ|hiểu|hiểu rồi|em hiểu|đã hiểu|nắm được|"
	"đã nắm|nắm rồi|đã nắm được|đã nắm rõ|tiếp thu|đã tiếp thu|đã tiếp nhận|tiếp nhận|"
	"đã nhận thông báo|nhận thông báo|nhận được thông báo|đã nhận được thông báo|"
	"đã nhận thông tin|nhận được thông tin|ghi nhận|em nhận được rồi|đã nhận được nhắc|"
	"đã nhận được nhắc nhở|nhận được nhắc nhở|em đã nhận|đã nhận|nhận rồi|nhận được rồi|"
	"đã nhận được|em nhận rồi|tôi đã nhận|đã tiếp nhận thông tin|đã nhận nhắc nhở|"
	"đã thấy|thấy rồi|đã nghe|nghe rồi|nhận lệnh|rõ đồng chí|báo cáo rõ|"
	"nhận được công văn|đã nhận công văn|nhận được văn bản|đã nhận văn bản|"
	"nhận được nhắc|nhận được tin báo|đã nhận được tin báo|đã nhận được công văn|"
	"nhận đủ tin|đã nhận lịch|nhận được lịch|em đã nhận được tin nhắn|đã nhận sms|"
	"nhận được sms|em nhận tin|nhận tin nhé|noted|roger|copy that|rõ lệnh|"
	"đã nắm thông tin|nắm thông tin|đã tiếp nhận thông báo|đã xem tin|em thấy rồi|"
	"đã nhận nhiệm vụ|nhận được nhắc rồi|em đọc rồi|đã nhận được thông tin|thấy tin rồi|"
	"nhận được tin rồi|em có nhận|em nhận được tin|đã có tin|nắm được rồi|đã biết tin|"
	"biết ạ|em biết|em biết ạ|đã tiếp nhận tin|em nắm|nắm ạ|em nắm rồi|em nắm được rồi|"
	"đã rõ nội dung|rõ rồi ạ|em rõ rồi|đã tiếp thu ạ|em xem rồi|đọc được rồi|nắm rồi ạ|"
	"em nhận thông tin|nhận thông tin|nhận được nhé|nhận được ạ|em nhận được|đã nhận nhé"},
    {CONCEPT_THANKS, 0,
	"cảm ơn|cám ơn|cảm ơn nhiều|xin cảm ơn|thanks|tks|thank|thank you|cảm ơn đã nhắc|"
	"cảm ơn anh chị|cảm ơn vì đã nhắc|cám ơn nhiều|camon|thks|ths|cảm ơn đã nhắc nhở|"
	"xin chân thành cảm ơn|chân thành cảm ơn|biết ơn|cảm ơn đã thông báo"},
    {CONCEPT_GREETING, 0,
	"chào|xin chào|kính chào|alo|hello|alô|a lô|chúc|chúc mừng|chúc sức khỏe|"
	"chào buổi sáng|chúc ngủ ngon|cuối tuần vui vẻ|vui vẻ|ngày mới tốt lành|"
	"chúc mừng năm mới"},
    {CONCEPT_HEED, 0,
	"nhớ rồi|em nhớ rồi|sẽ lưu ý|lưu ý|chú ý|sẽ chú ý|sẽ thực hiện|sẽ triển khai|"
	"triển khai|sẽ nhớ|em nhớ|xin tiếp thu|sẽ báo lại|sẽ chuyển lời|sẽ báo cáo lại|"
	"sẽ nhắc|sẽ làm ngay|sẽ xem|để em xem|để tôi xem|em xem|sẽ kiểm tra|để em kiểm tra|"
	"em sẽ báo|sẽ thông báo|sẽ đôn đốc|nhắc anh em|em sẽ nhắc|sẽ phối hợp|xin ghi nhận|"
	"sẽ chuyển lãnh đạo|sẽ trao đổi|đã chuyển cho cán bộ|chuyển cho cán bộ|"
	"đã chuyển cho đồng chí|chuyển cho đồng chí|đã báo cho|đã chuyển lời|chuyển lời|"
	"đã chuyển tin|đã báo lãnh đạo|đã báo cáo lãnh đạo|sẽ báo cáo lãnh đạo|"
	"sẽ báo lãnh đạo|đã báo lại|đã thông báo|sẽ truyền đạt|sẽ phổ biến|đã quán triệt|"
	"để em báo|em báo lại|để em nhắc|để tôi báo|để tôi nhắc|để em chuyển|để tôi chuyển"},
};
const struct vocabulary_table vocabulary_speech = {rows, COUNT_OF(rows)};
