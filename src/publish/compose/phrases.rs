//! The few words that Feedmill itself writes into a feed, in the languages that it has them in.

use chrono::{DateTime, Datelike, Utc};

use crate::revision::Part;

/// One language's words.
#[derive(Debug)]
pub(super) struct Phrases {
    language: &'static str,
    /// Before the moment of a correction.
    corrected: &'static str,
    /// Before the day of a withdrawal.
    withdrawn: &'static str,
    /// Before the headline of what is withdrawn.
    headline_of_withdrawn: &'static str,
    /// Headline, summary, text, authors, files.
    parts: [&'static str; 5],
    /// Before a headline as it was, and the quotation marks around it.
    was: [&'static str; 3],
    /// Behind the day, and before the year.
    date: [&'static str; 2],
    months: [&'static str; 12],
    colon: &'static str,
}

const ENGLISH: Phrases = Phrases {
    language: "en",
    corrected: "Corrected",
    withdrawn: "Withdrawn by the source on",
    headline_of_withdrawn: "Withdrawn",
    parts: ["headline", "summary", "text", "authors", "files"],
    was: ["was", "“", "”"],
    date: [" ", " "],
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    colon: ": ",
};

const OTHERS: [Phrases; 6] = [
    Phrases {
        language: "de",
        corrected: "Berichtigt am",
        withdrawn: "Von der Quelle zurückgezogen am",
        headline_of_withdrawn: "Zurückgezogen",
        parts: ["Überschrift", "Zusammenfassung", "Text", "Verfasser", "Dateien"],
        was: ["vorher", "„", "“"],
        date: [". ", " "],
        months: [
            "Januar",
            "Februar",
            "März",
            "April",
            "Mai",
            "Juni",
            "Juli",
            "August",
            "September",
            "Oktober",
            "November",
            "Dezember",
        ],
        colon: ": ",
    },
    Phrases {
        language: "fr",
        corrected: "Corrigé le",
        withdrawn: "Retiré par la source le",
        headline_of_withdrawn: "Retiré",
        parts: ["titre", "résumé", "texte", "auteurs", "fichiers"],
        was: ["auparavant", "« ", " »"],
        date: [" ", " "],
        months: [
            "janvier",
            "février",
            "mars",
            "avril",
            "mai",
            "juin",
            "juillet",
            "août",
            "septembre",
            "octobre",
            "novembre",
            "décembre",
        ],
        colon: " : ",
    },
    Phrases {
        language: "es",
        corrected: "Corregido el",
        withdrawn: "Retirado por la fuente el",
        headline_of_withdrawn: "Retirado",
        parts: ["titular", "resumen", "texto", "autores", "archivos"],
        was: ["antes", "«", "»"],
        date: [" de ", " de "],
        months: [
            "enero",
            "febrero",
            "marzo",
            "abril",
            "mayo",
            "junio",
            "julio",
            "agosto",
            "septiembre",
            "octubre",
            "noviembre",
            "diciembre",
        ],
        colon: ": ",
    },
    Phrases {
        language: "it",
        corrected: "Corretto il",
        withdrawn: "Ritirato dalla fonte il",
        headline_of_withdrawn: "Ritirato",
        parts: ["titolo", "sommario", "testo", "autori", "file"],
        was: ["prima", "«", "»"],
        date: [" ", " "],
        months: [
            "gennaio",
            "febbraio",
            "marzo",
            "aprile",
            "maggio",
            "giugno",
            "luglio",
            "agosto",
            "settembre",
            "ottobre",
            "novembre",
            "dicembre",
        ],
        colon: ": ",
    },
    Phrases {
        language: "nl",
        corrected: "Gecorrigeerd op",
        withdrawn: "Door de bron ingetrokken op",
        headline_of_withdrawn: "Ingetrokken",
        parts: ["kop", "samenvatting", "tekst", "auteurs", "bestanden"],
        was: ["was", "“", "”"],
        date: [" ", " "],
        months: [
            "januari",
            "februari",
            "maart",
            "april",
            "mei",
            "juni",
            "juli",
            "augustus",
            "september",
            "oktober",
            "november",
            "december",
        ],
        colon: ": ",
    },
    Phrases {
        language: "pt",
        corrected: "Corrigido em",
        withdrawn: "Retirado pela fonte em",
        headline_of_withdrawn: "Retirado",
        parts: ["título", "resumo", "texto", "autores", "ficheiros"],
        was: ["antes", "“", "”"],
        date: [" de ", " de "],
        months: [
            "janeiro",
            "fevereiro",
            "março",
            "abril",
            "maio",
            "junho",
            "julho",
            "agosto",
            "setembro",
            "outubro",
            "novembro",
            "dezembro",
        ],
        colon: ": ",
    },
];

impl Phrases {
    /// The words of a language (BCP 47), else the English ones.
    pub(super) fn of(language: Option<&str>) -> &'static Self {
        let primary = language.and_then(|tag| tag.split('-').next()).unwrap_or_default();
        let known = OTHERS.iter().find(|phrases| phrases.language.eq_ignore_ascii_case(primary));
        known.unwrap_or(&ENGLISH)
    }

    /// `Corrected 3 May 2026, 14:05 UTC: headline (was “…”), text.`
    pub(super) fn correction(&self, at: DateTime<Utc>, parts: &[Part], old_headline: &str) -> String {
        let [headline, summary, text, authors, files] = self.parts;
        let [was, open, close] = self.was;
        let named = |part: &Part| match part {
            Part::Headline => Some(format!("{headline} ({was} {open}{old_headline}{close})")),
            Part::Summary => Some(summary.to_owned()),
            Part::Text => Some(text.to_owned()),
            Part::Authors => Some(authors.to_owned()),
            Part::Files => Some(files.to_owned()),
            _ => None,
        };
        let parts: Vec<String> = parts.iter().filter_map(named).collect();
        let (corrected, colon) = (self.corrected, self.colon);
        format!("{corrected} {}, {} UTC{colon}{}.", self.day(at), at.format("%H:%M"), parts.join(", "))
    }

    /// `Withdrawn by the source on 3 May 2026.`
    pub(super) fn withdrawal(&self, at: DateTime<Utc>) -> String {
        format!("{} {}.", self.withdrawn, self.day(at))
    }

    /// `Withdrawn: HEADLINE`
    pub(super) fn withdrawn_headline(&self, headline: &str) -> String {
        format!("{}{}{headline}", self.headline_of_withdrawn, self.colon)
    }

    fn day(&self, at: DateTime<Utc>) -> String {
        let [behind_day, before_year] = self.date;
        let month = self.months.get(at.month0() as usize).copied().unwrap_or_default();
        format!("{}{behind_day}{month}{before_year}{}", at.day(), at.year())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_says_what_was_corrected_and_when() {
        let at = "2026-05-03T14:05:59Z".parse().unwrap();
        let said =
            |language| Phrases::of(language).correction(at, &[Part::Headline, Part::Text, Part::Tags], "Old");
        for (language, line) in [
            (None, "Corrected 3 May 2026, 14:05 UTC: headline (was “Old”), text."),
            (Some("en-GB"), "Corrected 3 May 2026, 14:05 UTC: headline (was “Old”), text."),
            (Some("pl"), "Corrected 3 May 2026, 14:05 UTC: headline (was “Old”), text."),
            (Some("de-AT"), "Berichtigt am 3. Mai 2026, 14:05 UTC: Überschrift (vorher „Old“), Text."),
            (Some("FR"), "Corrigé le 3 mai 2026, 14:05 UTC : titre (auparavant « Old »), texte."),
            (Some("es"), "Corregido el 3 de mayo de 2026, 14:05 UTC: titular (antes «Old»), texto."),
            (Some("it"), "Corretto il 3 maggio 2026, 14:05 UTC: titolo (prima «Old»), testo."),
            (Some("nl"), "Gecorrigeerd op 3 mei 2026, 14:05 UTC: kop (was “Old”), tekst."),
            (Some("pt-BR"), "Corrigido em 3 de maio de 2026, 14:05 UTC: título (antes “Old”), texto."),
        ] {
            assert_eq!(said(language), line);
        }
    }

    #[test]
    fn a_withdrawal_is_told_with_its_day() {
        let at = "2026-12-31T23:59:59Z".parse().unwrap();
        let german = Phrases::of(Some("de"));
        assert_eq!(german.withdrawal(at), "Von der Quelle zurückgezogen am 31. Dezember 2026.");
        assert_eq!(Phrases::of(Some("fr")).withdrawn_headline("Un pont"), "Retiré : Un pont");
    }
}
