#include "account_screens/sessions_model.h"

#include "inbox/wall_clock.h"
#include "session/error_text.h"

#include <QDateTime>
#include <algorithm>

namespace belfry::account_screens {
using client::RestClient;
using protocol::DeviceAnswer;

namespace {
QByteArray inAddress(const model::Text &text)
{
    return QUrl::toPercentEncoding(QString::fromUtf8(text));
}
} // namespace

SessionsModel::SessionsModel(QObject *parent)
    : QAbstractListModel(parent)
{
}

void SessionsModel::setAccount(RestClient *rest, const model::UserId &user, const model::DeviceId &here)
{
    while (!m_rows.empty())
        removeAt(int(m_rows.size()) - 1);
    m_rest = rest;
    m_user = user;
    m_here = here;
    setBusy(false);
    setProblem({});
}

/// Of a key the server does not know whose devices are meant.
QByteArray SessionsModel::query() const
{
    return "?user_id=" + inAddress(m_user.text);
}

void SessionsModel::refresh()
{
    if (!m_rest || m_isBusy)
        return;
    setBusy(true);
    m_rest->send(this, "GET", "/api/v1/devices" + query(), {},
                 [this, asked = m_rest](const model::Result<RestClient::Response> &response) {
                     if (asked != m_rest)
                         return; // another account's
                     setBusy(false);
                     auto devices =
                         response ? protocol::parseDevices(response->body) : tl::unexpected(response.error());
                     setProblem(devices ? QString() : session::errorReport(devices.error()));
                     if (devices)
                         take(*std::move(devices));
                 });
}

/// Rows that are still there keep their place where the order allows it.
void SessionsModel::take(std::vector<DeviceAnswer> devices)
{
    const auto rank = [this](const DeviceAnswer &device) {
        return std::pair(device.id != m_here, -device.seenAt.value_or(model::Instant{0}).us);
    };
    std::stable_sort(devices.begin(), devices.end(),
                     [&](const DeviceAnswer &a, const DeviceAnswer &b) { return rank(a) < rank(b); });
    const auto isListed = [&](const Row &row) {
        return std::any_of(devices.begin(), devices.end(),
                           [&](const DeviceAnswer &device) { return device.id == row.device.id; });
    };
    for (int row = int(m_rows.size()) - 1; row >= 0; --row) {
        if (!isListed(m_rows[std::size_t(row)]))
            removeAt(row);
    }
    for (int row = 0; row < int(devices.size()); ++row) {
        DeviceAnswer &device = devices[std::size_t(row)];
        const int from = rowOf(device.id);
        if (from < 0) {
            beginInsertRows({}, row, row);
            m_rows.insert(m_rows.begin() + row, Row{std::move(device), false});
            endInsertRows();
            Q_EMIT countChanged();
            continue;
        }
        if (from != row) {
            beginMoveRows({}, from, from, {}, row);
            std::rotate(m_rows.begin() + row, m_rows.begin() + from, m_rows.begin() + from + 1);
            endMoveRows();
        }
        if (m_rows[std::size_t(row)].device != device) {
            m_rows[std::size_t(row)].device = std::move(device);
            Q_EMIT dataChanged(index(row), index(row));
        }
    }
}

void SessionsModel::signOut(int row)
{
    if (!m_rest || row < 0 || row >= count())
        return;
    Row &going = m_rows[std::size_t(row)];
    if (going.isGoing || going.device.id == m_here)
        return;
    going.isGoing = true;
    Q_EMIT dataChanged(index(row), index(row), {IsGoingRole});
    m_rest->send(this, "DELETE", "/api/v1/devices/" + inAddress(going.device.id.text) + query(), {},
                 [this, device = going.device.id](const model::Result<RestClient::Response> &response) {
                     gone(device, response ? model::VoidResult() : tl::unexpected(response.error()));
                 });
}

void SessionsModel::gone(const model::DeviceId &device, const model::VoidResult &result)
{
    const int row = rowOf(device);
    if (row < 0)
        return;
    const bool isGone = result || result.error().code == model::ErrorCode::NotFound;
    setProblem(isGone ? QString() : session::errorReport(result.error()));
    if (isGone)
        return removeAt(row);
    m_rows[std::size_t(row)].isGoing = false;
    Q_EMIT dataChanged(index(row), index(row), {IsGoingRole});
}

void SessionsModel::removeAt(int row)
{
    beginRemoveRows({}, row, row);
    m_rows.erase(m_rows.begin() + row);
    endRemoveRows();
    Q_EMIT countChanged();
}

int SessionsModel::rowOf(const model::DeviceId &device) const
{
    const auto found =
        std::find_if(m_rows.begin(), m_rows.end(), [&](const Row &row) { return row.device.id == device; });
    return found == m_rows.end() ? -1 : int(found - m_rows.begin());
}

void SessionsModel::setBusy(bool isBusy)
{
    if (std::exchange(m_isBusy, isBusy) != isBusy)
        Q_EMIT busyChanged();
}

void SessionsModel::setProblem(const QString &problem)
{
    if (std::exchange(m_problem, problem) != problem)
        Q_EMIT problemChanged();
}

int SessionsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant SessionsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case NameRole:
        return QString::fromUtf8(row.device.name.isEmpty() ? row.device.id.text : row.device.name);
    case PlatformRole:
        return QString::fromUtf8(row.device.platform);
    case SeenAtRole:
        return inbox::dateTimeOf(row.device.seenAt).toLocalTime();
    case IsThisRole:
        return row.device.id == m_here;
    case IsGoingRole:
        return row.isGoing;
    default:
        return {};
    }
}

QHash<int, QByteArray> SessionsModel::roleNames() const
{
    return {{NameRole, "name"},
            {PlatformRole, "platform"},
            {SeenAtRole, "seenAt"},
            {IsThisRole, "isThis"},
            {IsGoingRole, "isGoing"}};
}
} // namespace belfry::account_screens

#include "moc_sessions_model.cpp"
