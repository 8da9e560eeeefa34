#!/usr/bin/env bash
# with_display.sh PROGRAM [ARGUMENT...]: runs it with an X server, a session bus and folders of its own, on which nobody
# else is and nothing is started by itself; all of it ends with the program, whose exit code this has.
set -euo pipefail

folder=$(mktemp -d)
xvfb=
finish() {
    [ -z "$xvfb" ] || kill "$xvfb" 2>/dev/null || true
    wait || true
    rm -rf "$folder"
}
trap finish EXIT

cat >"$folder/session.conf" <<END
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=$folder/bus</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
END

# It says its number once it is ready; a free one is its own business.
mkfifo "$folder/number"
Xvfb -displayfd 3 -screen 0 1280x800x24 -nolisten tcp -noreset 3>"$folder/number" 2>"$folder/xvfb.log" &
xvfb=$!
if ! read -r -t 30 number <"$folder/number"; then
    cat "$folder/xvfb.log" >&2
    echo "with_display: Xvfb did not start: is the package xvfb there?" >&2
    exit 1
fi

mkdir -m 700 "$folder/home" "$folder/run"
export DISPLAY=":$number" HOME="$folder/home" XDG_RUNTIME_DIR="$folder/run"
unset WAYLAND_DISPLAY XAUTHORITY XDG_CURRENT_DESKTOP QT_QPA_PLATFORM QT_QPA_PLATFORMTHEME
# Not exec: the trap has to run.
dbus-run-session --config-file="$folder/session.conf" -- "$@" 2> >(grep -v 'Failed to set fd limit' >&2 || true)
