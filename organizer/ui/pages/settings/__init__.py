"""Her name, the companies with their plans, the language and the looks."""
