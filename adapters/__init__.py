"""The world's side of the ports: each room has one library behind its door and knows no other room."""
