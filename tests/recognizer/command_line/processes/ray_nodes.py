"""A Ray cluster of several machines' worth of processes: ``ray_nodes.py NUMBER``.

Prints its address when it is up; a line on standard input kills one machine, its end the rest.
"""

from __future__ import annotations

import sys
from typing import Any

from ray.cluster_utils import Cluster  # type: ignore[import-untyped]

SMALL: dict[str, Any] = {"num_cpus": 1, "object_store_memory": 100 << 20}


def main() -> None:
    head = {**SMALL, "num_cpus": 0, "include_dashboard": False}  # where nothing is answered
    cluster = Cluster(initialize_head=True, head_node_args=head)
    nodes = [cluster.add_node(wait=True, **SMALL) for _ in range(int(sys.argv[1]))]
    print(cluster.address, flush=True)
    for _ in sys.stdin:
        cluster.remove_node(nodes.pop(), allow_graceful=False)
        print("gone", flush=True)
    cluster.shutdown()


if __name__ == "__main__":
    main()
