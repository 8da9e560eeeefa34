#pragma once

#include "protocol/timeline_answer.h"
#include "window/clock.h"
#include "window/words.h"

#include <QVariantList>
#include <QtQml/qqmlregistration.h>

namespace belfry::window {
/// Who knows why something came: the server. One thread.
class WhySource
{
public:
    using Answer = std::function<void(model::Result<protocol::TimelineAnswer>)>;

    virtual ~WhySource() = default;
    /// At most once, through the event loop.
    virtual void why(const model::NotificationId &id, Answer answer) = 0;
};

/// "Why did I get this?": what decided on each way to the person, and each step since. One thread.
class WhyView : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("the program makes it")
    Q_PROPERTY(bool isAsking READ isAsking NOTIFY changed)
    Q_PROPERTY(QString problem READ problem NOTIFY changed)
    Q_PROPERTY(QString requestId READ requestId NOTIFY changed)
    Q_PROPERTY(QVariantList ways READ ways NOTIFY changed)
    Q_PROPERTY(QVariantList steps READ steps NOTIFY changed)
public:
    WhyView(WhySource &source, Teller teller, QObject *parent = nullptr);

    Q_INVOKABLE void ask(const QString &id);

    [[nodiscard]] bool isAsking() const { return m_isAsking; }
    [[nodiscard]] QString problem() const { return m_problem; }
    /// Of the request that the server refused; "": none.
    [[nodiscard]] QString requestId() const { return m_requestId; }
    Q_INVOKABLE void copyRequestId() { Q_EMIT copyWanted(m_requestId); }
    [[nodiscard]] QVariantList ways() const;  ///< {name, state, why} each
    [[nodiscard]] QVariantList steps() const; ///< {when, what} each, with the time since the one before

Q_SIGNALS:
    void changed();
    void copyWanted(const QString &text);

private:
    WhySource &m_source;
    const Teller m_teller;
    quint64 m_serial = 0;
    bool m_isAsking = false;
    QString m_problem;
    QString m_requestId;
    protocol::TimelineAnswer m_answer;
};
} // namespace belfry::window
