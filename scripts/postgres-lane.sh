#!/usr/bin/env bash
# scripts/postgres-lane.sh COMMAND…: runs COMMAND with TEST_DATABASE_URL set to a throwaway PostgreSQL server with pgvector,
# as its superuser, and takes the server away afterwards. Installs what is missing through apt (Debian and its kin).
# With POSTGRES_LANE_DURABLE=yes a commit waits for the disk, as on a real server.
# Ends with the command's exit code; 70 when there could be no server. Speaks on standard error only.
set -uo pipefail

[ $# -gt 0 ] || { echo "usage: scripts/postgres-lane.sh COMMAND…" >&2; exit 2; }
preferred=15 # the oldest server that the desk promises to run on
say() { echo "postgres lane: $*" >&2; }
fail() { say "$*"; exit 70; }

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if command -v sudo >/dev/null; then as_root=(sudo -n); fi
fi
apt_updated=
apt_update() {
  [ -z "$apt_updated" ] || return 0
  for attempt in 1 2 3; do
    if "${as_root[@]}" apt-get -qq update >&2; then apt_updated=yes; return 0; fi
    say "apt-get update failed (attempt $attempt of 3)"; sleep $((attempt * 5))
  done
  return 1
}
apt_install() {
  command -v apt-get >/dev/null || return 1
  apt_update || return 1
  local report; report=$(mktemp) || return 1
  for attempt in 1 2; do
    if DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get -qq -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=120 \
      install -y --no-install-recommends --no-upgrade "$@" >"$report" 2>&1; then rm -f "$report"; return 0; fi
    sleep $((attempt * 5))
  done
  tail -n 20 "$report" >&2; rm -f "$report"
  return 1
}

# Prints the folder of the server's programs: of the preferred version, or else of the newest one that is installed.
programs() {
  local folder newest=
  for folder in "/usr/lib/postgresql/$preferred/bin" $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t/ -k5 -rn); do
    if [ -x "$folder/initdb" ] && [ -x "$folder/postgres" ] && [ "$(basename "$(dirname "$folder")")" -ge "$preferred" ]; then newest=$folder; break; fi
  done
  [ -n "$newest" ] && echo "$newest"
}
has_vector() { [ -f "$("$bin/pg_config" --sharedir)/extension/vector.control" ] && [ -f "$("$bin/pg_config" --pkglibdir)/vector.so" ]; }

# pgvector from the source package of a Debian suite that has version 0.8, fetched from the mirror that apt already uses.
# Its lists stay in a folder of their own, so the machine's package sources are as they were.
build_vector() {
  local major work mirror suite apt
  major=$(basename "$(dirname "$bin")")
  apt_install "postgresql-server-dev-$major" make gcc libc6-dev dpkg-dev || { say "the packages to build with could not be installed"; return 1; }
  mirror=$(apt-get indextargets --format '$(REPO_URI) $(ORIGIN)' 'Created-By: Packages' 2>/dev/null | awk '$2 == "Debian" { print $1; exit }')
  [ -n "$mirror" ] || { say "no Debian mirror among the package sources"; return 1; }
  work=$(mktemp -d) || return 1
  for suite in trixie forky sid; do
    mkdir -p "$work/lists/partial" "$work/cache/archives/partial"
    echo "deb-src $mirror $suite main" >"$work/sources.list"
    apt=(apt-get -qq -o "Dir::Etc::sourcelist=$work/sources.list" -o Dir::Etc::sourceparts=/dev/null -o "Dir::State::lists=$work/lists" -o "Dir::Cache=$work/cache" -o APT::Sandbox::User="$(id -un)")
    if "${apt[@]}" update >&2 && (cd "$work" && "${apt[@]}" source --only-source --download-only pgvector >&2); then break; fi
    say "no source of pgvector in $suite"; rm -rf "$work/lists" "$work"/pgvector*
  done
  (
    set -e
    cd "$work"
    dpkg-source --no-check -x pgvector_*.dsc source >/dev/null
    # Plain machine code for any processor of this kind; no bitcode, so no clang.
    make -s -C source -j"$(nproc)" PG_CONFIG="$bin/pg_config" OPTFLAGS="" with_llvm=no >"$work/build.log" 2>&1 || { tail -n 20 "$work/build.log" >&2; exit 1; }
    "${as_root[@]}" make -s -C source install PG_CONFIG="$bin/pg_config" OPTFLAGS="" with_llvm=no >>"$work/build.log" 2>&1 || { tail -n 20 "$work/build.log" >&2; exit 1; }
  )
  local result=$?
  rm -rf "$work"
  return $result
}

