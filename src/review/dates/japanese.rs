//! Japanese markers: one word without spaces, taken apart from its front.

use super::marker::{Facts, Strength};

/// What a page may be called.
const PAGES: [&str; 10] = [
    "ページ",
    "文書",
    "ドキュメント",
    "資料",
    "記事",
    "コンテンツ",
    "方針",
    "ポリシー",
    "ハンドブック",
    "規程",
];

/// `最終更新日`, `最終改訂日`, `最終レビュー日`, `更新日`, with the page before them or nothing.
pub(super) fn label(word: &str) -> Option<(Facts, Strength)> {
    if word.is_ascii() {
        return None;
    }
    let mut rest = word;
    let mut strength = Strength::Label;
    for determiner in ["この", "本", "当"] {
        rest = rest.strip_prefix(determiner).unwrap_or(rest);
    }
    if let Some(behind) = PAGES.iter().find_map(|page| rest.strip_prefix(page)) {
        rest = behind.strip_prefix('の').or_else(|| behind.strip_prefix('は')).unwrap_or(behind);
        strength = Strength::Page;
    } else if rest != word {
        return None;
    }
    let last = rest.strip_prefix("最終").or_else(|| rest.strip_prefix("前回"));
    let deed = last.unwrap_or(rest);
    let (facts, behind) = [
        ("更新", Facts::UPDATED),
        ("改訂", Facts::UPDATED),
        ("改定", Facts::UPDATED),
        ("変更", Facts::UPDATED),
        ("編集", Facts::UPDATED),
        ("修正", Facts::UPDATED),
        ("レビュー", Facts::REVIEWED),
        ("見直し", Facts::REVIEWED),
    ]
    .into_iter()
    .find_map(|(name, facts)| Some((facts, deed.strip_prefix(name)?)))?;
    let behind = behind.strip_prefix("実施").unwrap_or(behind);
    let day = ["年月日", "日時", "日付", "日"].iter().find_map(|day| behind.strip_prefix(day));
    let ending = day.unwrap_or(behind);
    // `更新` alone is any update, and a day of review may be the next one.
    let is_label = last.is_some() || day.is_some() && facts == Facts::UPDATED;
    (is_label && matches!(ending, "" | "は")).then_some((facts, strength))
}
