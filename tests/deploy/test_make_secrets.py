from __future__ import annotations

from pathlib import Path

from deploy.make_secrets import make_secrets


def test_a_password_of_ones_own_stands_in_the_addresses_as_an_address_needs_it(
    tmp_path: Path,
) -> None:
    (tmp_path / "database-password").write_text("own/p@ss:\n")

    made = make_secrets(tmp_path)

    assert "database-password" not in made
    address = (tmp_path / "database-url").read_text()
    assert address == "postgresql://net:own%2Fp%40ss%3A@postgres/net"
