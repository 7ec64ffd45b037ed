# Checks that Node can build the web client. Sourced by the launcher.

require_node() {
  command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1 ||
    fail "no Node found: install Node 20.19 or newer, or 22.12 or newer, with npm"
  local version major minor
  version=$(node --version)
  major=${version#v}
  minor=${major#*.}
  major=${major%%.*}
  minor=${minor%%.*}
  if [ "$major" -lt 20 ] || { [ "$major" -eq 20 ] && [ "$minor" -lt 19 ]; } ||
    [ "$major" -eq 21 ] || { [ "$major" -eq 22 ] && [ "$minor" -lt 12 ]; }; then
    fail "Node $version is too old: install Node 20.19 or newer, or 22.12 or newer"
  fi
}
