"""One module a step, in the order of their numbers; each goes forward only, a backup goes back."""
