"""Scripts for developers and set-up."""
