#!/bin/bash
# Asks Heyi whether it lives. The image has no curl; bash speaks TCP itself.
set -euo pipefail
exec 3<>"/dev/tcp/127.0.0.1/${HEYI_HTTP_PORT:-8080}"
printf 'GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3
read -r status <&3
[[ $status == 'HTTP/1.1 200 '* ]]
