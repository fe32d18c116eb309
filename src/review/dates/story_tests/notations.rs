//! Every way to write a date, in a line.

use jiff::civil::date;

use super::*;

/// The date of `Last reviewed: {text} ...`, its kind, and the text with the fourth of July 2032 in its place.
fn read(text: &str) -> (String, NotationKind, String) {
    let page = under_title(&format!("Last reviewed: {text}"));
    let Reviewed::Found(stamp) = page_dates(&page).reviewed else { panic!("{text}") };
    let new = stamp.date.notation.write(date(2032, 7, 4));
    (stamp.date.value.to_string(), stamp.date.notation.kind(), new)
}

#[test]
fn a_new_date_is_written_as_the_old_one_was() {
    use NotationKind as Kind;
    for (text, value, kind, new) in [
        ("2031-05-04", "2031-05-04", Kind::Iso, "2032-07-04"),
        ("2031-5-4", "2031-05-04", Kind::IsoUnpadded, "2032-07-04"),
        ("2031\u{2011}05\u{2011}04", "2031-05-04", Kind::Iso, "2032\u{2011}07\u{2011}04"),
        ("2031-05-04T17:05:00.000Z", "2031-05-04", Kind::DateTime, "2032-07-04T00:00:00.000Z"),
        ("2031-05-04 17:05 +0900", "2031-05-04", Kind::DateTime, "2032-07-04 00:00 +0900"),
        ("20310504", "2031-05-04", Kind::Compact, "20320704"),
        ("2031-05", "2031-05", Kind::YearMonth, "2032-07-04"),
        ("05/2031", "2031-05", Kind::MonthYear, "2032-07-04"),
        ("2031/05/04", "2031-05-04", Kind::Ymd, "2032/07/04"),
        ("2031.5.4", "2031-05-04", Kind::Ymd, "2032.7.4"),
        ("28/05/2031", "2031-05-28", Kind::Dmy, "2032-07-04"),
        ("4.5.2031", "2031-05-04", Kind::Dmy, "4.7.2032"),
        ("05/28/2031", "2031-05-28", Kind::Mdy, "2032-07-04"),
        ("May 4, 2031", "2031-05-04", Kind::TextualUs, "July 4, 2032"),
        ("Oct 20, 2031", "2031-10-20", Kind::TextualUs, "Jul 4, 2032"),
        ("Sept 1, 2031", "2031-09-01", Kind::TextualUs, "Jul 4, 2032"),
        ("October 05 2031", "2031-10-05", Kind::TextualUs, "July 04 2032"),
        ("JANUARY 16th 2031", "2031-01-16", Kind::TextualUs, "July 4th 2032"),
        ("Sunday, May 4, 2031", "2031-05-04", Kind::TextualUs, "Sunday, July 4, 2032"),
        ("4 May 2031", "2031-05-04", Kind::TextualDay, "4 July 2032"),
        ("1st of April, 2031", "2031-04-01", Kind::TextualDay, "4th of July, 2032"),
        ("22nd Aug. 2031", "2031-08-22", Kind::TextualDay, "4th Jul. 2032"),
        ("05-Oct-2031", "2031-10-05", Kind::TextualDay, "04-Jul-2032"),
        ("Fri 3 Oct 2031", "2031-10-03", Kind::TextualDay, "Sun 4 Jul 2032"),
        ("2031 October 20", "2031-10-20", Kind::TextualYear, "2032 July 4"),
        ("October 2031", "2031-10", Kind::TextualMonth, "July 4, 2032"),
        ("2031年5月4日", "2031-05-04", Kind::Japanese, "2032年7月4日"),
        ("2031 年 12 月 04 日（木）", "2031-12-04", Kind::Japanese, "2032 年 7 月 04 日"),
        ("2031年12月", "2031-12", Kind::JapaneseMonth, "2032年7月4日"),
    ] {
        assert_eq!(read(text), (value.to_owned(), kind, new.to_owned()), "{text}");
    }
}

#[test]
fn two_numbers_that_tell_day_and_month_apart_stay_numbers() {
    let (dmy, _) = WrittenDate::read("28/05/2031").expect("a date");
    assert_eq!(dmy.notation.write(date(2032, 7, 31)), "31/07/2032");
    assert_eq!(dmy.notation.write(date(2032, 7, 7)), "07/07/2032");
    let (mdy, _) = WrittenDate::read("5/28/2031").expect("a date");
    assert_eq!(mdy.notation.write(date(2032, 7, 31)), "7/31/2032");
}

#[test]
fn a_date_ends_where_it_ends() {
    for (text, rest) in [
        ("2031-05-04. Bees", ". Bees"),
        ("2031-05-04, by Ada", ", by Ada"),
        ("2031-05-04 12 bees", " 12 bees"),
        ("2031-05-04 09:00.", "."),
        ("4 May 2031 and on", " and on"),
        ("May 4,\n  2031 again", " again"),
        ("2031年5月4日現在", "現在"),
    ] {
        let (_, length) = WrittenDate::read(text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(&text[length..], rest);
    }
    for text in [
        "",
        "x",
        "2031",
        "2031-",
        "2031-13-01",
        "2031-00-01",
        "2031-05-00",
        "2031-05-4x",
        "2031-05-04-rc",
        "2031-05-04Tuesday",
        "12031-05-04",
        "1.2.3",
        "2031.5",
        "May",
        "May 4",
        "4 May",
        "Mayo 4, 2031",
        "31/31/2031",
        "10/11/2031",
        "2031-05/04",
        "May 4 31",
        "99 May 2031",
        "1899-12-31",
    ] {
        assert_eq!(WrittenDate::read(text), None, "{text}");
    }
}

#[test]
fn a_month_counts_from_its_last_day() {
    let (month, _) = WrittenDate::read("2032-02").expect("a month");
    assert_eq!(month.value.last_day(), date(2032, 2, 29));
    assert!(month.notation.is_month_only());
}
