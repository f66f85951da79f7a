"""`python -m archive`: the command line, for where the script is not on the path."""

from archive.cli import main

if __name__ == "__main__":
    main(prog_name="archive")
