//! `auth`: credentials of a source, by reference.

use crate::config::plan::Auth;
use crate::config::shapes::Placed;
use crate::config::written::{Source, WrittenAuth};

use super::desk::Desk;
use super::sources::secret;

const HINT: &str =
    "write { basic = { user = \"me\", password = { env = \"NAME\" } } } or { bearer = { env = \"NAME\" } }";

/// The credentials, if the source has any.
pub(super) fn auth(desk: &mut Desk<'_>, source: &Source) -> Option<Auth> {
    let written = source.auth.as_ref()?;
    if source.url.is_none() {
        let message = "only a source with a `url` sends credentials";
        desk.refuse(&written.span, message, "remove them, or give the source a `url`");
    }
    let named = source.headers.iter().flat_map(|headers| &headers.value.0);
    if named.map(|(name, _)| name).any(|name| name.value.eq_ignore_ascii_case("authorization")) {
        let message = "the source has both `auth` and a header `Authorization`";
        desk.refuse(&written.span, message, "they are the same: remove one");
    }
    one(desk, written)
}

fn one(desk: &mut Desk<'_>, written: &Placed<WrittenAuth>) -> Option<Auth> {
    match (&written.value.basic, &written.value.bearer) {
        (Some(basic), None) => {
            let user = &basic.user;
            // RFC 7617 §2: a colon ends the name.
            if user.value.is_empty() || user.value.contains(|c: char| c == ':' || c.is_control()) {
                desk.refuse(
                    &user.span,
                    "this cannot be the name of a user",
                    "it has no colon and is not empty",
                );
            }
            let password = secret(desk, &basic.password)?;
            Some(Auth::Basic { user: user.value.clone(), password })
        }
        (None, Some(bearer)) => secret(desk, bearer).map(Auth::Bearer),
        (None, None) if desk.lost().any(&written.span) => None,
        _ => {
            desk.refuse(&written.span, "credentials are of exactly one kind", HINT);
            None
        }
    }
}
