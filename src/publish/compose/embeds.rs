//! Players of other sites, as the output feed wants them: kept, or as links with a picture.

use url::Url;

use crate::config::Embeds;
use crate::markup::{Scanner, Token, decode_attribute, framed};
use crate::model::embed::Player;
use crate::model::{PlainText, SafeHtml};

/// A body with its players as asked for.
pub(super) fn shown(content: SafeHtml, embeds: Embeds) -> SafeHtml {
    match embeds {
        Embeds::Keep => content,
        Embeds::Link => content.with_frames_as(link),
    }
}

/// A link to what the frame plays, with its picture where its site has one; nothing for what plays nothing.
fn link(frame: &str) -> SafeHtml {
    let Some(Token::Frame(tag)) = Scanner::fragment(frame).next() else { return SafeHtml::default() };
    let source = framed("iframe", tag).and_then(|source| Url::parse(&source).ok());
    let Some(player) = source.and_then(|source| Player::at(&source)) else { return SafeHtml::default() };
    let Ok(page) = Url::parse(&player.page) else { return SafeHtml::default() };
    let title = tag.attributes().find(|(name, _)| *name == "title");
    let title = title.map(|(_, title)| PlainText::line(&decode_attribute(title)));
    let label = title.filter(|title| !title.is_empty()).unwrap_or_else(|| {
        let host = page.host_str().unwrap_or_default();
        PlainText::line(host.strip_prefix("www.").unwrap_or(host))
    });
    let picture = player.thumbnail.and_then(|picture| Url::parse(&picture).ok());
    SafeHtml::picture_link(&label, &page, picture.as_ref())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[allow(clippy::disallowed_methods, reason = "the test stands in for a store")]
    fn as_links(html: &str) -> String {
        shown(SafeHtml::vouched(html.to_owned()), Embeds::Link).as_str().to_owned()
    }

    #[test]
    fn a_player_becomes_a_link_with_a_picture_where_its_site_has_one() {
        assert_eq!(
            as_links(
                "<p>a</p><iframe src=\"https://www.youtube.com/embed/abc?start=3\" \
                 title=\"A &quot;film&quot;\"></iframe><p>b</p>"
            ),
            "<p>a</p><a href=\"https://www.youtube.com/watch?v=abc\" rel=\"noopener noreferrer\">\
             <img src=\"https://i.ytimg.com/vi/abc/hqdefault.jpg\" alt=\"A &quot;film&quot;\"></a><p>b</p>"
        );
        assert_eq!(
            as_links(
                "<iframe src=\"https://player.vimeo.com/video/1\"></iframe>x\
                 <iframe src=\"https://open.spotify.com/embed/track/2\" title=\"&lt;b>\"></iframe>"
            ),
            "<a href=\"https://vimeo.com/1\" rel=\"noopener noreferrer\">vimeo.com</a>x\
             <a href=\"https://open.spotify.com/track/2\" rel=\"noopener noreferrer\">&lt;b&gt;</a>"
        );
    }

    #[test]
    fn what_is_written_about_frames_and_what_has_none_stays_as_it_is() {
        for html in ["<p title=\"&lt;iframe src=x&gt;\">&lt;iframe src=x&gt;</p>", "<p>a</p>", ""] {
            assert_eq!(as_links(html), html);
        }
    }
}
