"""What ``ontology/`` holds, in use: shapes as queries, the packaged questions, and the vocabulary's own documentation."""
