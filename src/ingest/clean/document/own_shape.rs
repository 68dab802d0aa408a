//! The user's own shape in its variants: headline, dek, story, author and bio.

use super::*;

const DEK: &str = "Neighbours repaired what the town had given up";
const STORY: &str = "The mill at the river turned on Monday, for the first time in eleven years, and the town came to \
                     watch it.\n\nNobody had expected the noise, which could be heard as far as the station.";

/// Document, dek, authors, bio, blocks of the story.
type Variant = (&'static str, &'static str, &'static str, &'static str, usize);

#[rustfmt::skip]
const VARIANTS: &[Variant] = &[
    ("H\n\n{DEK}\n\n{STORY}\n\nAuthor: Jane Doe\nJane writes.", DEK, "Jane Doe", "Jane writes.", 2),
    ("H\n\n{DEK}\n\n{STORY}\n\nAuthor: Jane Doe\n\nJane writes.\n", DEK, "Jane Doe", "Jane writes.", 2),
    ("H\n\n{DEK}\n\n{STORY}\n\nAuthor: Jane Doe, a potter in Ulm.\n", DEK, "Jane Doe", "a potter in Ulm.", 2),
    ("H\n\n{DEK}\n\n{STORY}\n\nAuthor: Jane Doe is a potter in Ulm.\n", DEK, "Jane Doe", "Jane Doe is a potter in Ulm.", 2),
    ("H\n\n{DEK}\n\n{STORY}\n\nAuthor: Jane Doe", DEK, "Jane Doe", "", 2),
    ("H\n\n{DEK}\n\n{STORY}\nAuthor: Jane Doe\n", DEK, "Jane Doe", "", 2),
    ("H\n\n{DEK}\n\n{STORY}\n\nAuthor: Jane Doe and John Roe\n", DEK, "Jane Doe|John Roe", "", 2),
    ("H\n\n{DEK}\n\n{STORY}\n\nAuthors: Jane Doe, John Roe\nThey bake.\n", DEK, "Jane Doe|John Roe", "They bake.", 2),
    ("H\n\n{DEK}\n\n{STORY}\n\nAUTHOR: JANE DOE\n", DEK, "JANE DOE", "", 2),
    ("H\n\n{DEK}\n\n{STORY}\n\nAuthor - Jane Doe\n", DEK, "Jane Doe", "", 2),
    ("H\n\n{DEK}\n\n{STORY}\n\nAuthor — Jane Doe\n", DEK, "Jane Doe", "", 2),
    ("H\n\n{DEK}\n\n{STORY}\n\n**Author:** Jane Doe\n", DEK, "Jane Doe", "", 2),
    ("H\n\n{DEK}\n\n{STORY}\n\n— Jane Doe\n", DEK, "Jane Doe", "", 2),
    ("H\n\n{DEK}\n\n{STORY}\n\nBy Jane Doe\n\n\n\n", DEK, "Jane Doe", "", 2),
    ("H\n\n{DEK}\n\n{STORY}\n", DEK, "", "", 2),
    ("H\n\n{STORY}\n\nAuthor: Jane Doe\n", "", "Jane Doe", "", 2),
    ("H\n\n{DEK}\n\nThe mill at the river turned again on Monday.\n\nAuthor: Jane Doe\nJane writes.", DEK, "Jane Doe", "Jane writes.", 1),
    ("H\n\nIt turned again.\n\n{STORY}\n\nAuthor: Jane Doe\n", "It turned again.", "Jane Doe", "", 2),
    ("H\n\nWill it last?\n\n{STORY}\n\nAuthor: Jane Doe\n", "Will it last?", "Jane Doe", "", 2),
    ("H\n\n{DEK}\n\n{STORY}\n\nAuthor: Dr. Jane O’Neil-Smith, PhD\n", DEK, "Dr. Jane O’Neil-Smith", "", 2),
    ("H\n\n{DEK}\n\n{STORY}\n\nAuthor: Cher\nCher sings.\n", DEK, "Cher", "Cher sings.", 2),
    ("H\n\n{DEK}\n\n{STORY}\n\nAuthor: Jane Doe <jane@example.org>\n", DEK, "Jane Doe", "", 2),
    ("H\n\n{DEK}\n\n{STORY}\n\nAuthor:\nJane Doe\n", DEK, "Jane Doe", "", 2),
    ("H\n\n{DEK}\n\n{STORY}\n\nAuthor: Jane Doe\nBio: Jane writes.\n", DEK, "Jane Doe", "Jane writes.", 2),
    ("H\n\n{DEK}\n\n{STORY}\n\nAuthor: Jane Doe\nJane writes.\n\nDate: 2024-05-01\n", DEK, "Jane Doe", "Jane writes.", 2),
];

fn assert_is_read(name: &str, text: &str, &(_, dek, authors, bio, blocks): &Variant) {
    let file = DocumentFile { name, bytes: text.as_bytes(), modified: None };
    let body = read_document(&file).unwrap().body;
    let names: Vec<&str> = body.authors.iter().map(|author| author.name.as_str()).collect();
    let said = body.authors.iter().find_map(|author| author.bio.clone()).unwrap_or_default();
    assert_eq!(body.title.as_str(), "H", "{name} {text}");
    assert_eq!(body.summary.unwrap_or_default().as_str(), dek, "{name} {text}");
    assert_eq!((names.join("|").as_str(), said.as_str()), (authors, bio), "{name} {text}");
    assert_eq!(body.content.unwrap().as_str().matches("<p>").count(), blocks, "{name} {text}");
}

#[test]
fn the_users_own_shape_is_read_in_every_variant() {
    for variant in VARIANTS {
        let text = variant.0.replace("{DEK}", DEK).replace("{STORY}", STORY);
        for text in
            [text.clone(), format!("\u{feff}{}", text.replace('\n', "\r\n")), text.replace("\n\n", "\n \n\n")]
        {
            for name in ["a.txt", "a.md"] {
                assert_is_read(name, &text, variant);
            }
        }
    }
}
