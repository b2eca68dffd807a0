"""From sentences and attributions to assertions: clauses, chains, and what is skipped and why."""
