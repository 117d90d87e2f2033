"""``python -m recognizer``: see :mod:`recognizer.command_line.main`."""

import sys

from recognizer.command_line.machine_errors import machine_sentence

if __name__ == "__main__":
    try:
        from recognizer.command_line.main import main
    except ImportError as error:
        print(f"recognizer: {machine_sentence(error, 'requirements/serve.txt')}", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(main())
