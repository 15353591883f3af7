"""What the member panel is made of: one part of a member's page in each file."""
