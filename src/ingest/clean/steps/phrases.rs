//! Phrases of litter in many languages, as [`key`](super::wording::key) has them: folded, without punctuation.

/// What stands around headline and site where a line says in which site an article was first; the words before the site's name.
#[rustfmt::skip]
pub(super) const APPEARED_FIRST: &[&str] = &[
    "the post appeared first on", "the post first appeared on", "this post appeared first on", "this post first appeared on",
    "this post originally appeared on", "the article appeared first on", "the article first appeared on", "this article appeared first on",
    "this article first appeared on", "this article originally appeared on", "this article was originally published on",
    "this article was first published on", "this story first appeared on", "this story originally appeared on", "appeared first on",
    "first appeared on", "originally appeared on", "originally published at", "originally published on", "was originally published on",
    "was first published on", "this post was originally published on", "the post was originally published on", "der beitrag erschien zuerst auf",
    "beitrag erschien zuerst auf", "der artikel erschien zuerst auf", "dieser beitrag erschien zuerst auf", "dieser artikel erschien zuerst auf",
    "erschien zuerst auf", "der beitrag ist zuerst erschienen auf", "l article est apparu en premier sur", "cet article est apparu en premier sur",
    "est apparu en premier sur", "l article est apparu en premier sur le site", "l article a ete publie en premier sur",
    "la entrada se publico primero en", "la entrada aparece primero en", "la entrada aparecio primero en", "la entrada ha sido publicada primero en",
    "el articulo se publico primero en", "el articulo aparecio primero en", "se publico primero en", "aparecio primero en", "aparece primero en",
    "l articolo proviene da", "l articolo sembra essere il primo su", "l articolo e apparso per la prima volta su",
    "l articolo e stato pubblicato per primo su", "questo articolo proviene da", "o post apareceu primeiro em", "o post apareceu primeiro no",
    "o post aparece primeiro em", "o post aparece primeiro no", "o artigo apareceu primeiro em", "a noticia apareceu primeiro em",
    "o conteudo apareceu primeiro em", "o conteudo aparece primeiro em", "apareceu primeiro em", "het bericht verscheen eerst op",
    "het bericht verscheen het eerst op", "het artikel verscheen eerst op", "verscheen eerst op", "artykul pochodzi z serwisu",
    "artykul pojawil sie najpierw na", "wpis pochodzi z serwisu", "post pojawil sie poczatkowo na", "wpis pojawil sie poczatkowo na",
    "pojawil sie poczatkowo na", "сообщение появились сначала на", "сообщение появилось сначала на", "запись впервые появилась",
    "запись впервые появилась на", "статья впервые появилась на", "пост появился сначала на", "допис вперше з явився на", "запис вперше з явився на",
    "стаття вперше з явилася на", "inlagget dok forst upp pa", "inlagget publicerades forst pa", "artikeln dok forst upp pa", "dok forst upp pa",
    "indlaegget blev forst udgivet pa", "indlaegget dukkede forst op pa", "indlaegget blev vist forst pa", "innlegget dukket forst opp pa",
    "innlegget ble forst publisert pa", "artikkeli julkaistiin ensimmaisen kerran", "artikkeli ilmestyi ensin", "julkaisu ilmestyi ensin sivustolla",
    "prispevek pochazi z", "prispevek se nejdrive objevil na", "clanek se nejdrive objevil na", "prispevok zobrazeny najskor",
    "clanok zobrazeny najskor", "bejegyzes eloszor jelent meg", "a bejegyzes eloszor jelent meg", "bejegyzes eloszor ezen az oldalon jelent meg",
    "articolul apare prima data in", "postarea apare prima data in", "articolul a aparut prima data pe", "yazisi ilk once uzerinde ortaya cikti",
    "gonderisi ilk once uzerinde ortaya cikti", "ilk once uzerinde ortaya cikti", "το αρθρο εμφανιστηκε πρωτα στο", "το αρθρο δημοσιευτηκε πρωτα στο",
    "l entrada ha aparegut primer a", "l entrada apareix primer a", "objava se prvi puta pojavila na", "clanak se prvi puta pojavio na",
    "artikel pertama kali tampil pada", "bai viet da xuat hien dau tien vao ngay", "投稿 は に最初に表示されました", "の投稿は に最初に表示されました", "の投稿 に最初に表示されました", "最先出现在",
    "首先出现在", "最早出現於", "最早出现于", "這篇文章 最早出現於", "文章 最先出现在", "這篇文章 最早發佈於", "게시물이 에 처음 등장했습니다", "에 처음 등장했습니다", "에 처음 게시되었습니다",
    "публикацията се появи първо в",
];

