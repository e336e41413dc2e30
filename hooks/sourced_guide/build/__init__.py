"""The steps of a build after the generator, up to a site that can be published."""
