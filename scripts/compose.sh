# Writes the .env file that docker-compose.yml reads. Sourced by the launcher.

env_help() {
  cat <<'EOT'
Usage: ./heyi env --public-url URL --public-ip IP [--two-bridges] [--file FILE]
Writes .env with fresh random secrets, readable for its owner only, for docker-compose.yml.
An existing file is never overwritten: its secrets open databases that are already filled.
  --public-url URL   what people type, as https://mediation.example
  --public-ip IP     the address under which browsers reach this machine's UDP and TURN ports
  --two-bridges      runs two Jitsi Videobridges instead of one
  --file FILE        somewhere else than .env
EOT
}

# 192 random bits as 48 hexadecimal digits: nothing that a shell, a URL or YAML reads differently.
secret() {
  od -An -N24 -tx1 /dev/urandom | tr -d ' \n'
}

write_env() {
  local url=$1 ip=$2 two=$3
  cat <<EOT
# Made by ./heyi env. Keep it secret, and keep a copy where the backups are: the databases need it.
PUBLIC_URL=$url
PUBLIC_IP=$ip
# jvb1, or jvb1 and jvb2: docs/guide/operate.md
BRIDGES=http://jvb1:8080${two:+,http://jvb2:8080}
COMPOSE_PROFILES=${two:+two-bridges}
POSTGRES_PASSWORD=$(secret)
MINIO_ROOT_USER=root-$(secret | cut -c1-8)
MINIO_ROOT_PASSWORD=$(secret)
S3_ACCESS_KEY=heyi-$(secret | cut -c1-8)
S3_SECRET_KEY=$(secret | cut -c1-40)
REDIS_PASSWORD=$(secret)
TURN_SECRET=$(secret)
# With a certificate in docker/coturn add ,turns:NAME-IN-THE-CERTIFICATE:5349?transport=tcp
TURN_URLS=turn:$ip:3478?transport=udp,turn:$ip:3478?transport=tcp
EOT
}

make_env() {
  local url="" ip="" two="" file="$HEYI_ROOT/.env"
  while [ $# -gt 0 ]; do
    case "$1" in
      -h | --help) env_help && return 0 ;;
      --two-bridges) two=yes && shift ;;
      --public-url | --public-ip | --file)
        [ $# -gt 1 ] || fail "$1 needs a value; see ./heyi env --help"
        case "$1" in --public-url) url=$2 ;; --public-ip) ip=$2 ;; *) file=$2 ;; esac
        shift 2
        ;;
      *) fail "unknown argument '$1'; see ./heyi env --help" ;;
    esac
  done
  printf '%s\n' "$url" | grep -Eqx 'https?://[A-Za-z0-9.:-]+' || fail "--public-url must be an address such as https://mediation.example"
  printf '%s\n' "$ip" | grep -Eqx '[0-9]{1,3}(\.[0-9]{1,3}){3}' || fail "--public-ip must be an IPv4 address such as 203.0.113.7"
  # noclobber makes the shell itself refuse, without a gap between looking and writing.
  (umask 077 && set -o noclobber && write_env "$url" "$ip" "$two" >"$file") 2>/dev/null ||
    fail "$file is there already, or its folder cannot be written; nothing was changed"
  printf 'Wrote %s. Next: docker compose up -d\n' "$file"
}