/// How a link begins that leads to the rest of the article.
#[rustfmt::skip]
pub(super) const READ_MORE: &[&str] = &[
    "continue reading", "read more", "read the full", "read the rest", "read the whole", "read the article", "read this article", "read full",
    "read on", "read article", "read the original", "keep reading", "full story", "full article", "the full story", "view original", "view post",
    "view the full", "view article", "click here to read", "click here to continue", "more", "more inside", "see full", "see the full", "weiterlesen",
    "weiter lesen", "mehr lesen", "mehr erfahren", "jetzt lesen", "zum artikel", "zum beitrag", "zum vollstandigen artikel", "lesen sie weiter",
    "den ganzen artikel", "den vollstandigen artikel", "vollstandigen artikel", "ganzen artikel lesen", "artikel lesen", "mehr", "lire la suite",
    "lire plus", "lire l article", "lire la suite de", "la suite", "en savoir plus", "continuer la lecture", "poursuivre la lecture",
    "voir l article", "leer mas", "seguir leyendo", "continuar leyendo", "sigue leyendo", "continua leyendo", "leer el articulo", "leer completo",
    "ver mas", "leggi tutto", "leggi di piu", "continua a leggere", "continua la lettura", "leggi l articolo", "leggi ancora", "continua",
    "leia mais", "continue lendo", "continuar lendo", "continue a ler", "continuar a ler", "ler mais", "saiba mais", "ler o artigo", "lees meer",
    "lees verder", "verder lezen", "meer lezen", "lees het hele", "czytaj wiecej", "czytaj dalej", "czytaj calosc", "wiecej", "zobacz wiecej",
    "kontynuuj czytanie", "читать далее", "читать дальше", "читать полностью", "читать больше", "продолжить чтение", "подробнее", "далее",
    "читати далі", "продовжити читання", "докладніше", "las mer", "las vidare", "las hela", "fortsatt lasa", "les mer", "les videre", "laes mere",
    "laes videre", "fortsaet med at laese", "lue lisaa", "jatka lukemista", "cist dal", "cist vice", "cely clanek", "pokracovat ve cteni", "citat dalej",
    "viac", "tovabb olvasom", "tovabb", "olvass tovabb", "bovebben", "citeste mai mult", "citeste mai departe", "continua lectura",
    "continua sa citesti", "devamini oku", "okumaya devam et", "devami", "διαβαστε περισσοτερα", "συνεχεια αναγνωσησ", "συνεχιστε την αναγνωση",
    "続きを読む", "全文を読む", "もっと読む", "阅读更多", "阅读全文", "继续阅读", "查看全文", "繼續閱讀", "閱讀更多", "閱讀全文", "더 읽기", "계속 읽기", "자세히 보기", "더보기", "llegir mes",
    "continua llegint", "baca selengkapnya", "doc tiep", "xem them", "прочетете още", "citaj dalje", "nastavi citati",
];

/// What stands over a share bar.
#[rustfmt::skip]
pub(super) const SHARE_LABELS: &[&str] = &[
    "share", "share this", "share this post", "share this article", "share this story", "share on", "share it", "share via", "share with friends",
    "share this entry", "sharing", "spread the word", "spread the love", "like this", "tell your friends", "follow and share", "teilen", "teilen mit",
    "beitrag teilen", "artikel teilen", "diesen beitrag teilen", "jetzt teilen", "teile dies mit", "auf teilen", "weitersagen", "partager",
    "partager cet article", "partager sur", "partagez", "partager ceci", "partagez cet article", "compartir", "comparte", "comparte esto",
    "compartir esto", "compartir en", "comparte este articulo", "compartelo", "condividi", "condividi su", "condividi questo articolo", "condividilo",
    "compartilhar", "compartilhe", "compartilhe isso", "partilhar", "partilhe", "compartilhe este artigo", "delen", "deel dit", "deel dit artikel",
    "udostepnij", "podziel sie", "поделиться", "поделиться ссылкой", "поділитися", "dela", "dela detta", "del", "del dette", "jaa", "sdilet",
    "sdilejte", "zdielat", "megosztas", "distribuie", "paylas", "κοινοποιηση", "共有", "シェア", "分享", "分享到", "공유", "공유하기", "bagikan", "chia se",
    "compartir en xarxes",
];

/// What stands over a list of other articles.
#[rustfmt::skip]
pub(super) const RELATED_LABELS: &[&str] = &[
    "related", "related posts", "related articles", "related stories", "related content", "related news", "related links", "read also", "also read",
    "more stories", "more on this", "you may also like", "you might also like", "recommended", "recommended reading", "see also", "ahnliche beitrage",
    "ahnliche artikel", "verwandte artikel", "mehr zum thema", "lesen sie auch", "das konnte sie auch interessieren", "articles similaires",
    "articles lies", "a lire aussi", "lire aussi", "sur le meme sujet", "articulos relacionados", "entradas relacionadas", "relacionado",
    "lee tambien", "articoli correlati", "correlati", "leggi anche", "artigos relacionados", "relacionados", "leia tambem", "gerelateerd",
    "gerelateerde berichten", "lees ook", "powiazane", "czytaj takze", "похожие записи", "по теме", "читайте также", "relaterat", "las ocksa",
    "relateret", "souvisejici", "ilgili", "関連", "関連記事", "相关文章", "相關文章", "관련 글",
];

