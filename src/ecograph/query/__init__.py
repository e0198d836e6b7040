"""The catalogue of the region's questions: SPARQL files with a header, typed parameters and answers."""
