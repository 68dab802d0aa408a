//! A date text in pieces: numbers, words, units written behind numbers, and signs.

use unicode_normalization::char::is_combining_mark;

use super::names::{Unit, unit};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// ASCII digits.
    Number(&'a str),
    /// Letters.
    Word(&'a str),
    /// 年, 월 and the like, behind a number.
    Unit(Unit),
    /// Any other character; the typographic kinds of `-` and `,` as these.
    Sign(char),
}

#[derive(Debug, Clone, Copy)]
struct Lexeme<'a> {
    token: Token<'a>,
    /// White space stands in front of it.
    spaced: bool,
}

/// The tokens of a text, and how far they are read.
#[derive(Debug)]
pub(super) struct Tokens<'a> {
    list: Vec<Lexeme<'a>>,
    at: usize,
}

impl<'a> Tokens<'a> {
    pub(super) fn scan(text: &'a str) -> Self {
        let mut list: Vec<Lexeme<'a>> = Vec::with_capacity(16);
        let (mut rest, mut spaced) = (text, false);
        while let Some(first) = rest.chars().next() {
            let last = list.last().map(|lexeme| lexeme.token);
            let length = token_length(rest, first, last);
            let (piece, behind) = rest.split_at(length);
            if !first.is_whitespace() {
                list.push(Lexeme { token: token(piece, first, last), spaced });
            }
            spaced = first.is_whitespace();
            rest = behind;
        }
        Self { list, at: 0 }
    }

    /// The token `ahead` places on; 0 is the next.
    pub(super) fn peek(&self, ahead: usize) -> Option<Token<'a>> {
        self.list.get(self.at + ahead).map(|lexeme| lexeme.token)
    }

    /// The number `ahead` places on, if there is one.
    pub(super) fn number(&self, ahead: usize) -> Option<&'a str> {
        match self.peek(ahead)? {
            Token::Number(digits) => Some(digits),
            _ => None,
        }
    }

    /// The word `ahead` places on, if there is one.
    pub(super) fn word(&self, ahead: usize) -> Option<&'a str> {
        match self.peek(ahead)? {
            Token::Word(word) => Some(word),
            _ => None,
        }
    }

    /// Whether that sign stands `ahead` places on.
    pub(super) fn is_sign(&self, ahead: usize, sign: char) -> bool {
        self.peek(ahead) == Some(Token::Sign(sign))
    }

    /// Whether white space stands in front of the token `ahead` places on.
    pub(super) fn is_spaced(&self, ahead: usize) -> bool {
        self.list.get(self.at + ahead).is_some_and(|lexeme| lexeme.spaced)
    }

    pub(super) fn skip(&mut self, count: usize) {
        self.at = self.list.len().min(self.at + count);
    }

    /// How many tokens are left.
    pub(super) fn left(&self) -> usize {
        self.list.len() - self.at
    }

    /// Whether nothing was read yet.
    pub(super) fn at_start(&self) -> bool {
        self.at == 0
    }
}

fn is_word(c: char) -> bool {
    c.is_alphabetic() || is_combining_mark(c)
}

fn token_length(rest: &str, first: char, last: Option<Token<'_>>) -> usize {
    let run = |is_part: fn(char) -> bool| rest.find(|c| !is_part(c)).unwrap_or(rest.len());
    match first {
        c if c.is_ascii_digit() => run(|c| c.is_ascii_digit()),
        c if is_unit(c, last) => c.len_utf8(),
        c if is_word(c) => run(is_word),
        c => c.len_utf8(),
    }
}

fn is_unit(c: char, last: Option<Token<'_>>) -> bool {
    matches!(last, Some(Token::Number(_))) && unit(c).is_some()
}

fn token<'a>(piece: &'a str, first: char, last: Option<Token<'a>>) -> Token<'a> {
    match (unit(first), first) {
        (Some(unit), _) if is_unit(first, last) => Token::Unit(unit),
        (_, c) if c.is_ascii_digit() => Token::Number(piece),
        (_, c) if is_word(c) => Token::Word(piece),
        (_, '\u{2212}' | '\u{2010}' | '\u{2012}'..='\u{2015}') => Token::Sign('-'),
        (_, '、' | '،') => Token::Sign(','),
        (_, c) => Token::Sign(c),
    }
}
