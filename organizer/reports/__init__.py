"""PDF; the only room with ReportLab."""
