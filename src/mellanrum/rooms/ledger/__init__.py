"""The ledger: every contribution of every room, durable before it is acknowledged, in one gapless order per room."""
