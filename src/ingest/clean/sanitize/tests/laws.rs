use proptest::prelude::*;

use super::*;

/// Pieces that attacks on sanitizers are made of.
const HOSTILE: &[&str] = &[
    "<script>",
    "</script>",
    "<style>",
    "</style>",
    "<svg>",
    "</svg>",
    "<math>",
    "</math>",
    "<mtext>",
    "<mglyph>",
    "<annotation-xml encoding=text/html>",
    "<foreignObject>",
    "<desc>",
    "<title>",
    "</title>",
    "<textarea>",
    "</textarea>",
    "<noscript>",
    "</noscript>",
    "<template>",
    "</template>",
    "<xmp>",
    "</xmp>",
    "<plaintext>",
    "<iframe srcdoc=\"",
    "<iframe src=https://www.youtube.com/embed/a>",
    "<iframe src=/b>",
    "</iframe>",
    "<object data=c>",
    "<embed src=d>",
    "<amp-youtube data-videoid=e>",
    "<frameset>",
    "<noembed>",
    "</noembed>",
    "<table>",
    "<caption>",
    "<form>",
    "<select>",
    "<option>",
    "<a href=\"",
    "<a href='",
    "<img src=",
    "<img srcset=\"",
    "<base href=//evil.example>",
    "<p title=\"",
    "<p title='",
    " onerror=alert(1)",
    " onclick='x' ",
    "javascript:alert(1)",
    "java&#9;script:",
    "&#x6A;avascript&colon;",
    "data:text/html,",
    "\"",
    "'",
    "`",
    ">",
    "<",
    "/>",
    "</",
    "<!--",
    "-->",
    "--!>",
    "<![CDATA[",
    "]]>",
    "<?xml ",
    "<!",
    "&lt;",
    "&gt;",
    "&#0;",
    "&#60;script&#62;",
    "\u{0}",
    "\u{c}",
    "\t",
    "\n",
    "=",
    "/",
    " ",
    "x",
    "xlink:href=",
    "is=x ",
    "style=\"background:url(javascript:x)\"",
    "<b>",
    "</b>",
    "<p>",
    "</p>",
    "<br>",
    "<li>",
    "<pre>\n",
];

fn hostile() -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(HOSTILE), 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn hostile_html_is_clean_to_a_browser_and_parses_to_itself(html in hostile()) {
        let once = clean(&html);
        prop_assert_eq!(offences(&once), Vec::<String>::new(), "{}", once);
        prop_assert_eq!(&clean(&once), &once);
        prop_assert_eq!(parsed(&once), once);
    }

    #[test]
    fn sanitising_twice_changes_nothing_more(html in "(</?(p|b|a href=x|a|div|table|caption|tr|td|tbody|li|ul|pre|h1|h2|dl|dt|ruby|rt|svg|style|title|math|select|img src=1|span lang=x|iframe|noscript|video|details|summary|source src=y|form|object)( |/)?>|<!--|-->|&(amp|lt|nbsp|#13|#0|#1);?|\n|[ a<>&\"'\u{0}\u{b}\u{a0}]){0,24}") {
        let once = clean(&html);
        prop_assert_eq!(&clean(&once), &once);
        prop_assert_eq!(parsed(&once), once);
    }
}
