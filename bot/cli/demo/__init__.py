"""`missed demo`: the story, played for real on a small social network, by the same bot that `missed run` runs."""