provide() {
  if ! bin=$(programs); then
    say "installing PostgreSQL …"
    apt_install "postgresql-$preferred" || apt_install postgresql || fail "PostgreSQL $preferred or later is missing and could not be installed"
    bin=$(programs) || fail "PostgreSQL $preferred or later is missing"
  fi
  has_vector && return 0
  local major; major=$(basename "$(dirname "$bin")")
  say "installing pgvector for PostgreSQL $major …"
  if command -v apt-cache >/dev/null && apt_update && apt-cache show "postgresql-$major-pgvector" >/dev/null 2>&1; then apt_install "postgresql-$major-pgvector" || true; fi
  has_vector || build_vector || true
  has_vector || fail "pgvector could not be installed for PostgreSQL $major"
}

# One lane at a time installs; the second finds it done.
exec 9>"${TMPDIR:-/tmp}/parapet-postgres-lane.$(id -u).lock" && flock 9
started=$SECONDS
provide
exec 9>&-

directory=$(mktemp -d "${TMPDIR:-/tmp}/parapet-postgres.XXXXXX") || fail "no temporary directory"
server=() # PostgreSQL refuses to run as root
if [ "$(id -u)" -eq 0 ]; then
  owner=$(id -un postgres 2>/dev/null || echo nobody)
  chown "$owner" "$directory"
  server=(runuser -u "$owner" --)
fi
child=
close() {
  trap - EXIT INT TERM HUP
  if [ -n "$child" ]; then kill -TERM "$child" 2>/dev/null; wait "$child" 2>/dev/null; fi
  (cd "$directory" && "${server[@]}" "$bin/pg_ctl" -D "$directory/cluster" -m immediate stop >/dev/null 2>&1)
  rm -rf "$directory"
}
trap close EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

cd "$directory" || fail "no temporary directory"
"${server[@]}" "$bin/initdb" -D "$directory/cluster" -U postgres --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync >"$directory/initdb.log" 2>&1 \
  || { tail -n 20 "$directory/initdb.log" >&2; fail "the database could not be made"; }
# What it holds is thrown away, so nothing waits for the disk unless that is asked for.
durable=off
[ "${POSTGRES_LANE_DURABLE:-}" != yes ] || durable=on
cat >>"$directory/cluster/postgresql.conf" <<CONF
listen_addresses = '127.0.0.1'
unix_socket_directories = '$directory'
max_connections = 200
shared_buffers = 256MB
fsync = $durable
full_page_writes = $durable
max_wal_size = 4GB
CONF
for attempt in 1 2 3 4 5; do
  port=$((20000 + RANDOM % 20000))
  if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then continue; fi
  if "${server[@]}" "$bin/pg_ctl" -D "$directory/cluster" -o "-p $port" -l "$directory/cluster/server.log" -w -t 60 start >/dev/null 2>&1; then ready=yes; break; fi
done
[ "${ready:-}" = yes ] || { tail -n 20 "$directory/cluster/server.log" >&2; fail "the server did not start"; }
cd "$OLDPWD" || fail "the working directory is gone"

export TEST_DATABASE_URL="postgres://postgres@127.0.0.1:$port/postgres"
say "PostgreSQL $("$bin/postgres" --version | grep -oE '[0-9]+\.[0-9]+' | head -n 1), pgvector $(sed -n "s/^default_version = '\(.*\)'/\1/p" "$("$bin/pg_config" --sharedir)/extension/vector.control"), ready after $((SECONDS - started)) s"
"$@" <&0 &
child=$!
wait "$child"
code=$?
child=
exit $code
