#include "net/handler.h"

namespace belfry::net {
namespace {
void answerDefect(Responder::Target *target, ConnectionId connection)
{
    if (target)
        target->abandon(connection);
}
} // namespace

Responder::Responder(Responder &&other) noexcept
    : m_target(other.take())
    , m_connection(other.m_connection)
{
}

Responder &Responder::operator=(Responder &&other) noexcept
{
    if (this == &other)
        return *this;
    answerDefect(take(), m_connection);
    m_target = other.take();
    m_connection = other.m_connection;
    return *this;
}

Responder::~Responder()
{
    answerDefect(take(), m_connection);
}

void Responder::respond(HttpResponse response)
{
    if (Target *target = take())
        target->respond(m_connection, std::move(response));
}

void Responder::upgrade(QByteArray subprotocol, std::function<void(Connection &)> opened)
{
    if (Target *target = take())
        target->upgrade(m_connection, std::move(subprotocol), std::move(opened));
}

void Responder::stream(HttpResponse head, std::function<void(Connection &)> opened)
{
    if (Target *target = take())
        target->stream(m_connection, std::move(head), std::move(opened));
}
} // namespace belfry::net
