"""The SHACL gate: compiled screening in the store, pySHACL's report, quarantine."""
