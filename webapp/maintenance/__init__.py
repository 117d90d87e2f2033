"""What a server's keeper does now and then: prepare it, back it up, restore it, go back."""
