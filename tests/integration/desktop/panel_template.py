"""A panel for dbusmock: the watcher with which tray icons register. Parameter `host`: something shows them."""
BUS_NAME = "org.kde.StatusNotifierWatcher"
MAIN_OBJ = "/StatusNotifierWatcher"
MAIN_IFACE = "org.kde.StatusNotifierWatcher"
SYSTEM_BUS = False


def load(mock, parameters):
    """Everything is there before anybody is answered."""
    mock.AddMethod(MAIN_IFACE, "RegisterStatusNotifierItem", "s", "", "")
    mock.AddProperty(MAIN_IFACE, "IsStatusNotifierHostRegistered", parameters.get("host", True))
