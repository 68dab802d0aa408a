use super::*;

fn tokens(text: &str) -> Vec<String> {
    let mut scanner = Scanner::new(text);
    let mut repairs = Repairs::default();
    let mut found = Vec::new();
    let mut open = "";
    loop {
        let token = scanner.next(open, &mut repairs);
        found.push(match token {
            Token::Start(tag) => {
                open = tag.name.written;
                let slash = if tag.empty { "/" } else { "" };
                format!("<{}|{}|{slash}", tag.name.written, tag.attributes.trim())
            }
            Token::End(name) => format!("</{name}"),
            Token::Text(text) => format!("T {text}"),
            Token::Cdata(text) => format!("C {text}"),
            Token::Doctype(text) => format!("D {}", text.trim()),
            Token::Eof => return found,
        });
    }
}

#[test]
fn well_formed_markup_becomes_its_tokens() {
    let text =
        "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a \"]\"> ] ><a b='>' c=\"<\"><!-- <x> -->t<b/></a >";
    let expected = ["D rss [<!ENTITY a \"]\"> ]", "<a|b='>' c=\"<\"|", "T t", "<b||/", "</a"];
    assert_eq!(tokens(text), expected);
}

#[test]
fn broken_markup_is_cut_at_the_next_sensible_place() {
    let table: [(&str, &[&str]); 24] = [
        ("a < b <3 c", &["T a < b <3 c"]),
        ("<t>1 <b and c</t>", &["<t||", "T 1 ", "T <b and c", "</t"]),
        ("<item <title>x</title>", &["<item||", "<title||", "T x", "</title"]),
        ("<a href=\"x>y<b c=\"d\">", &["<a|href=\"x|", "T y", "<b|c=\"d\"|"]),
        ("<a b=c d>", &["<a|b=c d|"]),
        ("<a b=\"x", &["<a|b=\"x|"]),
        ("<t>x</t", &["<t||", "T x", "</t"]),
        ("<t>x</t<u>", &["<t||", "T x", "</t", "<u||"]),
        ("<d><![CDATA[a</d><e>", &["<d||", "C a", "</d", "<e||"]),
        ("<d><![CDATA[a</d><e><![CDATA[b]]></e>", &["<d||", "C a", "</d", "<e||", "C b", "</e"]),
        ("<d><![CDATA[cut off", &["<d||", "C cut off"]),
        ("<![cdata[x]]>", &["C x"]),
        ("<!-- gone wrong ><t>", &["<t||"]),
        ("<!-- bang --!><t><!-- u -->", &["<t||"]),
        ("<!-- bang --!><t><!-- u --><v>", &["<t||", "<v||"]),
        ("<!-- <t> <!-- u --><v>", &["<v||"]),
        ("<?php '<b>' ?><t><?pi x><u><?pi?>", &["<t||", "<u||"]),
        ("<?xml x><t><?pi?>", &["<t||"]),
        ("<d><![CDATA[a]]</d><e>", &["<d||", "C a", "</d", "<e||"]),
        ("<![CDATA[ <![CDATA[a]]> ]]><t>", &["C a", "<t||"]),
        ("<![CDATA[<![CDATA[a]]>b]]>", &["C <![CDATA[a", "T b]]>"]),
        ("<!--><t><!--->u", &["<t||", "T u"]),
        ("<!WHAT ever><?pi ><t>", &["<t||"]),
        ("<!DOCTYPE rss [ ><t>", &["D rss [", "<t||"]),
    ];
    for (text, expected) in table {
        assert_eq!(tokens(text), expected, "{text:?}");
    }
}
