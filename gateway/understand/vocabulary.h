/*
 * Owns: the words and phrases that are understood, as data, and the concepts they stand for.
 * May use: libc.
 * Must not know: how they are found in a text or weighed.
 *
 * Phrases are written as careful people write them, with all marks. How people leave marks out,
 * misplace or mistype them is the lexicon's business (lexicon.h).
 */
#ifndef UNDERSTAND_VOCABULARY_H
#define UNDERSTAND_VOCABULARY_H

#include <stddef.h>

enum concept {
	CONCEPT_NONE, /* a word that nobody knows */

	/* says nothing about what is meant */
	CONCEPT_POLITE,  /* dạ, ạ, nhé */
	CONCEPT_SELF,    /* em, tôi, bên em */
	CONCEPT_ADDRESS, /* anh, chị, sếp */
	CONCEPT_FILLER,  /* của, về, để … */
	CONCEPT_TOPIC,   /* bình đẳng giới */
	CONCEPT_PLACE,   /* huyện, phòng, zalo: where things are sent */
	CONCEPT_UNIT,    /* xã, thị trấn: a name may follow */
	CONCEPT_TITLE,   /* đồng chí: a name may follow */
	CONCEPT_ALL,     /* cả hai, hết, đầy đủ */

	/* what happens to a report */
	CONCEPT_SEND, /* gửi, nộp; 1: says so itself ("đã lên"), 2: reads so ("để trên bàn") */
	CONCEPT_DONE,     /* xong */
	CONCEPT_MAKE,     /* làm, soạn, tổng hợp */
	CONCEPT_SIGN,     /* ký, trình, đóng dấu */
	CONCEPT_RECEIVE,  /* nhận */
	CONCEPT_REPORT_V, /* báo: tell */
	CONCEPT_EXIST,    /* có */
	CONCEPT_PRESENT,  /* đây ạ: here it is */
	CONCEPT_PAPER,    /* bản giấy, bản cứng */
	CONCEPT_FILE,     /* bản mềm, file */

	/* when and whether */
	CONCEPT_PAST,     /* đã, vừa */
	CONCEPT_ALREADY,  /* rồi */
	CONCEPT_NOT_YET,  /* chưa */
	CONCEPT_NOT,      /* không */
	CONCEPT_DONT,     /* đừng */
	CONCEPT_FUTURE,   /* sẽ, sắp */
	CONCEPT_PROGRESS, /* đang */
	CONCEPT_IF,       /* nếu */
	CONCEPT_THEN,     /* thì, mới */
	CONCEPT_WAIT,     /* chờ, đợi */
	CONCEPT_BUT,      /* nhưng, còn */
	CONCEPT_AND,      /* và, với */
	CONCEPT_BECAUSE,  /* vì, do */
	CONCEPT_ABLE,     /* được, kịp */
	CONCEPT_HINDERED, /* hỏng máy, ốm, bận: why it is late */
	CONCEPT_PERHAPS,  /* hình như, chắc là */
	CONCEPT_HEARSAY,  /* nghe nói, bảo */
	CONCEPT_OTHERS,   /* các xã, người ta: not the sender */
	CONCEPT_WRONG,    /* sai, nhầm */
	CONCEPT_RIGHT,    /* đúng */
	CONCEPT_SOON,     /* lát nữa, tí nữa: today, no day */
	CONCEPT_BEFORE,   /* trước, hạn */
	CONCEPT_REQUEST,  /* đề nghị, yêu cầu */

	/* questions */
	CONCEPT_ASK,     /* cho em hỏi */
	CONCEPT_WHICH,   /* nào, gì, đâu, ai, mấy */
	CONCEPT_WHEN,    /* bao giờ, khi nào */
	CONCEPT_TAG,     /* phải không, hả */
	CONCEPT_HOW,     /* thế nào, làm sao */
	CONCEPT_GUIDE,   /* hướng dẫn, chỉ giúp */
	CONCEPT_HELP_ME, /* giúp em, nhờ */

