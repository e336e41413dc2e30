"""What is done before MkDocs comes to it, in copies of the process of a build."""
