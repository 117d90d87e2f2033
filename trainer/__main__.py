"""``python -m trainer``."""

import sys

from recognizer.command_line.machine_errors import machine_sentence

if __name__ == "__main__":
    try:
        from trainer.command_line import main
    except ImportError as error:
        print(f"trainer: {machine_sentence(error, 'requirements.txt')}", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(main())
