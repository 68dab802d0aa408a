//! The language of a text that does not say it.

use whatlang::{Lang, Script};

/// Letters that tell anything: of an alphabet, and of a script that has a sign a word.
const ENOUGH: (usize, usize) = (60, 16);
/// Letters that are looked at: more make it no surer.
const MOST: usize = 2000;

/// The language as a BCP 47 tag, if there is enough text to be sure.
pub(super) fn detect(text: &str) -> Option<String> {
    let end = text.char_indices().nth(MOST).map_or(text.len(), |(at, _)| at);
    let info = whatlang::detect(&text[..end])?;
    let letters = text[..end].chars().filter(|c| c.is_alphabetic()).count();
    let is_dense = matches!(
        info.script(),
        Script::Mandarin | Script::Hiragana | Script::Katakana | Script::Hangul | Script::Thai
    );
    let enough = if is_dense { ENOUGH.1 } else { ENOUGH.0 };
    (letters >= enough && (is_dense || info.is_reliable())).then(|| tag(info.lang()).to_owned())
}

/// The shortest code of a language (BCP 47 §2.2.1).
#[rustfmt::skip]
fn tag(language: Lang) -> &'static str {
    match language {
        Lang::Epo => "eo", Lang::Eng => "en", Lang::Rus => "ru", Lang::Cmn => "zh", Lang::Spa => "es", Lang::Por => "pt",
        Lang::Ita => "it", Lang::Ben => "bn", Lang::Fra => "fr", Lang::Deu => "de", Lang::Ukr => "uk", Lang::Kat => "ka",
        Lang::Ara => "ar", Lang::Hin => "hi", Lang::Jpn => "ja", Lang::Heb => "he", Lang::Yid => "yi", Lang::Pol => "pl",
        Lang::Amh => "am", Lang::Jav => "jv", Lang::Kor => "ko", Lang::Nob => "nb", Lang::Dan => "da", Lang::Swe => "sv",
        Lang::Fin => "fi", Lang::Tur => "tr", Lang::Nld => "nl", Lang::Hun => "hu", Lang::Ces => "cs", Lang::Ell => "el",
        Lang::Bul => "bg", Lang::Bel => "be", Lang::Mar => "mr", Lang::Kan => "kn", Lang::Ron => "ro", Lang::Slv => "sl",
        Lang::Hrv => "hr", Lang::Srp => "sr", Lang::Mkd => "mk", Lang::Lit => "lt", Lang::Lav => "lv", Lang::Est => "et",
        Lang::Tam => "ta", Lang::Vie => "vi", Lang::Urd => "ur", Lang::Tha => "th", Lang::Guj => "gu", Lang::Uzb => "uz",
        Lang::Pan => "pa", Lang::Aze => "az", Lang::Ind => "id", Lang::Tel => "te", Lang::Pes => "fa", Lang::Mal => "ml",
        Lang::Ori => "or", Lang::Mya => "my", Lang::Nep => "ne", Lang::Sin => "si", Lang::Khm => "km", Lang::Tuk => "tk",
        Lang::Aka => "ak", Lang::Zul => "zu", Lang::Sna => "sn", Lang::Afr => "af", Lang::Lat => "la", Lang::Slk => "sk",
        Lang::Cat => "ca", Lang::Tgl => "tl", Lang::Hye => "hy",
        other => other.code(),
    }
}
