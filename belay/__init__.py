"""Belay, an interdependence coach.

`domain` knows nothing but Python; `services` are the use cases; `storage`, `content` and
`language` are adapters; `gateway` runs a turn; `channels`, `console`, `jobs` and the top-level
package `actions` are thin entry points; `bootstrap` wires them; `cli` is the command.
"""
