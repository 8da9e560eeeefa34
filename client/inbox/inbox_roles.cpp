#include "inbox/inbox_model.h"
#include "inbox/op_effect.h"
#include "inbox/wall_clock.h"

#include <QDateTime>
#include <iterator>

// What a row tells.
namespace belfry::inbox {
using model::Text;

namespace {
QVariant moment(const model::MaybeInstant &at)
{
    return dateTimeOf(at);
}

QVariant words(const Text &text)
{
    return QString::fromUtf8(text);
}

QVariant actionsOf(const model::Content &content)
{
    QVariantList actions;
    for (const model::Action &action : content.actions)
        actions.append(QVariantMap{{QStringLiteral("id"), words(action.id)},
                                   {QStringLiteral("title"), words(action.title)},
                                   {QStringLiteral("url"), words(action.url)}});
    return actions;
}

QVariant progressOf(const model::Content &content)
{
    return content.progress ? QVariant(*content.progress) : QVariant();
}

struct RoleRow
{
    int role;
    const char *name;
    QVariant (*value)(const Entry &);
};

// clang-format off
constexpr RoleRow roles[] = {
    {InboxModel::IdRole, "notificationId", [](const Entry &e) { return words(e.shown->id.toText()); }},
    {InboxModel::TitleRole, "title", [](const Entry &e) { return words(e.shown->content.title); }},
    {InboxModel::MessageRole, "message", [](const Entry &e) { return words(e.shown->content.message); }},
    {InboxModel::SourceRole, "source", [](const Entry &e) { return words(e.shown->content.source); }},
    {InboxModel::CategoryRole, "category", [](const Entry &e) { return words(e.shown->content.type); }},
    {InboxModel::ThreadRole, "thread", [](const Entry &e) { return words(e.shown->content.thread); }},
    {InboxModel::ActorRole, "actor", [](const Entry &e) { return words(e.shown->content.actorId); }},
    {InboxModel::IconRole, "icon", [](const Entry &e) { return words(e.shown->content.icon); }},
    {InboxModel::LinkRole, "link", [](const Entry &e) { return words(e.shown->content.link); }},
    {InboxModel::DataRole, "dataText", [](const Entry &e) { return words(e.shown->content.data); }},
    {InboxModel::ActionsRole, "actions", [](const Entry &e) { return actionsOf(e.shown->content); }},
    {InboxModel::ProgressRole, "progress", [](const Entry &e) { return progressOf(e.shown->content); }},
    {InboxModel::UrgencyRole, "urgency", [](const Entry &e) { return QVariant(int(e.shown->content.urgency)); }},
    {InboxModel::CriticalRole, "critical", [](const Entry &e) { return QVariant(e.shown->content.critical); }},
    {InboxModel::NeedsAckRole, "needsAck", [](const Entry &e) { return QVariant(waitsForAck(e.shown)); }},
    {InboxModel::CreatedAtRole, "createdAt", [](const Entry &e) { return moment(e.shown->createdAt); }},
    {InboxModel::UpdatedAtRole, "updatedAt", [](const Entry &e) { return moment(e.shown->updatedAt); }},
    {InboxModel::PlacedAtRole, "placedAt", [](const Entry &e) { return moment(e.placedAt); }},
    {InboxModel::ExpiresAtRole, "expiresAt", [](const Entry &e) { return moment(e.shown->expiresAt); }},
    {InboxModel::SeenAtRole, "seenAt", [](const Entry &e) { return moment(e.shown->engagement.seen); }},
    {InboxModel::ReadAtRole, "readAt", [](const Entry &e) { return moment(e.shown->engagement.read); }},
    {InboxModel::AckedAtRole, "ackedAt", [](const Entry &e) { return moment(e.shown->engagement.acked); }},
    {InboxModel::ArchivedAtRole, "archivedAt", [](const Entry &e) { return moment(e.shown->engagement.archived); }},
    {InboxModel::SnoozedUntilRole, "snoozedUntil", [](const Entry &e) { return moment(e.shown->engagement.snoozedUntil); }},
    {InboxModel::DeletedAtRole, "deletedAt", [](const Entry &e) { return moment(e.shown->engagement.deleted); }},
    {InboxModel::WokeAtRole, "wokeAt", [](const Entry &e) { return moment(e.wokeAt); }},
    {InboxModel::UnreadRole, "unread", [](const Entry &e) { return QVariant(!e.shown->engagement.read); }},
    {InboxModel::ActiveRole, "active", [](const Entry &e) { return QVariant(model::isActive(e.shown)); }},
    {InboxModel::PendingRole, "pending", [](const Entry &e) { return QVariant(e.isPending); }},
    {InboxModel::RevisionRole, "revision", [](const Entry &e) { return QVariant(e.shown->revision); }},
    {InboxModel::SeqRole, "seq", [](const Entry &e) { return QVariant(e.shown->seq); }},
    {InboxModel::PlaceRole, "place", [](const Entry &e) { return QVariant(e.shown->createdSeq); }},
};
// clang-format on
static_assert(std::size(roles) == InboxModel::EndRole - InboxModel::IdRole);
} // namespace

QVariant InboxModel::data(const QModelIndex &index, int role) const
{
    const Entry *entry = checkIndex(index, CheckIndexOption::IndexIsValid) ? entryAt(index.row()) : nullptr;
    if (!entry)
        return {};
    const int wanted = role == Qt::DisplayRole ? int(TitleRole) : role;
    if (wanted < IdRole || wanted >= EndRole)
        return {};
    return roles[wanted - IdRole].value(*entry);
}

QHash<int, QByteArray> InboxModel::roleNames() const
{
    QHash<int, QByteArray> names;
    for (const RoleRow &row : roles)
        names.insert(row.role, row.name);
    return names;
}
} // namespace belfry::inbox
