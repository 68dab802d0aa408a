//! The list of attacks in `tests/it/attacks`, each held to the policy here, and to silence in a browser by
//! `.ci/attacks`.

use std::collections::HashSet;
use std::path::Path;

use super::*;

/// The records of a file: a JSON string a line; lines that begin with `#` are comments.
fn records(file: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(file).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| serde_json::from_str(line).unwrap_or_else(|fault| panic!("{line}: {fault}"))).collect()
}

fn attacks() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/attacks");
    let mut all = Vec::new();
    for entry in std::fs::read_dir(&folder).unwrap() {
        let file = entry.unwrap().path();
        match file.file_name().unwrap().to_str().unwrap() {
            "README.md" | "carriers.txt" => {}
            "urls.txt" => {
                let carriers = records(&folder.join("carriers.txt"));
                let urls = records(&file);
                all.extend(
                    carriers
                        .iter()
                        .flat_map(|carrier| urls.iter().map(move |url| carrier.replace("{}", url))),
                );
            }
            _ => all.extend(records(&file)),
        }
    }
    all
}

#[test]
fn no_attack_of_the_list_leaves_anything_that_the_policy_does_not_name() {
    let attacks = attacks();
    let distinct: HashSet<&String> = attacks.iter().collect();
    assert!(
        attacks.len() >= 1000 && distinct.len() == attacks.len(),
        "{} of {}",
        distinct.len(),
        attacks.len()
    );
    for attack in &attacks {
        let once = clean(attack);
        assert_eq!(offences(&once), [""; 0], "{attack:?} became {once:?}");
        assert_eq!(clean(&once), once, "{attack:?}");
        assert_eq!(parsed(&once), once, "{attack:?}");
    }
}

#[test]
fn no_attack_of_the_list_is_left_in_a_record_whose_base_nobody_knows() {
    let sanitizer = RecordSanitizer::new();
    for attack in attacks() {
        let kept = sanitizer.sanitize(&attack, "");
        // Seen from any page, what stays relative is of that page's site.
        assert_eq!(offences(&clean(&kept)), [""; 0], "{attack:?} became {kept:?}");
        assert_eq!(sanitizer.sanitize(&kept, ""), kept, "{attack:?}");
    }
}
