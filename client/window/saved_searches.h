#pragma once

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>
#include <optional>

namespace belfry::window {
struct SavedSearch
{
    QString name;
    QString query;
    friend bool operator==(const SavedSearch &, const SavedSearch &) = default;
};

/// The searches that a person keeps under names (C3), in the order in which they were saved. Rows come, go
/// and change; a reset only as they are read. One thread.
class SavedSearches : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("the program makes it")
    Q_PROPERTY(int count READ count NOTIFY countChanged)
public:
    enum Role { NameRole = Qt::UserRole + 1, QueryRole };
    static constexpr qsizetype most = 50;

    explicit SavedSearches(QObject *parent = nullptr);

    /// As they were kept; tells no change of them.
    void set(const QList<SavedSearch> &searches);
    [[nodiscard]] const QList<SavedSearch> &all() const { return m_searches; }
    [[nodiscard]] int count() const { return int(m_searches.size()); }

    /// Something that is not among them, and there is room for it.
    Q_INVOKABLE [[nodiscard]] bool canSave(const QString &query) const;
    /// Why this can't be the name of that row (−1: of a new one), for people; "": it can.
    Q_INVOKABLE [[nodiscard]] QString problemOf(const QString &name, int row) const;
    // What can't be does nothing.
    Q_INVOKABLE void save(const QString &name, const QString &query);
    Q_INVOKABLE void rename(int row, const QString &name);
    Q_INVOKABLE void remove(int row);
    /// The last one that was removed, where it was.
    void takeBack();

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void countChanged();
    /// By the person: to be kept.
    void changed();
    void removed(const QString &name);

private:
    struct Removed
    {
        qsizetype row = 0;
        SavedSearch search;
    };
    void insert(qsizetype row, const SavedSearch &search);
    [[nodiscard]] bool isRow(int row) const { return row >= 0 && row < count(); }

    QList<SavedSearch> m_searches;
    std::optional<Removed> m_removed;
};
} // namespace belfry::window
