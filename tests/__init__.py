"""What is tested from outside: the whole product in a process of its own, spoken to as its users do."""
