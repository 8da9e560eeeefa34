#include "desktop/old_tray.h"

#include <QApplication>
#include <QTest>
#include <xcb/xcb.h>

class TestOldTray : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isThereWhileSomebodyOwnsTheSelection();
};

void TestOldTray::isThereWhileSomebodyOwnsTheSelection()
{
    using belfry::desktop::hasOldTray;
    QCOMPARE(QGuiApplication::platformName(), QStringLiteral("xcb"));
    QVERIFY(!hasOldTray());
    xcb_connection_t *x = xcb_connect(nullptr, nullptr);
    const xcb_screen_t *screen = xcb_setup_roots_iterator(xcb_get_setup(x)).data;
    const xcb_window_t window = xcb_generate_id(x);
    xcb_create_window(x, XCB_COPY_FROM_PARENT, window, screen->root, 0, 0, 1, 1, 0,
                      XCB_WINDOW_CLASS_INPUT_OUTPUT, screen->root_visual, 0, nullptr);
    const QByteArray name = "_NET_SYSTEM_TRAY_S0";
    xcb_intern_atom_reply_t *atom =
        xcb_intern_atom_reply(x, xcb_intern_atom(x, 0, uint16_t(name.size()), name.constData()), nullptr);
    QVERIFY(!hasOldTray());
    xcb_set_selection_owner(x, window, atom->atom, XCB_CURRENT_TIME);
    std::free(xcb_get_input_focus_reply(x, xcb_get_input_focus(x), nullptr)); // it is done
    QVERIFY(hasOldTray());
    std::free(atom);
    xcb_disconnect(x);
    QTRY_VERIFY(!hasOldTray());
}

QTEST_MAIN(TestOldTray)
#include "tst_old_tray.moc"
