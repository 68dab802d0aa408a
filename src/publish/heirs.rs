//! Ids that outlive their article's place in a feed: when a source leaves the config, or its copy falls out of the
//! window, another source's copy of the same article may take its place, and goes on under the id that readers know.

use std::collections::{BTreeMap, HashSet};

use crate::model::fold::fold;
use crate::model::link::guid_key;
use crate::model::{Article, ArticleId, Key};
use crate::store::{ArticleQuery, Publication, Store, StoreError, Wanted};

use super::select::links;

/// For each of the chosen articles that never was in the feed, the publication of a copy that was and is not any more.
///
/// Asks the store only about what is new in the feed, and nothing for a feed that never was published.
pub(super) async fn heirs(
    chosen: &[ArticleId],
    published: &BTreeMap<ArticleId, Publication>,
    store: &impl Store,
) -> Result<BTreeMap<ArticleId, Publication>, StoreError> {
    let mut heirs = BTreeMap::new();
    if published.is_empty() {
        return Ok(heirs);
    }
    let mut taken: HashSet<ArticleId> = chosen.iter().copied().collect();
    let fresh: Vec<ArticleId> = chosen.iter().filter(|id| !published.contains_key(id)).copied().collect();
    for article in heads(fresh, store).await? {
        let mut gone = store.find(&Wanted::Keys(keys(&article))).await?;
        gone.retain(|id| published.contains_key(id) && !taken.contains(id));
        if gone.is_empty() {
            continue;
        }
        let copies = heads(gone, store).await?;
        let first = predecessor(&article, &copies).and_then(|id| Some((id, published.get(&id)?)));
        if let Some((id, publication)) = first {
            taken.insert(id);
            heirs.insert(article.id, publication.clone());
        }
    }
    Ok(heirs)
}

/// These articles, without their bodies.
pub(super) async fn heads(ids: Vec<ArticleId>, store: &impl Store) -> Result<Vec<Article>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    store.articles(ArticleQuery { content: false, ..ArticleQuery::only(ids) }).await
}

/// Its guid, and the links that lead to it; a site's front page leads to none.
fn keys(article: &Article) -> Vec<Key> {
    let links = links(article).filter(|link| link.contains(['/', '?'])).map(Key::Link);
    std::iter::once(guid_key(&article.guid.value)).chain(links).collect()
}

/// The copy that an article follows. What is apart within one document is another article at the same place; so are
/// several, but for one with the same headline.
fn predecessor(article: &Article, copies: &[Article]) -> Option<ArticleId> {
    let is_elsewhere = |copy: &&Article| {
        (&copy.origin.source, &copy.origin.scope) != (&article.origin.source, &article.origin.scope)
    };
    let headline = fold(article.body.title.as_str());
    let copies: Vec<&Article> = copies.iter().filter(is_elsewhere).collect();
    let namesake = copies.iter().find(|copy| fold(copy.body.title.as_str()) == headline);
    namesake.or_else(|| copies.first().filter(|_| copies.len() == 1)).map(|copy| copy.id)
}
