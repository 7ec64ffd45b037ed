# Kills everything around one session, many times. Sourced by the launcher.

FAULTS_MOST_ROUNDS=50

faults_help() {
  cat <<EOT
Usage: ./heyi bench faults [--rounds N] [--seed S]
Records one session with sound and picture while server, object store and database are killed, the disk
is filled and the clock is set, N times each (5, at most $FAULTS_MOST_ROUNDS), in an order and at moments that the seed
gives, and the muxing worker at its end. Then the evidence package tells what each fault cost: at most two
seconds may be missing, and the ledger must tell every hole. About 40 s a round on two cores.
The full disk needs the right to mount a small file system (root), and is left out without it.
EOT
}

run_faults() {
  local rounds=5 seed=$RANDOM report
  while [ $# -gt 0 ]; do
    case "$1" in
      --rounds | --seed)
        [[ "${2:-}" =~ ^[0-9]{1,9}$ ]] || fail "$1 needs a number"
        [ "$1" = --rounds ] && rounds=$2 || seed=$2
        shift 2
        ;;
      -h | --help) faults_help && exit 0 ;;
      *) fail "unknown argument '$1'; ./heyi bench faults --help" ;;
    esac
  done
  [ "$rounds" -ge 1 ] && [ "$rounds" -le "$FAULTS_MOST_ROUNDS" ] || fail "--rounds must be 1 to $FAULTS_MOST_ROUNDS"
  require_jdk
  report=$(mktemp)
  printf 'bench faults, %s rounds, seed %s\n' "$rounds" "$seed"
  if maven -Pquick -DskipWeb -pl server -am test -Dtest=FaultTest -Dsurefire.failIfNoSpecifiedTests=false \
    -Dheyi.faults.rounds="$rounds" -Dheyi.faults.seed="$seed" -Dheyi.faults.report="$report" >"$report.log" 2>&1; then
    cat "$report" && rm -f "$report" "$report.log"
  else
    cat "$report"
    fail "a fault cost more than it may, or the session did not survive it; see $report.log"
  fi
}
