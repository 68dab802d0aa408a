//! What a job's server is asked: the request, with what the source says in it.

use std::borrow::Cow;

use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};
use url::Url;

use crate::config::Auth;
use crate::ingest::fetch::{Accept, FetchError, Request};

use super::party;
use super::turn::{Address, Job};

/// The request for a job's document: conditional if "not modified" would do.
pub(super) fn request<'a>(job: &'a Job, address: &'a Address<'_>) -> Result<Request<'a>, FetchError> {
    let accept = if job.what.pick().is_some() { Accept::Page } else { Accept::Feed };
    let mut request = Request::to(Cow::Borrowed(&*address.url), accept);
    let is_known = job.mark().is_some_and(|mark| job.facts.made(mark));
    if is_known && party::agree(job) && is_known_whose(job, &mut request) {
        request.etag = job.state.etag.as_deref();
        request.last_modified = job.state.last_modified.as_deref();
    }
    if address.is_own {
        request.headers = secret_headers(job)?;
        authorize(job, &mut request)?;
    }
    // Leave is for the config's own host, not for where it moved.
    request.allow_private = job.allow_private && job.what.url().and_then(Url::host) == address.url.host();
    Ok(request)
}

/// Whose validators are remembered, if they are; the address that is asked is not parsed anew.
fn is_known_whose(job: &Job, request: &mut Request<'_>) -> bool {
    let Some(whose) = job.state.validators_of.as_deref() else { return false };
    if whose == request.url.as_str() {
        return true;
    }
    request.validators_of = Url::parse(whose).ok();
    request.validators_of.is_some()
}

/// The source's credentials. A name and password go with the URL, as far as that may be trusted; no message prints them.
fn authorize(job: &Job, request: &mut Request<'_>) -> Result<(), FetchError> {
    let Some(auth) = &job.auth else { return Ok(()) };
    let fault = |cause: String| FetchError::Address { url: job.place(), cause: format!("auth: {cause}") };
    let secret = auth.secret().resolve().map_err(|error| fault(error.to_string()))?;
    match &**auth {
        Auth::Basic { user, .. } => {
            let url = request.url.to_mut();
            let told = url.set_username(user).and_then(|()| url.set_password(Some(&secret)));
            told.map_err(|()| fault("the URL takes no credentials".to_owned()))
        }
        Auth::Bearer(_) => {
            let mut value: HeaderValue = format!("Bearer {secret}")
                .parse()
                .map_err(|_| fault("the token holds a character that no header may".to_owned()))?;
            value.set_sensitive(true);
            request.headers.insert(AUTHORIZATION, value);
            Ok(())
        }
    }
}

/// The source's own headers. Their values are marked sensitive, and no message holds one.
fn secret_headers(job: &Job) -> Result<HeaderMap, FetchError> {
    let mut headers = HeaderMap::new();
    for (name, secret) in &job.headers {
        let fault = |cause: String| FetchError::Address {
            url: job.place(),
            cause: format!("header {}: {cause}", name.escape_debug()),
        };
        let key: HeaderName = name.parse().map_err(|_| fault("not a header's name".to_owned()))?;
        let value = secret.resolve().map_err(|error| fault(error.to_string()))?;
        let mut value: HeaderValue =
            value.parse().map_err(|_| fault("its value holds a character that no header may".to_owned()))?;
        value.set_sensitive(true);
        headers.insert(key, value);
    }
    Ok(headers)
}
