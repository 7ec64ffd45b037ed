# Kills everything around one session, many times. Sourced by the launcher.

faults_help() {
  cat <<'EOT'
Usage: ./heyi bench faults [--rounds N] [--seed S]
Records one session with sound and picture while server, object store, database and muxing worker are
killed and the disk is filled, N times each (10), at moments that the seed gives; then checks that at
most two seconds are missing each time, that the ledger tells every hole, and that the evidence holds.
The full disk needs the right to mount a small file system (root).
EOT
}

run_faults() {
  local rounds=10 seed=$RANDOM
  while [ $# -gt 0 ]; do
    case "$1" in
      --rounds | --seed)
        [[ "${2:-}" =~ ^[0-9]+$ ]] || fail "$1 needs a number"
        [ "$1" = --rounds ] && rounds=$2 || seed=$2
        shift 2
        ;;
      -h | --help) faults_help && exit 0 ;;
      *) fail "unknown argument '$1'; ./heyi bench faults --help" ;;
    esac
  done
  require_jdk
  printf 'bench faults, %s rounds, seed %s\n' "$rounds" "$seed"
  maven -Pquick -DskipWeb -pl server -am test -Dtest=FaultTest -Dsurefire.failIfNoSpecifiedTests=false \
    -Dheyi.faults.rounds="$rounds" -Dheyi.faults.seed="$seed"
}
