#!/bin/sh
# Makes .venv with uv inside it, from nothing but Python 3.11 or later. Nothing outside the checkout is
# touched, save that Debian's python3-venv is installed when it is missing and we are root (and we say so).
set -eu
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }

find_python() {
  for candidate in ${PYTHON:-} python3.13 python3.12 python3.11 python3.14 python3 python; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$candidate"
      return
    fi
  done
  say "ecograph needs Python 3.11 or later, and none was found."
  say "  Remedy: install it (Debian/Ubuntu: apt-get install python3 python3-venv; macOS: brew install python),"
  say "  or name it: make PYTHON=/path/to/python3.12 setup"
  exit 1
}

# pip before 24.2 trusts only its own list of certificate authorities; public-sector networks need the system's.
if [ -z "${PIP_CERT:-}" ] && [ "$(uname)" != Darwin ]; then
  for bundle in /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt /etc/ssl/ca-bundle.pem; do
    if [ -f "$bundle" ]; then
      PIP_CERT=$bundle
      export PIP_CERT
      break
    fi
  done
fi
export PIP_DISABLE_PIP_VERSION_CHECK=1 UV_SYSTEM_CERTS=1

python=$(find_python)
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
  if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    say "Python's venv module is missing: installing Debian's python3-venv system-wide."
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv; } >&2
  else
    say "Python's venv module is missing."
    say "  Remedy: sudo apt-get install python3-venv, then the same command again."
    exit 1
  fi
fi

say "Making .venv with $("$python" --version)"
rm -rf .venv
"$python" -m venv .venv

# uv, at the version and with the hashes of the lock.
awk '/^uv==/ {on = 1; print; next} /^[^ #]/ {on = 0} on' requirements.lock > .venv/uv-requirement.txt
.venv/bin/python -m pip install --quiet --require-hashes -r .venv/uv-requirement.txt
