# Runs the test suites and sums up their counts. Sourced by the launcher.

RESULTS="$HEYI_ROOT/target/test-results"
SUITES="unit bridge-contract web e2e"

test_help() {
  cat <<'EOF'
Usage: ./heyi test [--only SUITE]
Installs what the tests need and runs every suite:
  unit             Java unit, store, HTTP and architecture tests with all build checks
  bridge-contract  the bridge contract on the embedded bridge, and on HEYI_TEST_JVB_URL and
                   HEYI_TEST_JVB_COMMAND when set
  web              type check, lint and unit tests of the web client
  e2e              whole stories in real browsers against a running server
EOF
}

has_debian_package() {
  dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q 'ok installed'
}

# install_test_tools PACKAGE…: installs missing Debian packages; elsewhere the user has them.
install_test_tools() {
  command -v apt-get >/dev/null 2>&1 || return 0
  local package missing="" sudo=""
  for package in "$@"; do
    has_debian_package "$package" || missing="$missing $package"
  done
  [ -n "$missing" ] || return 0
  [ "$(id -u)" -eq 0 ] || sudo="sudo"
  printf 'Installing%s\n' "$missing"
  # shellcheck disable=SC2086
  { $sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq $missing; } >/dev/null ||
    fail "could not install$missing; install them by hand and run this again"
}

run_unit() {
  local stamp
  stamp=$(mktemp)
  build_web && maven --fail-at-end verify -DskipWeb -Dheyi.excludedTags=bridge-contract && touch -r "$stamp" "$BUILD_STAMP"
}

run_bridge_contract() {
  [ -n "${HEYI_TEST_JVB_URL:-}" ] ||
    printf 'bridge-contract: embedded bridge only; set HEYI_TEST_JVB_URL and HEYI_TEST_JVB_COMMAND to check a Jitsi Videobridge too\n'
  maven -Pquick -pl media -am test -Dheyi.groups=bridge-contract -Dsurefire.failIfNoSpecifiedTests=false \
    -Dheyi.reports=surefire-bridge-contract
}

run_web() {
  npm_ci web-client &&
    (cd "$HEYI_ROOT/web-client" && npm run --silent typecheck && npm run --silent lint &&
      npx vitest run --reporter=default --reporter=junit --outputFile.junit="$RESULTS/web.xml")
}

# coturn's package starts a relay for everyone; the tests start one of their own, on loopback.
keep_relay_off() {
  ! [ -d /run/systemd/system ] || has_debian_package coturn || [ "$(id -u)" -ne 0 ] || systemctl mask --quiet coturn.service
}

run_e2e() {
  keep_relay_off
  install_test_tools chromium fonts-noto-cjk ffmpeg poppler-utils iproute2 nftables coturn openssl
  build
  npm_ci e2e &&
    (cd "$HEYI_ROOT/e2e" && PLAYWRIGHT_JUNIT_OUTPUT_FILE="$RESULTS/e2e.xml" npx playwright test --reporter=list,junit)
}

# count ATTRIBUTE FILE…: sums an attribute over the testsuite elements of JUnit reports.
count() {
  local attribute=$1
  shift
  cat "$@" /dev/null | tr '>' '\n' | grep '<testsuite ' |
    sed -n "s/.* $attribute=\"\([0-9]*\)\".*/\1/p" | awk '{ sum += $1 } END { print sum + 0 }'
}

reports() {
  find "$HEYI_ROOT"/*/target/surefire-reports "$HEYI_ROOT"/*/target/surefire-bridge-contract "$RESULTS" \
    -name '*.xml' 2>/dev/null
}

# flaky FILE…: names what passed at the second try only; nobody should get used to it.
flaky() {
  cat "$@" /dev/null | tr '\n' ' ' | sed 's/<testcase /\n&/g' | grep '<flaky' |
    sed -n 's/^<testcase name="\([^"]*\)" classname="\([^"]*\)".*/flaky: \2.\1/p' || true
}

# summary SUITE…: prints the counts; a suite that failed before it could count counts as one failure.
summary() {
  local files total failed skipped
  files=$(reports)
  # shellcheck disable=SC2086
  total=$(count tests $files) skipped=$(count skipped $files) failed=$(($(count failures $files) + $(count errors $files)))
  [ $# -le "$failed" ] || { total=$((total + $# - failed)) && failed=$#; }
  # shellcheck disable=SC2086
  flaky $files
  printf '\n%d passed, %d failed, %d skipped\n' $((total - failed - skipped)) "$failed" "$skipped"
}

run_tests() {
  local only="" failed="" suite
  case "${1:-}" in
    "") ;;
    -h | --help | help) test_help && return 0 ;;
    --only) only=${2:-help} ;;
    *) fail "unknown argument '$1'; see ./heyi test --help" ;;
  esac
  [ "$only" != help ] || { test_help && return 0; }
  case " $SUITES " in *" $only "*) ;; *) [ -z "$only" ] || fail "no suite '$only'; the suites are: $SUITES" ;; esac
  require_jdk
  require_node
  rm -rf "$RESULTS" "$HEYI_ROOT"/*/target/surefire-reports "$HEYI_ROOT"/*/target/surefire-bridge-contract
  mkdir -p "$RESULTS"
  for suite in ${only:-$SUITES}; do
    printf '\n== %s\n' "$suite"
    ("run_$(printf '%s' "$suite" | tr - _)") || failed="$failed $suite"
  done
  # shellcheck disable=SC2086
  summary $failed
  [ -z "$failed" ] || fail "failed:$failed"
}
