"""Where she and others stand, and who is close to a rank, new, silent or in need of help, as lists to act on."""
