use super::*;

const MADE: &str = "sandbox=\"allow-scripts allow-same-origin allow-popups\" loading=\"lazy\" \
                    referrerpolicy=\"strict-origin-when-cross-origin\" allowfullscreen=\"\"";

fn link(href: &str, label: &str) -> String {
    format!("<a href=\"{href}\" rel=\"noopener noreferrer\">{label}</a>")
}

#[test]
fn a_player_is_built_anew_empty_and_in_a_sandbox() {
    let kept = format!(
        "<iframe src=\"https://www.youtube.com/embed/abc?start=3\" width=\"560\" height=\"315\" title=\"A film\" {MADE}></iframe>"
    );
    let written = "<iframe width=560 height='315' src='//www.youtube.com/embed/abc?start=3&amp;autoplay=1' \
                   title='A film' sandbox='allow-top-navigation' srcdoc='<script>x</script>' onload=x name=y \
                   style='border:0' allow='camera' frameborder=0><script>x</script><p>inside</iframe>";
    assert_eq!(clean(written), kept);
    assert_eq!(clean(&kept), kept);
}

#[test]
fn a_player_is_known_in_every_form_that_is_written_today() {
    let film = format!("<iframe src=\"https://www.youtube.com/embed/abc\" {MADE}></iframe>");
    for written in [
        "<iframe src=http://www.youtube.com/embed/abc></iframe>",
        "<IFRAME SRC=HTTP://WWW.YOUTUBE.COM/embed/abc />",
        "<iframe src='about:blank' data-src=https://www.youtube.com/embed/abc></iframe>",
        "<iframe data-lazy-src=https://www.youtube.com/embed/abc></iframe>",
        "<embed src=https://www.youtube.com/v/abc&#38;hl=en_US>".replace("&#38;", "?").as_str(),
        "<object data=https://www.youtube.com/v/abc><embed src=https://www.youtube.com/v/abc></object>",
        "<amp-youtube data-videoid=abc layout=responsive></amp-youtube>",
        "<lite-youtube videoid=abc></lite-youtube>",
    ] {
        let expected =
            if written.contains("hl=") { film.replace("abc", "abc?hl=en_US") } else { film.clone() };
        assert_eq!(clean(written), expected, "{written}");
    }
}

#[test]
fn other_frames_become_a_link_with_words_to_read() {
    for (written, kept) in [
        ("<iframe src=https://example.com/></iframe>", link("https://example.com/", "example.com")),
        (
            "<iframe src='https://www.example.com/a/b?utm_source=x&amp;c=1' title=' A  &lt;map&gt; '></iframe>",
            link("https://www.example.com/a/b?c=1", "A &lt;map&gt;"),
        ),
        (
            "a<iframe src='https://www.example.com/a/b?c=1'></iframe>b",
            format!("a {} b", link("https://www.example.com/a/b?c=1", "example.com/a/b")),
        ),
        (
            "<iframe src='https://youtube.com\\.evil.example/embed/a'></iframe>",
            link("https://youtube.com/.evil.example/embed/a", "youtube.com/.evil.example/embed/a"),
        ),
        ("<embed src=/a.pdf>", link("https://example.org/a.pdf", "example.org/a.pdf")),
        (
            "<object data=/a.pdf><embed src=/a.pdf>words</object>",
            format!("{} words", link("https://example.org/a.pdf", "example.org/a.pdf")),
        ),
        (
            "<table><iframe src=/x></iframe></table>",
            format!(
                "<table> <tbody><tr><td>{} </td></tr></tbody></table>",
                link("https://example.org/x", "example.org/x")
            ),
        ),
    ] {
        assert_eq!(clean(written), kept, "{written}");
    }
}

#[test]
fn what_is_shown_twice_was_meant_so() {
    let film = clean("<iframe src=https://www.youtube.com/embed/abc></iframe>");
    assert_eq!(clean(&film.repeat(2)), film.repeat(2));
    let link = clean("<iframe src=/b></iframe>");
    assert_eq!(clean(&format!("{film}<iframe src=/b></iframe>{film}")), format!("{film} {link} {film}"));
}

#[test]
fn a_frame_that_shows_nothing_goes() {
    for written in [
        "<iframe></iframe>",
        "<iframe src></iframe>",
        "<iframe src='about:blank'></iframe>",
        "<iframe srcdoc='<p>a'></iframe>",
        "<iframe src='javascript:alert(1)'></iframe>",
        "<iframe src='data:text/html,a'></iframe>",
        "<iframe src='mailto:a@example.org'></iframe>",
        "<iframe src=https://example.com/ width=1 height=1></iframe>",
        "<iframe src=https://example.com/ style='Display : none'></iframe>",
        "<iframe src=https://example.com/ hidden></iframe>",
        "<iframe src=https://www.youtube.com/embed/a width=0></iframe>",
        "<object data=x.swf></object><embed src='https://example.com/x.SWF?a=1'>",
        "<amp-youtube></amp-youtube>",
    ] {
        assert_eq!(clean(written), "", "{written}");
    }
}

#[test]
fn a_record_keeps_the_link_of_a_frame_that_is_relative_to_nobody_knows_what() {
    let kept = RecordSanitizer::new().sanitize("<iframe src=/x></iframe>", "");
    assert_eq!(kept, "<a href=\"/x\" rel=\"noopener noreferrer\">/x</a>");
}
