"""Everything that SQL knows: tables, the turn's one commit, reads, erasure, retention.

Reading order: `tables` (what there is), `engine` (how it is opened and migrated), `inbox`
(receiving), `turns` (open and commit), `outbox` (delivering), `records` (a client's own reads),
`erasure` and `retention` (taking away), `review` (what coaches may see).
"""
