"""The live lane: sockets, gate, streams."""
