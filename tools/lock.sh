#!/bin/sh
# Pin every package with its hashes; the files name no index, so they hold on any machine.
set -eu
cd "$(dirname "$0")/.."

export UV_PYTHON_DOWNLOADS=never
pin() {
    .venv/bin/python -m uv pip compile --quiet --universal --python-version 3.11 \
        --generate-hashes --no-emit-index-url --no-annotate --no-header "$@"
}

echo 'uv>=0.13.9,<0.14' | pin - --output-file requirements/uv.txt
pin pyproject.toml --extra build --output-file requirements/app.txt
pin pyproject.toml --extra build --extra dev --constraints requirements/app.txt \
    --output-file requirements/dev.txt
