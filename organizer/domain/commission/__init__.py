"""Plans, snapshots and the estimate."""
