//! The YAML of front matter: scalars, quoted texts, `[lists, in line]`, dashed lists, `|` and `>` blocks, and one
//! level of keys below a key. Not YAML at large: no anchors, tags or documents.

use super::front_matter::Pair;

/// Reads the keys with their values; a key below a key is `outer.inner`.
///
/// # Errors
/// The line, from 1, and what is wrong.
pub(super) fn read(text: &str) -> Result<Vec<Pair>, (usize, String)> {
    let mut pairs: Vec<Pair> = Vec::new();
    let mut lines = text.lines().enumerate().peekable();
    while let Some((index, line)) = lines.next() {
        let number = index + 1;
        let fault = |cause: &str| (number, cause.to_owned());
        let content = line.trim();
        if content.is_empty() || content.starts_with('#') {
            continue;
        }
        if line.starts_with('\t') {
            return Err(fault("a tab begins the line; YAML wants spaces"));
        }
        let item = content.strip_prefix("- ").or_else(|| (content == "-").then_some(""));
        if let Some(item) = item {
            let (_, values) = pairs.last_mut().ok_or_else(|| fault("a list item without a key before it"))?;
            values.extend(list_item(item.trim()).map_err(|cause| fault(&cause))?);
            continue;
        }
        let Some((name, value)) = key(line) else {
            return Err(fault(&format!("`{content}` is no `key: value`")));
        };
        if line.starts_with(' ') {
            below(&mut pairs, name, value).map_err(|cause| fault(&cause))?;
            continue;
        }
        let values = if matches!(value.trim_end_matches(['-', '+']), "|" | ">") {
            let mut block = Vec::new();
            while let Some((_, line)) =
                lines.next_if(|(_, line)| line.trim().is_empty() || line.starts_with(' '))
            {
                block.push(line.trim());
            }
            vec![block.join(if value.starts_with('|') { "\n" } else { " " })]
        } else {
            values(value).map_err(|cause| fault(&cause))?
        };
        pairs.push((name.to_owned(), values));
    }
    Ok(pairs)
}

/// A line's key and what follows its colon.
pub(super) fn key(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once(':')?;
    let name = name.trim().trim_matches(['"', '\'']);
    let is_name =
        !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ' '));
    let is_parted = value.is_empty() || value.starts_with([' ', '\t']);
    (is_name && is_parted).then(|| (name, value.trim()))
}

/// Takes a line that is set in: a key of the map that the last key holds, or of the last list item.
fn below(pairs: &mut Vec<Pair>, name: &str, value: &str) -> Result<(), String> {
    let (outer, given) = pairs.last().ok_or("a line is set in, but no key stands before it")?;
    // Behind `- name: X` come the other keys of the same item: none that matters here.
    if given.is_empty() || outer.contains('.') {
        let outer = outer.split('.').next().unwrap_or_default();
        let inner = format!("{outer}.{name}");
        pairs.push((inner, values(value)?));
    }
    Ok(())
}

/// An item of a dashed list: a scalar, or a map of which the name counts.
fn list_item(item: &str) -> Result<Vec<String>, String> {
    match key(item) {
        Some(("name", name)) => values(name),
        Some(_) if !item.starts_with(['"', '\'']) => Ok(Vec::new()),
        _ => values(item),
    }
}

/// The values of a scalar or an in-line list.
fn values(text: &str) -> Result<Vec<String>, String> {
    let text = without_comment(text).trim();
    let Some(list) = text.strip_prefix('[') else {
        return Ok(Some(scalar(text)?).filter(|value| !value.is_empty()).into_iter().collect());
    };
    let list = list.strip_suffix(']').ok_or("`[` is never closed on its line")?;
    let items = split_list(list).into_iter().map(|item| scalar(item.trim()));
    items.filter(|item| item.as_ref().map_or(true, |item| !item.is_empty())).collect()
}

/// Items between commas that stand outside quotes.
fn split_list(list: &str) -> Vec<&str> {
    let mut quote = None;
    list.split(|c| {
        match quote {
            Some(open) if c == open => quote = None,
            None if matches!(c, '"' | '\'') => quote = Some(c),
            _ => {}
        }
        quote.is_none() && c == ','
    })
    .collect()
}

/// The text before ` #`, where that stands outside quotes.
fn without_comment(text: &str) -> &str {
    if text.starts_with(['"', '\'', '[']) { text } else { text.split(" #").next().unwrap_or(text) }
}

fn scalar(text: &str) -> Result<String, String> {
    if let Some(quoted) = text.strip_prefix('"') {
        let end = closing(quoted).ok_or_else(|| format!("`{text}` has no closing quote"))?;
        return Ok(unescaped(&quoted[..end]));
    }
    if let Some(quoted) = text.strip_prefix('\'') {
        let inner =
            quoted.trim_end().strip_suffix('\'').ok_or_else(|| format!("`{text}` has no closing quote"))?;
        return Ok(inner.replace("''", "'"));
    }
    Ok(if matches!(text, "~" | "null") { String::new() } else { text.to_owned() })
}

/// Where the first quote stands that no backslash escapes.
fn closing(text: &str) -> Option<usize> {
    let mut escaped = false;
    text.char_indices().find_map(|(at, c)| {
        let found = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        found.then_some(at)
    })
}

/// The escapes of double quotes that titles have.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match (c, chars.clone().next()) {
            ('\\', Some(escaped)) => {
                chars.next();
                match escaped {
                    'n' => out.push('\n'),
                    't' => out.push('\t'),
                    'u' => out.extend(hex(&mut chars, 4)),
                    'x' => out.extend(hex(&mut chars, 2)),
                    other => out.push(other),
                }
            }
            _ => out.push(c),
        }
    }
    out
}

fn hex(chars: &mut std::str::Chars<'_>, digits: usize) -> Option<char> {
    let text: String = chars.by_ref().take(digits).collect();
    u32::from_str_radix(&text, 16).ok().and_then(char::from_u32)
}
