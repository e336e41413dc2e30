"""What a project's style sheets print beside the pages' words, and which of these they hide."""
