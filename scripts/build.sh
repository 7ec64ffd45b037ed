# Builds what is not built yet. Sourced by the launcher.

BUILD_STAMP="$HEYI_ROOT/server/target/.built"

maven() {
  "$HEYI_ROOT/mvnw" --file "$HEYI_ROOT/pom.xml" --batch-mode --no-transfer-progress --quiet "$@"
}

# is_built: true when nothing that goes into the server is newer than the last build.
is_built() {
  [ -f "$BUILD_STAMP" ] || return 1
  local newer
  newer=$(cd "$HEYI_ROOT" && find pom.xml ./*/pom.xml media/src/main signaling/src/main recording/src/main \
    server/src/main web-client/src web-client/public web-client/index.html web-client/package-lock.json \
    web-client/vite.config.ts api config -newer "$BUILD_STAMP" -print -quit 2>/dev/null)
  [ -z "$newer" ]
}

build() {
  is_built && return 0
  require_node
  printf 'Building Heyi; the first time this takes some minutes.\n' >&2
  local stamp
  stamp=$(mktemp)
  maven -Pquick -DskipTests package || fail "the build failed; its messages are above"
  mv "$stamp" "$BUILD_STAMP"
}
