"""Days in words, in English, Kazakh and Russian: words to tokens, tokens to a range of days."""
