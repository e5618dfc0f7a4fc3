"""From the words of an article to what was understood of them."""
