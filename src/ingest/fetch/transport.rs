//! The wire: requests that go only where the guard lets them.

use std::fmt;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use reqwest::dns::Resolve;
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue};
use reqwest::{Method, Request, Response, redirect};

use crate::config::{FetchPlan, Limits};

use super::FetchError;
use super::ask::Usual;
use super::guard::{Guard, Guarded, System};
use super::redirect::{Chain, is_anonymous};

/// An idle connection is kept for the next request to its host no longer than this.
const IDLE: Duration = Duration::from_secs(30);

/// As many headers hyper reads of itself; told so, it would set room for them aside anew for each answer.
const HYPERS_MAX_HEADERS: usize = 100;

/// The ways out: one to the public internet, and one for sources that may be in a private network. Two, so that a
/// connection which one source may have is never there for another.
pub(super) struct Transport {
    plan: FetchPlan,
    usual: Usual,
    names: Arc<dyn Resolve>,
    public: Way,
    private: OnceLock<Result<Way, FetchError>>,
}

/// Clients, and what they may connect to.
struct Way {
    /// For http. It trusts no certificate, so that none has to be read for it.
    plain: reqwest::Client,
    /// For https, made when it is needed: reading the certificates that this machine trusts takes its time.
    secure: OnceLock<Result<reqwest::Client, FetchError>>,
    guard: Guard,
}

/// The client for one hop, and the guard of what it may connect to.
#[derive(Clone, Copy)]
pub(super) struct Door<'a> {
    http: &'a reqwest::Client,
    guard: &'a Guard,
}

impl Transport {
    /// Sets up the way to the public internet; the other is made when it is needed.
    ///
    /// # Errors
    /// [`FetchError::Setup`] when the contact cannot stand in a header, or the system gives no client.
    pub(super) fn new(plan: &FetchPlan) -> Result<Self, FetchError> {
        Self::with_names(plan, Arc::new(System))
    }

    /// As [`Transport::new`], with names looked up elsewhere.
    pub(super) fn with_names(plan: &FetchPlan, names: Arc<dyn Resolve>) -> Result<Self, FetchError> {
        // An error means that somebody installed one before us: then that one serves.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let usual = Usual::new(&user_agent(plan.contact.as_deref())?);
        let public = Way::new(Guard::new(&plan.allow_networks, false), (plan, &names))?;
        Ok(Self { plan: plan.clone(), usual, names, public, private: OnceLock::new() })
    }

    /// The door that the present hop goes by. Making one may take its time, which is not the server's.
    ///
    /// # Errors
    /// [`FetchError::Setup`].
    pub(super) fn door(&self, chain: &Chain<'_>, allow_private: bool) -> Result<Door<'_>, FetchError> {
        let way = self.way(allow_private && chain.is_at_home())?;
        let http = match chain.here().scheme() {
            "https" => self.secure(way)?,
            _ => &way.plain,
        };
        Ok(Door { http, guard: &way.guard })
    }

    /// What the present hop is told, and whether it is asked for what has changed only.
    pub(super) fn headers(&self, request: &super::Request<'_>, chain: &Chain<'_>) -> (HeaderMap, bool) {
        self.usual.headers(request, chain.here(), chain.is_trusted())
    }

    /// One GET: head of the answer, body not read yet.
    ///
    /// # Errors
    /// [`FetchError::Forbidden`] and what stands in the way of an answer.
    pub(super) async fn get(
        &self,
        door: Door<'_>,
        chain: &Chain<'_>,
        headers: HeaderMap,
    ) -> Result<Response, FetchError> {
        let forbidden = |refused| FetchError::forbidden(chain, refused);
        door.guard.judge_literal(chain.here()).map_err(forbidden)?;
        let limits = &self.plan.limits;
        let request =
            request(door, chain, headers).map_err(|error| FetchError::of_request(chain, &error, limits))?;
        let response = door
            .http
            .execute(request)
            .await
            .map_err(|error| FetchError::of_request(chain, &error, limits))?;
        if is_too_large(response.headers(), limits) {
            return Err(FetchError::head_too_large(chain.here(), limits));
        }
        // The last word, whatever name or number led there.
        if let Some(peer) = response.remote_addr() {
            door.guard.judge(peer.ip()).map_err(forbidden)?;
        }
        Ok(response)
    }

    fn way(&self, private: bool) -> Result<&Way, FetchError> {
        if !private {
            return Ok(&self.public);
        }
        let made = self
            .private
            .get_or_init(|| Way::new(Guard::new(&self.plan.allow_networks, true), self.setting()));
        made.as_ref().map_err(Clone::clone)
    }

    /// The client of a way for https. A machine without CA certificates trusts none, and each https source says so.
    fn secure<'a>(&self, way: &'a Way) -> Result<&'a reqwest::Client, FetchError> {
        let made = way.secure.get_or_init(|| {
            let builder = || builder(&way.guard, self.setting());
            builder().build().or_else(|_| builder().tls_certs_only([]).build()).map_err(|error| setup(&error))
        });
        made.as_ref().map_err(Clone::clone)
    }

    fn setting(&self) -> Setting<'_> {
        (&self.plan, &self.names)
    }
}

impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transport").field("plan", &self.plan).finish_non_exhaustive()
    }
}

/// What all clients have in common.
type Setting<'a> = (&'a FetchPlan, &'a Arc<dyn Resolve>);

impl Way {
    fn new(guard: Guard, setting: Setting<'_>) -> Result<Self, FetchError> {
        let plain = builder(&guard, setting).tls_certs_only([]).build().map_err(|error| setup(&error))?;
        Ok(Self { plain, secure: OnceLock::new(), guard })
    }
}

fn setup(error: &reqwest::Error) -> FetchError {
    FetchError::Setup { cause: error.to_string() }
}

/// The request for the present hop: with the credentials of its URL, unless these headers have others.
fn request(door: Door<'_>, chain: &Chain<'_>, mut headers: HeaderMap) -> Result<Request, reqwest::Error> {
    let address = chain.address();
    let mut request = if is_anonymous(&address) {
        Request::new(Method::GET, address)
    } else {
        let mut request = door.http.get(address).build()?;
        if let Some(credentials) = request.headers_mut().remove(AUTHORIZATION) {
            headers.entry(AUTHORIZATION).or_insert(credentials);
        }
        request
    };
    *request.headers_mut() = headers;
    Ok(request)
}

/// HTTP/1 is held to the number of headers while it is read, HTTP/2 to their size; here each to the other.
fn is_too_large(headers: &HeaderMap, limits: &Limits) -> bool {
    // As HTTP/2 counts (RFC 9113 §6.5.2), less its 32 bytes a header.
    let size: usize = headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
    headers.len() > limits.max_headers || size as u64 > limits.max_header_size
}

fn user_agent(contact: Option<&str>) -> Result<HeaderValue, FetchError> {
    let name = concat!("Feedmill/", env!("CARGO_PKG_VERSION"));
    let agent = contact.map_or_else(|| name.to_owned(), |contact| format!("{name} (+{contact})"));
    HeaderValue::from_str(&agent).map_err(|_| FetchError::Setup {
        cause: "`fetch.contact` holds a character that no header may".to_owned(),
    })
}

/// No proxy of the environment: it would look names up itself, and the guard could not see where to.
#[allow(clippy::disallowed_methods, reason = "the one place that builds an HTTP client")]
fn builder(guard: &Guard, (plan, names): Setting<'_>) -> reqwest::ClientBuilder {
    let limits = &plan.limits;
    let builder = reqwest::Client::builder()
        .dns_resolver(Guarded::new(guard.clone(), Arc::clone(names)))
        // RFC 9112 §5.2: whoever asks must read a folded header.
        .http1_allow_obsolete_multiline_headers_in_responses(true)
        .http2_max_header_list_size(u32::try_from(limits.max_header_size).unwrap_or(u32::MAX))
        .redirect(redirect::Policy::none())
        .referer(false)
        // With none left for a request, no copy of it is kept.
        .retry(reqwest::retry::never().max_retries_per_request(0))
        .no_proxy()
        .connect_timeout(limits.connect_timeout.min(plan.timeout))
        .pool_max_idle_per_host(plan.per_host.max(1))
        .pool_idle_timeout(IDLE);
    match limits.max_headers {
        HYPERS_MAX_HEADERS => builder,
        max_headers => builder.http1_max_headers(max_headers),
    }
}
