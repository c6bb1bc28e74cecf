"""Changes between laptops: sealed, signed segments, the folders that carry them, and invitations into a space."""
