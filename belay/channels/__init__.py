"""One module a channel: `web` (the widget), `local` (terminal and scripts on this machine)."""
