//! Feedmill: news feeds in, clean feeds out.
//!
//! This is the library behind the program `feedmill`: a chain of stages, each of which can be used alone. They are plain
//! functions on values, and the present moment is a parameter. Network, disk and database are at the edge, in
//! [`config::load`], [`ingest::fetch`], [`store`] and [`publish::target`]; [`ingest::round`] and [`publish::edition`] drive the
//! stages for many sources and feeds; only [`commands`] reads the clock.
//!
//! ```text
//! config.toml --Config--> Plan
//! Plan.source --Request--> fetch --Fetched--> decode --text--> parse --FeedDocument--> clean --Draft--> decide --Change--> store
//! store --Article--> select --Selected--> compose --OutputFeed--> render --bytes--> target
//! ```
//!
//! Everything is stored, and selected when publishing: what an output feed contains follows from store, config and the
//! present moment alone. Why things are as they are stands in `docs/internals.md`.
//!
//! # Config: text to plan
//!
//! [`config::read`] checks the whole text; what nothing is said of has its default in the [`config::Plan`].
//!
//! ```
//! use std::path::Path;
//!
//! let text = "[sources]\nbbc = \"https://feeds.bbci.co.uk/news/rss.xml\"\n[feeds.news]\ntitle = \"My news\"\n";
//! let plan = feedmill::config::read(text, Path::new("/srv/mill"), "config.toml")?.plan;
//! assert_eq!(plan.feeds[0].selection.from[0].as_str(), "bbc");
//! assert_eq!(plan.publish.dir, Path::new("/srv/mill/feeds"));
//!
//! let wrong = feedmill::config::read("[feeds.news]\ntitel = \"My news\"\n", Path::new("/srv/mill"), "config.toml");
//! let message = wrong.unwrap_err().to_string();
//! assert!(message.contains("config.toml:2:1") && message.contains("did you mean `title`"), "{message}");
//! # Ok::<(), feedmill::config::ConfigError>(())
//! ```
//!
//! # Decode: bytes to text
//!
//! [`ingest::decode`] finds the encoding: byte order mark, HTTP, the document's own word, a guess. It never fails.
//!
//! ```
//! let bytes = b"<?xml version='1.0' encoding='iso-8859-1'?><title>Caf\xe9</title>";
//! let decoded = feedmill::ingest::decode::decode(bytes, &Default::default());
//! assert!(decoded.text.ends_with("<title>Café</title>"));
//! assert_eq!(decoded.encoding, "windows-1252");
//! ```
//!
//! # Parse: text to record
//!
//! [`ingest::parse`] reads every RSS, Atom and JSON Feed, and says what it had to repair.
//!
//! ```
//! use feedmill::ingest::parse::{Hints, parse};
//! use feedmill::model::parts::Text;
//!
//! let text = "<rss version='2.0'><channel><title>Fish & Chips</title><item><title>Salt</title></channel>";
//! let document = parse(text, &Hints::default())?;
//! assert_eq!(document.meta.title, Some(Text::plain("Fish & Chips")));
//! assert_eq!(document.entries[0].title, Some(Text::plain("Salt")));
//! assert_eq!(document.warnings[0].code, "bare-ampersand");
//! # Ok::<(), feedmill::ingest::parse::ParseError>(())
//! ```
//!
//! # Clean: record to drafts
//!
//! [`ingest::clean`] is the only place where HTML is sanitised. What comes out is text, safe HTML and absolute URLs.
//!
//! ```
//! use feedmill::ingest::{clean::clean, parse::{Hints, parse}};
//!
//! let text = r#"<rss version="2.0"><channel><title>Mill</title><item><title>A &amp;amp; B</title>
//!   <link>https://example.org/a?utm_source=rss</link>
//!   <description>&lt;p onclick="x()"&gt;Flour&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;</description></item></channel></rss>"#;
//! let cleaned = clean(parse(text, &Hints::default())?, None);
//! let body = &cleaned.drafts[0].body;
//! assert_eq!(body.title.as_str(), "A & B");
//! assert_eq!(body.url.as_ref().map(|url| url.as_str()), Some("https://example.org/a"));
//! assert_eq!(body.content.as_ref().map(|html| html.as_str()), Some("<p>Flour</p>"));
//! # Ok::<(), feedmill::ingest::parse::ParseError>(())
//! ```
//!
//! # Decide: drafts to changes
//!
//! [`ingest::decide`] tells new articles, edits and known articles apart, by what the store [knows](ingest::decide::Known).
//!
//! ```
//! use chrono::DateTime;
//! use feedmill::ingest::{clean::clean, decide::{Change, Known, decide}, parse::{Hints, parse}};
//! use feedmill::model::{DateBasis, SourceId};
//! use feedmill::store::DocumentKey;
//!
//! let item = "<item><guid>1</guid><title>Salt</title></item>";
//! let text = format!("<rss version='2.0'><channel>{item}{item}</channel></rss>");
//! let drafts = clean(parse(&text, &Hints::default())?, None).drafts;
//! let document = DocumentKey { source: SourceId::new("mill"), scope: String::new() };
//! let changes = decide(&document, drafts, &Known::default(), DateTime::UNIX_EPOCH);
//! // The same entry twice is one article; without a date it is dated by the moment it was first seen.
//! let [Change::New(article)] = &changes[..] else { panic!("{changes:?}") };
//! assert_eq!(article.date_basis, DateBasis::FirstSeen);
//! assert!(article.guid.value.starts_with("urn:uuid:"), "`1` is not unique in the world");
//! # Ok::<(), feedmill::ingest::parse::ParseError>(())
//! ```
//!
//! # Store: changes to articles
//!
//! [`store::Store`] is the contract, [`store::sqlite::Sqlite`] keeps it. One document's outcome is one transaction.
//!
//! ```
//! use chrono::DateTime;
//! use feedmill::ingest::{clean::clean, decide::{decide, keys_to_ask}, parse::{Hints, parse}};
//! use feedmill::model::SourceId;
//! use feedmill::store::{ArticleQuery, DocumentKey, DocumentState, DocumentUpdate, Store, sqlite::Sqlite};
//!
//! # let runtime = tokio::runtime::Builder::new_current_thread().build()?;
//! # runtime.block_on(async {
//! let text = "<rss version='2.0'><channel><item><guid>1</guid><title>Salt</title></item></channel></rss>";
//! let drafts = clean(parse(text, &Hints::default())?, None).drafts;
//! let store = Sqlite::open_in_memory()?;
//! let document = DocumentKey { source: SourceId::new("mill"), scope: String::new() };
//! for new in [1, 0] {
//!     let known = store.known(&document, &keys_to_ask(&drafts)).await?;
//!     let changes = decide(&document, drafts.clone(), &known, DateTime::UNIX_EPOCH);
//!     assert_eq!(changes.len(), new);
//!     let update = DocumentUpdate::of_state(document.clone(), DocumentState::default());
//!     store.record(DocumentUpdate { changes, ..update }).await?;
//! }
//! let articles = store.articles(ArticleQuery::default()).await?;
//! assert_eq!(articles[0].body.title.as_str(), "Salt");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Select: articles to those that are in, and why
//!
//! [`publish::select`] gives every article a verdict, and those that are in their order.
//!
//! ```
//! # use std::{collections::BTreeMap, path::Path, sync::Arc};
//! # use chrono::DateTime;
//! # use feedmill::model::{About, Article, ArticleBody, ArticleId, DateBasis, Guid, Origin, PlainText, SourceId};
//! use feedmill::publish::select::{Context, Verdict, select};
//!
//! # let article = |number, title: &str| Article {
//! #     id: ArticleId::new(number),
//! #     origin: Arc::new(Origin { source: SourceId::new("mill"), scope: String::new(), about: About::default() }),
//! #     guid: Guid { value: format!("urn:example:{number}"), is_permalink: false },
//! #     body: ArticleBody { title: PlainText::line(title), ..ArticleBody::default() },
//! #     published: DateTime::UNIX_EPOCH, date_basis: DateBasis::Given, updated: None,
//! #     first_seen: DateTime::UNIX_EPOCH, revision: 1, flood: None, withdrawn: None,
//! # };
//! let text = "[sources]\nmill = \"https://example.org/feed\"\n[feeds.salt]\ntitle = \"Salt\"\n\
//!             include = [ { name = \"salt\", text = [\"salt\"] } ]\n";
//! let plan = feedmill::config::read(text, Path::new("/srv/mill"), "config.toml")?.plan;
//! let articles = [article(1, "The price of SALT"), article(2, "Old salty tales")];
//! let context =
//!     Context { now: DateTime::UNIX_EPOCH, source_tags: &BTreeMap::new(), entered: &BTreeMap::new() };
//! let selected = select(&articles, &plan.feeds[0].selection, &context);
//! assert_eq!(selected.order, [articles[0].id]);
//! assert_eq!(selected.decisions[0].verdict, Verdict::Included { rule: "salt".to_owned() });
//! assert_eq!(selected.decisions[1].verdict, Verdict::NotIncluded);
//! # Ok::<(), feedmill::config::ConfigError>(())
//! ```
//!
//! # Compose and render: articles to documents
//!
//! [`publish::compose`] applies what a source allows to be republished and adds the credit; [`publish::render`] writes it
//! in a format. The same feed gives the same bytes.
//!
//! ```
//! # use std::{collections::BTreeMap, path::Path, sync::Arc};
//! # use chrono::DateTime;
//! # use feedmill::model::{About, Article, ArticleBody, ArticleId, DateBasis, Guid, Origin, PlainText, SourceId};
//! use feedmill::model::OutputFormat;
//! use feedmill::publish::{compose::{Context, compose}, render::render};
//!
//! # let article = Article {
//! #     id: ArticleId::new(1),
//! #     origin: Arc::new(Origin { source: SourceId::new("mill"), scope: String::new(), about: About::default() }),
//! #     guid: Guid { value: "urn:example:1".to_owned(), is_permalink: false },
//! #     body: ArticleBody {
//! #         title: PlainText::line("Salt < Sugar"),
//! #         summary: Some(PlainText::line("One of the two is dearer now.")),
//! #         ..ArticleBody::default()
//! #     },
//! #     published: DateTime::UNIX_EPOCH, date_basis: DateBasis::Given, updated: None,
//! #     first_seen: DateTime::UNIX_EPOCH, revision: 1, flood: None, withdrawn: None,
//! # };
//! let text = "[sources.mill]\nurl = \"https://example.org/feed\"\nname = \"The Mill\"\n[feeds.salt]\ntitle = \"Salt\"\n";
//! let plan = feedmill::config::read(text, Path::new("/srv/mill"), "config.toml")?.plan;
//! let sources = BTreeMap::from([(SourceId::new("mill"), &plan.sources[0])]);
//! let context = Context { base_url: None, sources: &sources, guids: &BTreeMap::new(), histories: &BTreeMap::new() };
//! let feed = compose(&plan.feeds[0], &[article], &context);
//! let rss = String::from_utf8(render(&feed, OutputFormat::Rss)?)?;
//! assert!(rss.contains("<title>Salt &#x3C; Sugar</title>"), "{rss}");
//! assert!(rss.contains("<p>From The Mill</p><p>One of the two is dearer now.</p>"), "{rss}");
//! assert_eq!(render(&feed, OutputFormat::Rss)?, rss.as_bytes());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod cli;
pub mod commands;
pub mod config;
pub mod ingest;
pub mod markup;
pub mod model;
pub mod publish;
pub mod revision;
pub mod stop;
pub mod store;