/// All the words of a paragraph that only marks an advertisement.
#[rustfmt::skip]
pub(super) const ADS: &[&str] = &[
    "advertisement", "advertisements", "advertisment", "advertising", "advertisement advertisement", "story continues below advertisement",
    "article continues below advertisement", "article continues after advertisement", "advertisement continue reading below",
    "story continues below this ad", "story continues after advertisement", "article continues below this ad", "advertisement scroll to continue",
    "advertisement article continues below", "article continues below", "story continues below", "continues after advertisement",
    "paid advertisement", "sponsored links", "anzeige", "anzeigen", "werbung", "publicite", "la suite apres la publicite",
    "la suite apres cette publicite", "publicidad", "publicidade", "continua apos a publicidade", "continua depois da publicidade", "pubblicita",
    "continua dopo la pubblicita", "advertentie", "advertenties", "reklama", "reklamy", "reklame", "реклама", "на правах рекламы", "annons",
    "artikeln fortsatter efter annonsen", "annonce", "artiklen fortsaetter efter annoncen", "annonse", "mainos", "hirdetes", "inzerce", "reklam",
    "διαφημιση", "publicitat", "reclame", "広告", "スポンサーリンク", "スポンサードリンク", "广告", "廣告", "광고", "iklan", "quang cao",
];

/// How an invitation to subscribe begins.
#[rustfmt::skip]
pub(super) const SIGN_UP: &[&str] = &[
    "subscribe", "sign up", "signup", "join our newsletter", "join our mailing list", "get our newsletter", "get the newsletter",
    "get our free newsletter", "get stories like this", "get more", "want more", "enjoyed this", "like this post", "like what you re reading",
    "like what you read", "if you enjoyed", "if you liked", "abonnieren", "abonniere", "abonnieren sie", "newsletter abonnieren", "jetzt abonnieren",
    "melde dich", "melden sie sich", "jetzt anmelden", "abonnez vous", "inscrivez vous", "recevez", "suscribete", "suscribirse", "suscribase",
    "registrate", "iscriviti", "iscrivetevi", "abbonati", "inscreva se", "assine", "cadastre se", "subscreva", "meld je aan", "schrijf je in",
    "abonneer", "zapisz sie", "zasubskrybuj", "подпишитесь", "подписывайтесь", "підпишіться", "prenumerera", "anmal dig", "tilmeld dig",
    "meld deg pa", "tilaa", "prihlaste se", "aboneaza te", "abone ol",
];

/// How words begin that the labels of a sign-up form have.
#[rustfmt::skip]
pub(super) const SIGN_UP_WORDS: &[&str] = &[
    "newsletter", "subscri", "email", "mail", "abonn", "inscri", "suscri", "assin", "iscri", "anmeld", "inschrij", "zapisz", "подпис", "підпис",
    "prenumerera", "tilmeld", "登録", "订阅", "訂閱", "구독",
];

/// What stands before links to categories.
#[rustfmt::skip]
pub(super) const FILED_UNDER: &[&str] = &[
    "filed under", "posted in", "tags", "tagged", "tagged with", "tagged as", "categories", "category", "topics", "filed under tagged",
    "posted in tagged", "filed in", "more about", "more on", "kategorien", "kategorie", "schlagworte", "schlagworter", "themen", "categorie",
    "mots cles", "etiquettes", "etiquetas", "categorias", "categoria", "temas", "tag", "trefwoorden", "kategoria", "kategorie tagi", "tagi",
    "рубрики", "рубрика", "метки", "теги", "kategorier", "taggar", "タグ", "カテゴリー", "标签", "分类",
];

#[cfg(test)]
mod tests {
    use super::super::wording::key;
    use super::*;

    #[test]
    fn phrases_are_written_as_they_are_compared() {
        let lists = [
            APPEARED_FIRST,
            READ_MORE,
            SHARE_LABELS,
            RELATED_LABELS,
            ADS,
            SIGN_UP,
            SIGN_UP_WORDS,
            FILED_UNDER,
        ];
        let wrong: Vec<_> = lists
            .concat()
            .into_iter()
            .filter(|phrase| key(phrase) != *phrase)
            .map(|phrase| (phrase, key(phrase)))
            .collect();
        assert_eq!(wrong, []);
    }
}
