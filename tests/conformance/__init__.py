"""The public protocol, rule by rule, against any address."""
