"""The promise every exercise keeps: contract, registry, fold runner, documents, charts."""
