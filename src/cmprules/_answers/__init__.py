"""What is said: the decision, and how every answer is shown."""
