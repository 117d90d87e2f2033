"""A Ray cluster of several machines' worth of processes: ``ray_nodes.py NUMBER``.

Prints its address when it is up; a line on standard input kills a machine that is not the head,
its end the rest.
"""

from __future__ import annotations

import sys
from typing import Any

from ray.cluster_utils import Cluster  # type: ignore[import-untyped]

SMALL: dict[str, Any] = {
    "num_cpus": 1, "object_store_memory": 100 << 20, "include_log_monitor": False,
}  # fmt: skip


def main() -> None:
    head = {**SMALL, "include_dashboard": False}
    cluster = Cluster(initialize_head=True, head_node_args=head)
    others = range(1, int(sys.argv[1]))
    nodes = [cluster.add_node(wait=True, **SMALL) for _ in others]
    print(cluster.address, flush=True)
    for _ in sys.stdin:
        cluster.remove_node(nodes.pop(), allow_graceful=False)
        print("gone", flush=True)
    cluster.shutdown()


if __name__ == "__main__":
    main()
