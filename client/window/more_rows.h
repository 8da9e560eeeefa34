#pragma once

#include "window/row_source.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace belfry::window {
/// What comes below the last row of the list: page after page of what the server has and this computer has
/// not, as somebody wants it. One thread.
class MoreRows : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("the list has one")
    Q_PROPERTY(State state READ state NOTIFY changed)
    Q_PROPERTY(QString problem READ problem NOTIFY changed)
    Q_PROPERTY(QString requestId READ requestId NOTIFY changed)
public:
    enum State {
        Nothing, ///< all is here
        Some,    ///< there is more
        Loading,
        Failed, ///< `problem` says why
        Full    ///< there is more, but not for this computer
    };
    Q_ENUM(State)
    /// Asks for the page that begins there (empty: the first one).
    using Ask = std::function<void(const model::Text &from, RowSource::Reply reply)>;

    explicit MoreRows(QObject *parent = nullptr);

    /// There may be more of this: pages come when they are wanted. What was asked for before is not heard.
    void offer(Ask ask);
    void clear();
    /// This went wrong, and is what a retry asks for.
    void fail(const model::Error &error, Ask ask);

    [[nodiscard]] State state() const { return m_state; }
    /// For people.
    [[nodiscard]] QString problem() const { return m_problem; }
    /// Of the request that the server refused; "": none.
    [[nodiscard]] QString requestId() const { return m_requestId; }

    /// The next page, when there is one and none is under way. After a failure it takes a retry.
    Q_INVOKABLE void load();
    Q_INVOKABLE void retry();
    Q_INVOKABLE void copyRequestId() { Q_EMIT copyWanted(m_requestId); }

Q_SIGNALS:
    void changed();
    /// They are in the model.
    void found(const QList<belfry::model::NotificationId> &ids);
    void copyWanted(const QString &text);

private:
    void set(State state, const QString &problem = {}, const model::Text &requestId = {});
    void take(const model::Result<session::RowPage> &page);

    Ask m_ask;
    model::Text m_from;
    quint64 m_serial = 0;
    State m_state = Nothing;
    QString m_problem;
    QString m_requestId;
};
} // namespace belfry::window
