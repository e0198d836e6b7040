"""The canonical tables between sources and statements: schemas, parsing, mapping."""
