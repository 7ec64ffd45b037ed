# Builds what is not built yet. Sourced by the launcher.

BUILD_STAMP="$HEYI_ROOT/server/target/.built"

maven() {
  "$HEYI_ROOT/mvnw" --file "$HEYI_ROOT/pom.xml" --batch-mode --no-transfer-progress --quiet "$@"
}

JAVA_SOURCES="pom.xml media/pom.xml media/src/main signaling/pom.xml signaling/src/main recording/pom.xml
  recording/src/main server/pom.xml server/src/main api config"
WEB_SOURCES="web-client/src web-client/public web-client/index.html web-client/package-lock.json
  web-client/vite.config.ts web-client/verify.html web-client/verify.vite.config.ts web-client/pom.xml
  recording/src/main/resources/heyi/recording/verify"

# newer_than FILE PATH…: true when FILE is missing or something in the paths is newer.
newer_than() {
  local reference=$1
  shift
  [ -f "$reference" ] || return 0
  [ -n "$(cd "$HEYI_ROOT" && find "$@" -newer "$reference" -print -quit 2>/dev/null)" ]
}

# npm_ci DIR: installs the npm packages of a folder unless they are there.
npm_ci() {
  newer_than "$HEYI_ROOT/$1/node_modules/.package-lock.json" "$1/package-lock.json" || return 0
  (cd "$HEYI_ROOT/$1" && npm ci --no-audit --no-fund --loglevel=error)
}

build_web() {
  local made="$HEYI_ROOT/web-client/dist/index.html"
  # shellcheck disable=SC2086
  newer_than "$made" $WEB_SOURCES || return 0
  npm_ci web-client && (cd "$HEYI_ROOT/web-client" && npm run --silent build) && touch "$made"
}

build() {
  # shellcheck disable=SC2086
  newer_than "$BUILD_STAMP" $JAVA_SOURCES $WEB_SOURCES || return 0
  require_node
  printf 'Building Heyi; the first time this takes some minutes.\n' >&2
  local stamp
  stamp=$(mktemp)
  { build_web && maven -Pquick -Dmaven.test.skip=true -DskipWeb package; } >&2 ||
    fail "the build failed; its messages are above"
  touch -r "$stamp" "$BUILD_STAMP" && rm -f "$stamp"
}
