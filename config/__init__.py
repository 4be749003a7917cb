"""What can be set, and the data that ships: chats, rules, phrases, messages; validated when read."""
