"""Which records of the sources are the same actor or project, why, and what it is called."""
