"""What is made of a list of people: it is asked what it is for, and said who is left out."""
