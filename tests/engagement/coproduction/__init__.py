"""Co-production: themes, projects and what comes of them."""
