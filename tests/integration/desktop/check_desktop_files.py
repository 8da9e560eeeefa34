#!/usr/bin/env python3
"""What the client installs for desktops must be valid and speak of one program.

    check_desktop_files.py --build BUILD --source SOURCES

Installs the component "desktop" into a folder of its own, lets desktop-file-validate and appstreamcli judge it, and
compares the names in it with each other and with client/desktop/application_id.h.
"""
import argparse
import configparser
import pathlib
import re
import struct
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

SIZES = (16, 22, 24, 32, 48, 64, 128, 256)


def said_by(command):
    """Nothing, or what a validator has against it; also what it only warns of."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    words = (done.stdout + done.stderr).strip()
    return words if done.returncode != 0 or "warning" in words.lower() else ""


def entry(path):
    parser = configparser.ConfigParser(interpolation=None, delimiters=("=",), strict=True)
    parser.optionxform = str
    parser.read_string(path.read_text(encoding="utf-8"))
    return parser


def png_size(path):
    head = path.read_bytes()[:24]
    return struct.unpack(">II", head[16:24]) if head[:8] == b"\x89PNG\r\n\x1a\n" else None


def desktop_problems(share, app_id):
    path = share / f"applications/{app_id}.desktop"
    if words := said_by(["desktop-file-validate", "--warn-kde", path]):
        yield f"{path.name}: {words}"
    desktop = entry(path)
    main = desktop["Desktop Entry"]
    if main["Icon"] != app_id or main["DBusActivatable"] != "true":
        yield f"{path.name}: icon {main['Icon']}, DBusActivatable {main['DBusActivatable']}"
    for action in filter(None, main["Actions"].split(";")):
        group = desktop[f"Desktop Action {action}"]
        if group["Exec"] != f"belfry --action {action}":
            yield f"{path.name}: action {action} runs {group['Exec']}"
    for group in desktop.sections():
        for key in desktop[group]:
            if key in ("GenericName", "Comment", "Keywords") and f"{key}[de]" not in desktop[group]:
                yield f"{path.name}: {key} has no German"


def service_problems(share, app_id):
    path = share / f"dbus-1/services/{app_id}.service"
    service = entry(path)["D-BUS Service"]
    if service["Name"] != app_id:
        yield f"{path.name}: is of {service['Name']}"
    if not re.fullmatch(r"/\S+/belfry --hidden", service["Exec"]):
        yield f"{path.name}: runs {service['Exec']}"


def metainfo_problems(share, app_id):
    path = share / f"metainfo/{app_id}.metainfo.xml"
    if words := said_by(["appstreamcli", "validate", "--no-net", "--no-color", path]):
        yield f"{path.name}: {words}"
    root = xml.etree.ElementTree.parse(path).getroot()
    if root.findtext("id") != app_id or root.findtext("launchable") != f"{app_id}.desktop":
        yield f"{path.name}: is of {root.findtext('id')}, starts {root.findtext('launchable')}"


def icon_problems(share, app_id):
    icons = share / "icons/hicolor"
    for size in SIZES:
        found = png_size(icons / f"{size}x{size}/apps/{app_id}.png")
        if found != (size, size):
            yield f"icon of {size} px is of {found}"
    for name in (f"scalable/apps/{app_id}.svg", f"symbolic/apps/{app_id}-symbolic.svg"):
        root = xml.etree.ElementTree.parse(icons / name).getroot()
        if not root.tag.endswith("svg"):
            yield f"{name}: not an SVG"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--source", type=pathlib.Path, required=True)
    arguments = parser.parse_args()
    header = (arguments.source / "client/desktop/application_id.h").read_text(encoding="utf-8")
    app_id = re.search(r'applicationId = QStringLiteral\("([^"]+)"\)', header).group(1)
    found = []
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            ["cmake", "--install", arguments.build, "--component", "desktop", "--prefix", folder],
            check=True, stdout=subprocess.DEVNULL)
        share = pathlib.Path(folder) / "share"
        for problems in (desktop_problems, service_problems, metainfo_problems, icon_problems):
            found += problems(share, app_id)
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
