#pragma once

#include "client/rest_client.h"

#include <QAbstractListModel>
#include <QPointer>
#include <QtQmlIntegration/qqmlintegration.h>

namespace belfry::account_screens {
/// The computers and telephones that an account is signed in on (H60, H111), this one first, then the last
/// seen. A removed one is signed out. Rows come, go and change; never a reset. GUI thread.
class SessionsModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the program")
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    Q_PROPERTY(bool isBusy READ isBusy NOTIFY busyChanged)
    /// For people, with what the server said; empty: all went well.
    Q_PROPERTY(QString problem READ problem NOTIFY problemChanged)

public:
    enum Role {
        NameRole = Qt::UserRole + 1,
        PlatformRole,
        SeenAtRole, ///< QDateTime, local; invalid: never
        IsThisRole, ///< the computer that shows it: Sign out is its way
        IsGoingRole ///< asked to be signed out, and not answered yet
    };

    explicit SessionsModel(QObject *parent = nullptr);

    /// Whose; `rest` may end before this. Null: nobody is signed in, and there is nothing to list.
    void setAccount(client::RestClient *rest, const model::UserId &user, const model::DeviceId &here);

    /// Loads them anew.
    Q_INVOKABLE void refresh();
    /// Signs that one out. Nothing happens for this computer, or while one of it is under way.
    Q_INVOKABLE void signOut(int row);

    [[nodiscard]] int count() const { return int(m_rows.size()); }
    [[nodiscard]] bool isBusy() const { return m_isBusy; }
    [[nodiscard]] QString problem() const { return m_problem; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void countChanged();
    void busyChanged();
    void problemChanged();

private:
    struct Row
    {
        protocol::DeviceAnswer device;
        bool isGoing = false;
    };
    void take(std::vector<protocol::DeviceAnswer> devices);
    void gone(const model::DeviceId &device, const model::VoidResult &result);
    void removeAt(int row);
    void setBusy(bool isBusy);
    void setProblem(const QString &problem);
    [[nodiscard]] int rowOf(const model::DeviceId &device) const;
    [[nodiscard]] QByteArray query() const;

    QPointer<client::RestClient> m_rest;
    model::UserId m_user;
    model::DeviceId m_here;
    std::vector<Row> m_rows;
    bool m_isBusy = false;
    QString m_problem;
};
} // namespace belfry::account_screens
