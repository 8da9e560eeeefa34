#pragma once

#include "desktop/tray_status.h"

#include <QObject>
#include <memory>

class QAction;
class QMenu;

namespace belfry::desktop {
/// The menu of a tray icon (C9): what there is, the last three unread ones, and what can be done from there.
/// Its entries stay and change, so that a menu that is open is not rebuilt under the pointer. Needs a
/// QApplication. One thread.
class TrayMenu : public QObject
{
    Q_OBJECT
public:
    static constexpr int mostLatest = 3;
    static constexpr int longestTitle = 48; ///< characters

    explicit TrayMenu(QObject *parent = nullptr);
    ~TrayMenu() override;

    void setStatus(const TrayStatus &status);
    [[nodiscard]] QMenu *menu() const { return m_menu.get(); }

Q_SIGNALS:
    void itemWanted(const belfry::model::NotificationId &id);
    void openWanted();
    void markAllReadWanted();
    void pauseWanted(belfry::desktop::PauseChoice choice);
    void resumeWanted();
    void preferencesWanted();
    void quitWanted();

private:
    void addPauses();

    std::unique_ptr<QMenu> m_menu;
    QAction *m_headline = nullptr;
    QList<QAction *> m_latest;
    QAction *m_latestEnd = nullptr;
    QAction *m_markAllRead = nullptr;
    QMenu *m_pause = nullptr;
    QAction *m_resume = nullptr;
    TrayStatus m_status;
};
} // namespace belfry::desktop
