"""The full screen: days, events and a card, with Textual."""
