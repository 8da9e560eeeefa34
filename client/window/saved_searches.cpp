#include "window/saved_searches.h"

#include <algorithm>
#include <utility>

namespace belfry::window {
SavedSearches::SavedSearches(QObject *parent)
    : QAbstractListModel(parent)
{
}

void SavedSearches::set(const QList<SavedSearch> &searches)
{
    beginResetModel();
    m_searches = searches.mid(0, most);
    m_removed.reset();
    endResetModel();
    Q_EMIT countChanged();
}

bool SavedSearches::canSave(const QString &query) const
{
    const QString wanted = query.simplified();
    return !wanted.isEmpty() && m_searches.size() < most &&
           std::none_of(m_searches.begin(), m_searches.end(),
                        [&](const SavedSearch &one) { return one.query == wanted; });
}

QString SavedSearches::problemOf(const QString &name, int row) const
{
    const QString wanted = name.simplified();
    if (wanted.isEmpty())
        return tr("It needs a name.");
    for (int other = 0; other < count(); ++other) {
        if (other != row && m_searches[other].name.compare(wanted, Qt::CaseInsensitive) == 0)
            return tr("Another one has this name.");
    }
    return {};
}

void SavedSearches::save(const QString &name, const QString &query)
{
    if (!canSave(query) || !problemOf(name, -1).isEmpty())
        return;
    insert(m_searches.size(), {name.simplified(), query.simplified()});
    Q_EMIT changed();
}

void SavedSearches::rename(int row, const QString &name)
{
    const QString wanted = name.simplified();
    if (!isRow(row) || m_searches[row].name == wanted || !problemOf(name, row).isEmpty())
        return;
    m_searches[row].name = wanted;
    Q_EMIT dataChanged(index(row), index(row), {NameRole});
    Q_EMIT changed();
}

void SavedSearches::remove(int row)
{
    if (!isRow(row))
        return;
    beginRemoveRows({}, row, row);
    m_removed = Removed{row, m_searches.takeAt(row)};
    endRemoveRows();
    Q_EMIT countChanged();
    Q_EMIT changed();
    Q_EMIT removed(m_removed->search.name);
}

void SavedSearches::takeBack()
{
    const std::optional<Removed> back = std::exchange(m_removed, std::nullopt);
    // Saved anew meanwhile, or another one has its place.
    if (!back || !canSave(back->search.query) || !problemOf(back->search.name, -1).isEmpty())
        return;
    insert(std::min(back->row, m_searches.size()), back->search);
    Q_EMIT changed();
}

void SavedSearches::insert(qsizetype row, const SavedSearch &search)
{
    beginInsertRows({}, int(row), int(row));
    m_searches.insert(row, search);
    endInsertRows();
    Q_EMIT countChanged();
}

int SavedSearches::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant SavedSearches::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const SavedSearch &search = m_searches[index.row()];
    return role == NameRole ? search.name : role == QueryRole ? search.query : QVariant();
}

QHash<int, QByteArray> SavedSearches::roleNames() const
{
    return {{NameRole, "name"}, {QueryRole, "query"}};
}
} // namespace belfry::window

#include "moc_saved_searches.cpp"
