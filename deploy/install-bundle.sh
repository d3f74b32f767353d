#!/usr/bin/env bash
# Install Guidebook from this folder alone: no network, no other place. Then `make serve`.
# PY310 and PY311 name the two Pythons where they are not on PATH.
set -euo pipefail
cd "$(dirname "$0")"
here="$PWD"

sha256sum --check --quiet SHA256SUMS || {
    echo "This copy is damaged; copy the folder again." >&2
    exit 2
}
export PIP_NO_INDEX=1 PIP_FIND_LINKS="$here/wheels"
# Settings of this machine's own pip must not lead elsewhere.
export PIP_CONFIG_FILE=/dev/null
make -C guidebook setup
echo "Installed. Start it with: make -C $here/guidebook serve"
