"""Use cases: the hops of a post from a platform to a reminder. Imports the domain only."""
