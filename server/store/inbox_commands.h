#pragma once

#include "store/command.h"

namespace belfry::store {
/// Ids that an answer names of what an op lost against; there may be more (H24).
inline constexpr qsizetype maxSupersededIds = 500;

class SubmitCommand final : public ReplyingCommand<ports::SubmitResult>
{
public:
    SubmitCommand(runtime::Loop &home, ports::Submit submit,
                  runtime::Reply<Result<ports::SubmitResult>> reply);
    void need(Needs &needs) const override;
    VoidResult apply(Workspace &work) override;
    std::size_t weight() const override;

private:
    ports::Submit m_submit;
};

class PatchCommand final : public ReplyingCommand<model::Notification>
{
public:
    PatchCommand(runtime::Loop &home, ports::Patch patch, runtime::Reply<Result<model::Notification>> reply);
    void need(Needs &needs) const override;
    VoidResult apply(Workspace &work) override;

private:
    ports::Patch m_patch;
};

/// Recall or cancel.
class WithdrawCommand final : public ReplyingCommand<model::Notification>
{
public:
    enum class Kind { Recall, Cancel };
    WithdrawCommand(runtime::Loop &home, Kind kind, model::NotificationId id, model::Instant now,
                    runtime::Reply<Result<model::Notification>> reply);
    void need(Needs &needs) const override;
    VoidResult apply(Workspace &work) override;

private:
    Kind m_kind;
    model::NotificationId m_id;
};

class OpsCommand final : public ReplyingCommand<ports::OpsResult>
{
public:
    OpsCommand(runtime::Loop &home, model::UserId user, std::vector<model::Op> ops, model::Instant now,
               runtime::Reply<Result<ports::OpsResult>> reply);
    void need(Needs &needs) const override;
    VoidResult apply(Workspace &work) override;
    std::size_t weight() const override;

private:
    [[nodiscard]] bool isKnown(Workspace &work, const Workspace::User &user, const model::Op &op) const;
    [[nodiscard]] model::OpApplied applyOne(Workspace &work, Workspace::User &user,
                                            const model::Op &op) const;

    model::UserId m_user;
    std::vector<model::Op> m_ops;
};

class SettleCommand final : public ReplyingCommand<int>
{
public:
    SettleCommand(runtime::Loop &home, std::vector<ports::Settle> items, model::Instant now,
                  runtime::Reply<Result<int>> reply);
    void need(Needs &needs) const override;
    VoidResult apply(Workspace &work) override;
    std::size_t weight() const override { return m_items.size(); }

private:
    std::vector<ports::Settle> m_items;
};

class LegacyIdsCommand final : public ReplyingCommand<std::vector<qint32>>
{
public:
    LegacyIdsCommand(runtime::Loop &home, std::vector<model::NotificationId> ids, model::Instant now,
                     runtime::Reply<Result<std::vector<qint32>>> reply);
    void need(Needs &needs) const override;
    VoidResult apply(Workspace &work) override;
    std::size_t weight() const override { return m_ids.size(); }

private:
    std::vector<model::NotificationId> m_ids;
};

/// Nobody waits for it.
class CursorsCommand final : public Command
{
public:
    struct Cursor
    {
        model::UserId user;
        model::DeviceId device;
        model::Seq seq = 0;
        model::Instant at;
    };
    CursorsCommand(std::vector<Cursor> cursors, model::Instant now);
    void need(Needs &needs) const override;
    VoidResult apply(Workspace &work) override;
    void refuse(const model::Error &) override {} // a lost cursor costs a repeat, nothing else
    runtime::Loop *home() const override { return nullptr; }
    runtime::Task takeReply() override { return {}; }
    std::size_t weight() const override { return m_cursors.size(); }
    model::Instant now() const override { return m_now; }

private:
    std::vector<Cursor> m_cursors;
    model::Instant m_now;
};
} // namespace belfry::store
