"""The larger commands of `belay`, one module a topic; `belay.cli` only names them."""
