"""The kinds of bonus, each in files of its own name; `registry.py` knows them by the word in a plan file."""
