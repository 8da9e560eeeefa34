#!/usr/bin/env bash
# A private PostgreSQL for tests and development: its own folder, port and socket; the system's clusters are not touched.
#
#   pg.sh start [--fast|--durable] [--cache DIR] [--watch PID] ENV_FILE   starts one, writes what a client needs to know
#   pg.sh down ENV_FILE     kills the server, keeps its data: what a client sees when the database goes away
#   pg.sh up ENV_FILE       starts it again on the same port
#   pg.sh stop ENV_FILE     ends it and removes everything
#
# --fast     no fsync: for suites that test behaviour; survives a killed server, not a killed machine (default)
# --durable  PostgreSQL's own defaults: for benchmarks and for what is tested about durability
# --cache    where a fresh cluster is kept for the next start (a copy costs a sixth of an initdb)
# --watch    ends the server when that process is gone; `parent` is the caller. A ctest that is interrupted runs no
#            cleanup, so its fixture names itself here.
set -euo pipefail

die() {
    echo "pg.sh: $*" >&2
    exit 1
}

# The newest server on this machine; Debian keeps each release in a folder of its own, out of PATH.
find_bin() {
    local newest
    newest=$(printf '%s\n' /usr/lib/postgresql/*/bin/postgres | sort -V | tail -n 1)
    [ -x "$newest" ] || newest=$(command -v postgres) || die "no PostgreSQL server found: run ./dev setup"
    dirname "$newest"
}

# PostgreSQL refuses to run as root.
as_server_user() {
    if [ "$(id -u)" = 0 ]; then
        exec setpriv --reuid=postgres --regid=postgres --init-groups "$@"
    fi
    exec setpriv "$@"
}

run_as_server_user() { (as_server_user "$@"); }

# A fresh cluster in $1/data: a copy from the cache, else by initdb (and then kept there, whole or not at all).
make_cluster() {
    local dir=$1 cache=$2 kept log
    kept=$cache/pg-$("$bin/postgres" --version | tr -dc '0-9.')-$(id -u)
    if [ -n "$cache" ] && cp -a "$kept" "$dir/data" 2>/dev/null; then
        return
    fi
    rm -rf "$dir/data"
    if ! log=$(cd / && run_as_server_user "$bin/initdb" -D "$dir/data" -U belfry -A trust -E UTF8 \
        --locale=C.UTF-8 --no-sync --no-instructions 2>&1); then
        die "initdb failed: $log"
    fi
    if [ -n "$cache" ]; then
        mkdir -p "$cache"
        cp -a "$dir/data" "$kept.$$"
        mv -T "$kept.$$" "$kept" 2>/dev/null || rm -rf "$kept.$$"
    fi
}

# Holds the server as its child: ends it when the watched process is gone and removes its folder. Its own session, so
# that Ctrl+C in the terminal reaches it only through the end of what it watches.
guard() {
    local bin=$1 dir=$2 port=$3 watched=$4 mode=$5 want=up server='' watcher
    local options=(-c listen_addresses=127.0.0.1 -c "port=$port" -c shared_buffers=64MB -c log_min_messages=warning)
    [ "$mode" = durable ] || options+=(-F -c full_page_writes=off)
    trap 'want=down' USR1
    trap 'want=up' USR2
    trap 'want=end' TERM INT HUP
    cd /
    local tail=(setpriv --pdeathsig TERM tail -f /dev/null)
    [ "$watched" = 0 ] || tail+=(--pid="$watched" -s 0.2)
    "${tail[@]}" &
    watcher=$!
    while [ "$want" != end ]; do
        if [ "$want" = up ] && [ -z "$server" ]; then
            as_server_user --pdeathsig INT "$bin/postgres" -D "$dir/data" -k "$dir" "${options[@]}" &
            server=$!
            echo "$server" >"$dir/pid"
        elif [ "$want" = down ] && [ -n "$server" ]; then
            kill -QUIT "$server" 2>/dev/null || true
            wait_gone "$server"
            server=''
            : >"$dir/pid"
        fi
        # A signal interrupts the wait as well; what it wants is looked at above.
        wait -n ${server:+"$server"} "$watcher" || true
        kill -0 "$watcher" 2>/dev/null || want=end
        [ -z "$server" ] || [ "$want" = down ] || kill -0 "$server" 2>/dev/null || want=end
    done
    [ -z "$server" ] || kill -QUIT "$server" 2>/dev/null || true
    kill "$watcher" 2>/dev/null || true
    [ -z "$server" ] || wait_gone "$server"
    rm -rf "$dir"
}

# Waits until process $1 is gone; by force after ten seconds.
wait_gone() {
    for _ in $(seq 200); do
        kill -0 "$1" 2>/dev/null || return 0
        sleep 0.05
    done
    kill -KILL "$1" 2>/dev/null || true
}

wait_ready() {
    local dir=$1 port=$2 guard=$3
    for _ in $(seq 400); do
        kill -0 "$guard" 2>/dev/null || return 1
        "$bin/pg_isready" -q -U belfry -d postgres -h "$dir" -p "$port" && return 0
        sleep 0.05
    done
    return 1
}

value() { sed -n "s/^$1=//p" "$2"; }

# Short, because a socket's path may have 107 bytes; traversable for the user that the server runs as.
make_dir() {
    local base=${TMPDIR:-/tmp} dir
    [ ${#base} -le 60 ] || base=/tmp
    dir=$(mktemp -d "$base/bpg.XXXXXX")
    [ "$(id -u)" != 0 ] || chown postgres: "$dir"
    echo "$dir"
}

write_env() {
    local env_file=$1 dir=$2 port=$3 guard=$4
    cat >"$env_file.$$" <<END
BELFRY_DATABASE_URL=postgresql://belfry:belfry@127.0.0.1:$port/belfry
BELFRY_TEST_PG_SOCKET=$dir
BELFRY_TEST_PG_PORT=$port
BELFRY_TEST_PG_GUARD=$guard
END
    mv "$env_file.$$" "$env_file"
}

start() {
    local mode=fast cache='' watched=0 env_file='' dir port guard
    while [ $# -gt 0 ]; do
        case $1 in
        --fast | --durable) mode=${1#--} ;;
        --cache) cache=$2 && shift ;;
        --watch) watched=$2 && shift ;;
        -*) die "unknown option $1" ;;
        *) env_file=$1 ;;
        esac
        shift
    done
    [ -n "$env_file" ] || die "start needs the name of the file to write"
    [ "$watched" != parent ] || watched=$PPID
    bin=$(find_bin)
    mkdir -p "$(dirname "$env_file")"
    for _ in 1 2 3 4 5; do
        dir=$(make_dir)
        make_cluster "$dir" "$cache"
        # Below the range that the kernel hands out; taken by somebody else: the next round tries another.
        port=$((20000 + RANDOM % 12000))
        setsid "$0" guard "$bin" "$dir" "$port" "$watched" "$mode" </dev/null >"$env_file.log" 2>&1 &
        guard=$!
        if wait_ready "$dir" "$port" "$guard"; then
            "$bin/psql" -q -h "$dir" -p "$port" -U belfry -d postgres -c 'CREATE DATABASE belfry'
            write_env "$env_file" "$dir" "$port" "$guard"
            return
        fi
        kill "$guard" 2>/dev/null || true
    done
    cat "$env_file.log" >&2
    die "the server did not start"
}

down() {
    local dir
    dir=$(value BELFRY_TEST_PG_SOCKET "$1")
    kill -USR1 "$(value BELFRY_TEST_PG_GUARD "$1")" || die "not running"
    for _ in $(seq 200); do
        [ -s "$dir/pid" ] || return 0
        sleep 0.05
    done
    die "the server did not end"
}

up() {
    bin=$(find_bin)
    kill -USR2 "$(value BELFRY_TEST_PG_GUARD "$1")" || die "not running"
    wait_ready "$(value BELFRY_TEST_PG_SOCKET "$1")" "$(value BELFRY_TEST_PG_PORT "$1")" \
        "$(value BELFRY_TEST_PG_GUARD "$1")" || die "the server did not start again"
}

stop() {
    local guard dir
    [ -f "$1" ] || return 0
    guard=$(value BELFRY_TEST_PG_GUARD "$1")
    dir=$(value BELFRY_TEST_PG_SOCKET "$1")
    kill -TERM "$guard" 2>/dev/null || true
    # Its folder is the last that the guard removes; the guard itself may stay a zombie where init is slow.
    for _ in $(seq 300); do
        [ -d "$dir" ] || break
        sleep 0.05
    done
    rm -f "$1"
}

case ${1-} in
start | stop | down | up | guard) "$@" ;;
*) sed -n '2,/^set /s/^# \{0,1\}//p' "$0" && exit 2 ;;
esac
