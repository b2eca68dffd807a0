"""Who is meant: names, roles, pronouns and unnamed sources of one article, resolved to actors."""
