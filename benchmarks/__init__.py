"""Measurements. Each module is one command and writes `reports/<name>.json`."""
