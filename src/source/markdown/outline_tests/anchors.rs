//! Link targets other than headings.

use super::*;

#[test]
fn ids_and_names_count_wherever_html_does() {
    let page = page(
        "<a name='top'></a>\n\n<div class=x\n  ID=\"box\">\n</div>\n\nSee <span id=here>this</span>.\n\n\
         > <p\n> id=\"quoted\">\n\n| a |\n|---|\n| <i id=\"cell\"></i> |\n",
    );
    assert_eq!(
        page.anchors(),
        [("top", "top"), ("box", "box"), ("here", "here"), ("quoted", "quoted"), ("cell", "cell")]
    );
}

#[test]
fn nothing_in_code_or_comments_is_an_anchor() {
    let page = page("`<a id=\"x\">`\n\n```\n<a id=\"y\">\n{: #k}\n```\n\n<!-- <a id=\"z\"> -->\n");
    assert_eq!(page.anchors(), []);
}

#[test]
fn attribute_lists_name_blocks_tables_and_parts_of_a_line() {
    let page = page(
        "Some text.\n{: #para .note}\n\n| a | b |\n|---|---|\n| 1 | 2 |\n{: #table}\n\n*x*{:#part}\n",
    );
    assert_eq!(
        page.anchors(),
        [("para", "{: #para .note}"), ("table", "{: #table}"), ("part", "{:#part}")]
    );
    let [table] = page.outline.tables.as_slice() else { panic!("one table") };
    assert_eq!(table.rows.len(), 1, "the list is no row");
    assert_eq!(page.at(&table.span), "| a | b |\n|---|---|\n| 1 | 2 |");
}

#[test]
fn every_id_of_the_page_is_listed() {
    let page = page("# Plans\n\n<a id=\"x\" name=\"x\"></a>\n");
    assert_eq!(page.outline.ids().collect::<Vec<_>>(), ["plans", "x"]);
}
