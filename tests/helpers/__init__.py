"""What several tests share. Nothing here ships."""
