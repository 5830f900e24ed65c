#!/bin/sh
# Make the environment .venv ready: `sh tools/setup.sh app` or `sh tools/setup.sh dev`.
# Needs Python 3.11 or newer and a package index; a second run does nothing and takes no time.
set -eu

cd "$(dirname "$0")/.."
set_name=${1:?"say which set of packages: app or dev"}
venv=.venv
bin=$venv/bin

say() { printf '%s\n' "$*" >&2; }

refuse() {
    say "wenming: $*"
    exit 1
}

fits() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
    for name in ${PYTHON:-} python3 python3.13 python3.12 python3.11; do
        if fits "$name"; then
            printf '%s\n' "$name"
            return
        fi
    done
    refuse "no Python 3.11 or newer was found. Install one, or name it: make PYTHON=/path/to/python3 …"
}

make_venv() {
    python=$(find_python)
    if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
        version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        refuse "$python has no venv module. On Debian or Ubuntu: apt-get install python$version-venv"
    fi
    say "Making $venv with $("$python" --version) …"
    "$python" -m venv --clear "$venv"
}

# What the environment was made from: locks, the package's own metadata, words, scripts, its place.
fingerprint() {
    {
        pwd
        cat "requirements/$1.txt" pyproject.toml tools/setup.sh tools/hatch_build.py
        find wenming/locale -name '*.po' -exec cat {} + 2>/dev/null || :
        find frontend -name node_modules -prune -o -type f -exec cat {} +
        cat tests/odk/package-lock.json 2>/dev/null || :
        ls wenming/static/bundle/made_from.txt 2>/dev/null || :
    } | cksum
}

is_ready() {
    [ -f "$bin/.wenming-$1" ] && [ "$(cat "$bin/.wenming-$1")" = "$(fingerprint "$1")" ]
}

fits "$bin/python" || make_venv
if is_ready dev || is_ready "$set_name"; then
    exit 0
fi
# Whoever has the larger set keeps it.
if [ -f "$bin/.wenming-dev" ]; then
    set_name=dev
fi

say "Installing the packages of requirements/$set_name.txt …"
export UV_PYTHON_DOWNLOADS=never PIP_DISABLE_PIP_VERSION_CHECK=1
if ! "$bin/python" -c 'import uv' >/dev/null 2>&1; then
    "$bin/python" -m pip install -qq --require-hashes --requirement requirements/uv.txt \
        || refuse "uv could not be installed; is the package index within reach?"
fi
"$bin/python" -m uv pip sync --quiet --python "$bin/python" --require-hashes \
    "requirements/$set_name.txt" \
    || refuse "the packages could not be installed; is the package index within reach?"
"$bin/python" -m uv pip install --quiet --python "$bin/python" --no-build-isolation --no-deps \
    --editable .
if [ "$set_name" = dev ]; then
    "$bin/python" -m tools.odk_parts || say "ODK's own parts could not be installed; their tests will be skipped."
fi
rm -f "$bin"/.wenming-*
fingerprint "$set_name" >"$bin/.wenming-$set_name"
say "Ready."
