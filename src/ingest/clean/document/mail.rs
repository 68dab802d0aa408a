//! Articles sent as mail (RFC 5322, MIME), and what heads of other texts have from there.

use std::borrow::Cow;

use mail_parser::{Message, MessageParser, PartType};

use super::fields::{Field, Fields};
use super::value::Value;
use super::{DocumentError, html, text};
use crate::model::{Author, PlainText};

/// Reads a mail: subject, sender and date, and its text; one in HTML only where there is no other.
///
/// # Errors
/// A mail without subject and headline.
pub(super) fn read(bytes: &[u8]) -> Result<(Fields, String), DocumentError> {
    let message = MessageParser::default().parse(bytes).ok_or(DocumentError::NoTitle)?;
    let mut fields = Fields::default();
    if let Some(subject) = message.subject().filter(|subject| !subject.trim().is_empty()) {
        fields.take(Field::Title, &Value::text(subject));
    }
    if let Some(date) = message.date() {
        fields.take(Field::Date, &Value::Text(date.to_rfc3339()));
    }
    let senders = message.from().into_iter().flat_map(|from| from.iter()).filter_map(|from| from.name());
    let named = |name: &str| Author { name: PlainText::line(name), ..Author::default() };
    let senders: Vec<Author> = senders.map(named).collect();
    if !is_plain(&message)
        && let Some(page) = message.body_html(0)
    {
        fields.add_authors(senders);
        let (found, content) = html::read(fields, &page);
        return Ok((found, content));
    }
    let body = message.body_text(0).unwrap_or_default().replace("\r\n", "\n");
    let (body, signature) = split_signature(&body);
    // Who signs an article wrote it; who sends it may be the desk.
    let (mut fields, content) = text::read(fields, body)?;
    if fields.authors.is_empty() {
        fields.add_authors(senders);
    }
    if fields.authors.is_empty()
        && let Some(name) = signature.lines().next()
    {
        fields.add_authors(super::byline::named(name));
    }
    Ok((fields, content))
}

fn is_plain(message: &Message<'_>) -> bool {
    message.text_bodies().next().is_some_and(|part| matches!(part.body, PartType::Text(_)))
}

/// The text, and what stands behind `-- ` (RFC 3676 §4.3).
fn split_signature(text: &str) -> (&str, &str) {
    text.rsplit_once("\n-- \n").or_else(|| text.rsplit_once("\n--\n")).unwrap_or((text, ""))
}

/// Whether a file is a mail: headers of one, of which two are those that every mail has.
pub(super) fn looks_like_mail(text: &str) -> bool {
    let head = text.lines().take_while(|line| !line.trim().is_empty()).take(100);
    let mut found = 0;
    for line in head {
        let is_folded = line.starts_with([' ', '\t']);
        let Some((key, _)) = line.split_once(':').filter(|(key, _)| !key.contains(' ')) else {
            if is_folded {
                continue;
            }
            return false;
        };
        let names = ["from", "message-id", "mime-version", "received", "return-path", "content-type"];
        found += usize::from(names.contains(&key.to_ascii_lowercase().as_str()));
    }
    found >= 2
}

/// A line of a head with its encoded words (RFC 2047) decoded.
pub(super) fn decoded_words(line: &str) -> Cow<'_, str> {
    let Some((key, value)) = line.split_once(':').filter(|(_, value)| value.contains("=?")) else {
        return Cow::Borrowed(line);
    };
    let mail = format!("Subject:{value}\r\n\r\n");
    let message = MessageParser::default().parse(mail.as_bytes());
    match message.as_ref().and_then(Message::subject) {
        Some(decoded) => Cow::Owned(format!("{key}: {decoded}")),
        None => Cow::Borrowed(line),
    }
}
