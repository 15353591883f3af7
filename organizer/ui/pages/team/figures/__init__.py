"""The period's volumes in a grid, written by hand or pasted from a spreadsheet."""
