#include "store/workspace.h"

namespace belfry::store {
using model::NotificationId;

VoidResult Workspace::load(const Needs &needs, model::Instant now)
{
    VoidResult done = loadUsers(needs, now);
    if (done)
        done = loadItems(needs);
    if (done)
        done = loadCollapsing(needs);
    if (done)
        done = loadDeduplicating(needs);
    if (done)
        done = loadRanges(needs);
    if (done)
        done = loadAnswers(needs);
    if (done)
        done = loadOps(needs);
    if (done && needs.legacyIds > 0) {
        const auto first = m_tx.takeLegacyIds(needs.legacyIds);
        if (!first)
            return tl::unexpected(first.error());
        m_nextLegacyId = *first;
    }
    return done;
}

VoidResult Workspace::loadUsers(const Needs &needs, model::Instant now)
{
    std::vector<UserWish> wishes;
    std::unordered_set<model::UserId> asked;
    for (const model::UserId &id : needs.makeUsers) {
        if (asked.insert(id).second)
            wishes.push_back({id, 0, true});
    }
    for (const model::UserId &id : needs.users) {
        if (asked.insert(id).second)
            wishes.push_back({id, 0, false});
    }
    if (!needs.items.empty()) {
        std::vector<UserKey> owners;
        if (auto done = m_tx.owners(needs.items, owners); !done)
            return done;
        for (const UserKey key : std::unordered_set<UserKey>(owners.begin(), owners.end())) {
            if (key != 0)
                wishes.push_back({{}, key, false});
        }
    }
    return wishes.empty() ? VoidResult{} : lockUsers(wishes, now);
}

VoidResult Workspace::lockUsers(const std::vector<UserWish> &wishes, model::Instant now)
{
    std::vector<UserRow> rows;
    if (auto done = m_tx.lockUsers(wishes, now, rows); !done)
        return done;
    for (UserRow &row : rows) {
        if (row.key == 0)
            continue;
        const auto [it, fresh] = m_users.try_emplace(row.id);
        if (fresh)
            it->second.row = std::move(row);
        m_byKey[it->second.row.key] = &it->second;
    }
    return {};
}

Result<Workspace::User *> Workspace::userMade(const model::UserId &id, model::Instant now)
{
    if (!user(id)) {
        if (auto done = lockUsers({{id, 0, true}}, now); !done)
            return tl::unexpected(done.error());
    }
    return user(id);
}

Workspace::Item &Workspace::adopt(NotificationRow row)
{
    const auto [it, fresh] = m_items.try_emplace(row.item.id);
    if (fresh) {
        it->second.row = std::move(row);
        it->second.stored = it->second.row.item.engagement;
        it->second.flags = rowFlags(it->second.row.item);
    }
    return it->second;
}

VoidResult Workspace::loadItems(const Needs &needs)
{
    if (needs.items.empty())
        return {};
    Rows rows;
    if (auto done = m_tx.notifications(needs.items, rows); !done)
        return done;
    for (auto &row : rows) {
        if (row)
            adopt(std::move(*row));
    }
    return {};
}

VoidResult Workspace::loadCollapsing(const Needs &needs)
{
    std::vector<TextProbe> probes;
    std::unordered_set<Keyed, KeyedHash> asked;
    const auto ask = [&](UserKey key, const model::Text &text) {
        if (!text.isEmpty() && asked.insert({key, text}).second)
            probes.push_back({key, text, {}});
    };
    for (const Needs::Keyed &keyed : needs.collapse) {
        if (const User *found = user(keyed.user))
            ask(found->row.key, keyed.key);
    }
    for (const NotificationId &id : needs.releasing) {
        if (const Item *found = item(id))
            ask(found->row.user, found->row.item.content.collapseKey);
    }
    if (probes.empty())
        return {};
    Rows rows;
    if (auto done = m_tx.collapsing(probes, rows); !done)
        return done;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i])
            m_collapsing[{probes[i].user, probes[i].text}] = adopt(std::move(*rows[i])).row.item.id;
    }
    return {};
}

VoidResult Workspace::loadDeduplicating(const Needs &needs)
{
    std::vector<TextProbe> probes;
    std::unordered_map<Keyed, std::size_t, KeyedHash> asked;
    for (const Needs::Keyed &keyed : needs.dedupe) {
        const User *found = user(keyed.user);
        if (!found)
            continue;
        const auto [it, fresh] = asked.try_emplace({found->row.key, keyed.key}, probes.size());
        if (fresh)
            probes.push_back({found->row.key, keyed.key, keyed.since});
        else
            probes[it->second].since = std::min(probes[it->second].since, keyed.since);
    }
    if (probes.empty())
        return {};
    std::vector<std::optional<DedupedRow>> rows;
    if (auto done = m_tx.deduplicating(probes, rows); !done)
        return done;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (!rows[i])
            continue;
        const model::Instant at = rows[i]->at;
        m_deduplicating[{probes[i].user, probes[i].text}] = {at, adopt(std::move(rows[i]->row)).row.item.id};
    }
    return {};
}

VoidResult Workspace::loadRanges(const Needs &needs)
{
    // One question a user, however many ops there are: range() picks again.
    std::vector<RangeProbe> probes;
    std::unordered_map<UserKey, std::size_t> asked;
    for (const Needs::Range &range : needs.ranges) {
        const User *found = user(range.user);
        if (!found)
            continue;
        const auto [it, fresh] = asked.try_emplace(found->row.key, probes.size());
        if (fresh)
            probes.push_back({found->row.key, 0, 0});
        RangeProbe &probe = probes.at(it->second);
        probe.upTo = std::max(probe.upTo, range.upTo);
        probe.flags |= range.flags;
    }
    if (probes.empty())
        return {};
    std::vector<std::vector<NotificationRow>> rows;
    if (auto done = m_tx.ranges(probes, rows); !done)
        return done;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        std::vector<Item *> &items = m_ranges[probes[i].user];
        for (NotificationRow &row : rows[i]) {
            // What somebody asked for by its id is here already, and whole.
            const bool isKnown = m_items.contains(row.item.id);
            Item &found = adopt(std::move(row));
            found.isWhole = isKnown;
            items.push_back(&found);
        }
    }
    return {};
}

VoidResult Workspace::loadAnswers(const Needs &needs)
{
    if (needs.answers.empty())
        return {};
    std::vector<std::optional<AnswerRow>> rows;
    if (auto done = m_tx.answers(needs.answers, rows); !done)
        return done;
    for (auto &row : rows) {
        if (row)
            m_answers[row->key.scope + '\0' + row->key.key] = std::move(*row);
    }
    return {};
}

VoidResult Workspace::loadOps(const Needs &needs)
{
    std::vector<OpProbe> probes;
    for (const auto &[id, op] : needs.ops) {
        if (const User *found = user(id))
            probes.push_back({found->row.key, op});
    }
    if (probes.empty())
        return {};
    std::vector<std::optional<OpRow>> rows;
    if (auto done = m_tx.ops(probes, rows); !done)
        return done;
    for (auto &row : rows) {
        if (row)
            m_ops[{row->user, row->applied.id.text}] = std::move(*row);
    }
    return {};
}
} // namespace belfry::store
