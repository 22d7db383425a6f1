"""Live: room, participant, ledger, streams, phone, projector, cockpit."""
