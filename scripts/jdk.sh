# Finds a JDK 25 or newer, wherever it is installed, and exports JAVA_HOME. Sourced by the launcher.

JDK_FEATURE=25

# jdk_feature DIR: prints the feature version of the JDK in DIR, nothing if there is no JDK.
jdk_feature() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

jdk_candidates() {
  printf '%s\n' "${HEYI_JAVA_HOME:-}" "${JAVA_HOME:-}"
  local javac
  if javac=$(command -v javac); then
    dirname "$(dirname "$(readlink -f "$javac" 2>/dev/null || printf '%s' "$javac")")"
  fi
  if [ -x /usr/libexec/java_home ]; then
    /usr/libexec/java_home -v "$JDK_FEATURE+" 2>/dev/null || true
  fi
  ls -d /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/* \
    "$HOME"/.jdks/* "$HOME"/.asdf/installs/java/* "$HOME"/.local/share/mise/installs/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    2>/dev/null || true
}

require_jdk() {
  local dir feature
  while IFS= read -r dir; do
    [ -n "$dir" ] || continue
    feature=$(jdk_feature "$dir")
    if [ -n "$feature" ] && [ "$feature" -ge "$JDK_FEATURE" ]; then
      export JAVA_HOME="$dir"
      return 0
    fi
  done <<EOF
$(jdk_candidates)
EOF
  fail "no JDK $JDK_FEATURE found: install one (for example Eclipse Temurin $JDK_FEATURE) or set JAVA_HOME to it"
}
