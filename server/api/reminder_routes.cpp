#include "api/reminder_routes.h"

#include "api/api_context.h"
#include "api/legacy_routes.h"
#include "protocol/legacy.h"

namespace belfry::api {
namespace {
using Sent = service::Reminders::Sent;

QByteArrayView messageOf(const Sent &sent)
{
    if (sent.sent > 0)
        return "Reminder sent";
    return sent.alreadyToday > 0 ? "Reminder was sent today already" : "Nobody to remind";
}

void answerSent(CallPtr call, const Sent &sent)
{
    answer(std::move(call), 201, protocol::legacyMessage(messageOf(sent)));
}

using Send = void (service::Reminders::*)(runtime::Loop &, const auth::Principal &,
                                          std::optional<model::UserId>, runtime::Reply<model::Result<Sent>>);

void remind(CallPtr call, Send send)
{
    const auto asked = protocol::parseReminder(call->body(), claimOf(*call));
    if (!asked)
        return fail(std::move(call), asked.error());
    const ApiContext &context = call->context();
    const auth::Principal &who = call->principal();
    (context.services.reminders.*send)(context.loop, who, asked->user,
                                       orFail<Sent>(std::move(call), answerSent));
}
} // namespace

void postDailyReminder(CallPtr call)
{
    remind(std::move(call), &service::Reminders::daily);
}

void postStreakReminder(CallPtr call)
{
    remind(std::move(call), &service::Reminders::streak);
}
} // namespace belfry::api
