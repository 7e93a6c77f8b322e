"""Programme files in, answers out."""
