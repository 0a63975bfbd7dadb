"""The `<belay-chat>` element, its demo page and the help page. Static files; no build step."""