	/* whole things that people say */
	CONCEPT_YES,  /* vâng, ok */
	CONCEPT_READ, /* đã nhận tin, em rõ rồi */
	CONCEPT_THANKS,
	CONCEPT_GREETING,
	CONCEPT_HEED,        /* em nhớ rồi, sẽ lưu ý */
	CONCEPT_EXTEND,      /* xin lùi, gia hạn */
	CONCEPT_LATE,        /* muộn, chậm */
	CONCEPT_ALLOW,       /* cho em, xin */
	CONCEPT_CANCEL,      /* hủy */
	CONCEPT_TAKE_BACK,   /* nhắn nhầm, bỏ tin trước */
	CONCEPT_ATTEND,      /* tham gia, có mặt */
	CONCEPT_ABSENT,      /* vắng */
	CONCEPT_GO,          /* đi, đến: attends only where an event is meant */
	CONCEPT_EVENT,       /* họp, tập huấn */
	CONCEPT_BUSY,        /* bận: excuses from an event */
	CONCEPT_STATUS,      /* còn thiếu gì, đã nhận được chưa */
	CONCEPT_LACK,        /* thiếu, nợ */
	CONCEPT_CHECK,       /* kiểm tra */
	CONCEPT_DEADLINE,    /* hạn nộp */
	CONCEPT_HELP,        /* trợ giúp */
	CONCEPT_OPT_OUT,     /* dừng tin */
	CONCEPT_OPT_IN,      /* nhận tin */
	CONCEPT_STOP,        /* dừng, thôi, ngừng */
	CONCEPT_TEXTING,     /* nhắn tin, tin nhắn */
	CONCEPT_ANNOY,       /* phiền */
	CONCEPT_REGISTER,    /* đăng ký */
	CONCEPT_LINK,        /* liên kết */
	CONCEPT_APPROVE,     /* duyệt */
	CONCEPT_REFUSE,      /* không duyệt */
	CONCEPT_MISDIRECTED, /* nhầm số */
	CONCEPT_TRANSFERRED, /* chuyển công tác */
	CONCEPT_NIL,         /* không phát sinh */
	CONCEPT_PROXY,       /* thay mặt, hộ */
	CONCEPT_ADVERT,      /* khuyến mãi */
	CONCEPT_OURS,        /* what only our own texts say */

	CONCEPT_AGENCY, /* hội phụ nữ, công an: the value is its kind */

	/* reports */
	CONCEPT_REPORT,        /* báo cáo */
	CONCEPT_HALF,          /* 6 tháng, giữa năm */
	CONCEPT_YEAR,          /* năm, cả năm */
	CONCEPT_OTHER_REPORT,  /* quý, tháng, hộ nghèo */
	CONCEPT_DOCUMENT_WORD, /* công văn, văn bản */
	CONCEPT_NUMBER_WORD,   /* số */
	CONCEPT_OTHER_PAPER,   /* kế hoạch, danh sách: papers that are no report */

	/* days; the value is the number of days from today, or a weekday */
	CONCEPT_DAY,       /* hôm nay 0, mai 1, hôm qua -1 */
	CONCEPT_WEEKDAY,   /* thứ hai 1 … chủ nhật 7 */
	CONCEPT_NEXT_WEEK, /* tuần sau */
	CONCEPT_THIS_WEEK,
	CONCEPT_LAST_WEEK,
	CONCEPT_WEEK_START, /* đầu tuần */
	CONCEPT_WEEK_END,   /* cuối tuần */
	CONCEPT_MONTH_START,
	CONCEPT_MONTH_MIDDLE,
	CONCEPT_MONTH_END,
	CONCEPT_NEXT_MONTH,
	CONCEPT_VAGUE_DAY,  /* mấy hôm nữa */
	CONCEPT_DAY_WORD,   /* ngày, hôm */
	CONCEPT_WEEK_WORD,  /* tuần */
	CONCEPT_MONTH_WORD, /* tháng */
	CONCEPT_MORE,       /* nữa */
	CONCEPT_DAYTIME,    /* sáng, chiều */
	CONCEPT_CLOCK,      /* giờ, phút, h */
	CONCEPT_DIGIT,      /* một … mười: value */

	/* made by code, not by phrases */
	CONCEPT_NUMBER,       /* digits */
	CONCEPT_DOCUMENT,     /* 45/BC-UBND */
	CONCEPT_DATE,         /* 8/6, and every other day once it is reckoned */
	CONCEPT_NAMED_REPORT, /* by the code or the words of a plan */
	CONCEPT_NAME,         /* of a person or a place: says nothing */
	CONCEPT_OWN_UNIT,     /* a unit's name */
	CONCEPT_FIGURE,       /* lop=3 */
	CONCEPT_COUNT
};

/* Phrases of one concept, "|"-separated. */
struct vocabulary_phrases {
	enum concept concept;
	int value;
	const char *phrases;
};

/* Several tables, each a file. */
struct vocabulary_table {
	const struct vocabulary_phrases *rows;
	size_t count;
};
extern const struct vocabulary_table vocabulary_speech;   /* how people speak */
extern const struct vocabulary_table vocabulary_reports;  /* reports, papers, deadlines */
extern const struct vocabulary_table vocabulary_requests; /* what people want of us */
extern const struct vocabulary_table vocabulary_days;
extern const struct vocabulary_table vocabulary_agencies; /* who may write, besides communes */

/* Other spellings of one word: teencode, dialect, abbreviations of single words. */
struct vocabulary_spelling {
	const char *word;      /* as careful people write it */
	const char *spellings; /* "|"-separated */
};
extern const struct vocabulary_spelling vocabulary_spellings[];
extern const size_t vocabulary_spelling_count;

/* What a word without marks most likely is, where several are possible. */
extern const char *const vocabulary_likeliest[]; /* ends with NULL */

#endif
