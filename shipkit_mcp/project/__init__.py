"""The disk: find the root and the files, confined and bounded reads, the one atomic writer."""
