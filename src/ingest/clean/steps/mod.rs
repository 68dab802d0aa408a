//! What is done to the words of other people before the sanitizer has the last word.

#[cfg(test)]
mod table;
