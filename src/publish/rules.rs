//! Rules: patterns compiled from the config's strings, and whether an article passes them. Pure.
