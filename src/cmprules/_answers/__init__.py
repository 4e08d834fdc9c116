"""The answers: the decision, and the reports of every answer."""
