"""What is true of the business; pure."""
