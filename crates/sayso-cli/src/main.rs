//! The program `sayso`.

fn main() {
    let path = std::env::args().nth(1).expect("a page");
    let page = sayso::page::Page::html(std::fs::read_to_string(path).expect("readable"));
    println!("{}", sayso::analysis::analyse(&page).story.text);
}
