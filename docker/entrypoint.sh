#!/bin/bash
# Starts Heyi in the container: PID 1 is Java itself, so that TERM reaches it and recordings are finished.
set -euo pipefail
. /opt/heyi/java.sh
# shellcheck disable=SC2046,SC2086
exec java $(java_flags) ${HEYI_JAVA_OPTIONS:-} -cp '/opt/heyi/lib/*' heyi.server.boot.Main "$@"
