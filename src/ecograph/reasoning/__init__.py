"""What follows from the statements: the region's own rules, and the OWL 2 RL closure of the ontology."""
