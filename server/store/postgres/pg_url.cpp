#include "store/postgres/pg_url.h"

#include <QUrl>
#include <QUrlQuery>

namespace belfry::store {
using model::Text;

namespace {
constexpr char help[] =
    "the database URL is not understood: use postgresql://user:password@host:port/name and "
    "write special characters of the password as %XX";

bool isPassedOn(const QString &name)
{
    return name == u"sslmode" || name == u"sslrootcert" || name == u"sslcert" || name == u"sslkey";
}
} // namespace

Text PgTarget::shown() const
{
    return "PostgreSQL at " + host + ':' + Text::number(port) + '/' + database;
}

model::Result<PgTarget> parsePgUrl(const Text &text)
{
    const QUrl url(QString::fromUtf8(text), QUrl::StrictMode);
    if (!url.isValid() || url.path().size() < 2)
        return model::fail(model::ErrorCode::Invalid, help);
    PgTarget target{url.host().toUtf8(), url.port(5432), {}, {}, {}, {}};
    target.user = url.userName(QUrl::FullyDecoded).toUtf8();
    target.password = url.password(QUrl::FullyDecoded).toUtf8();
    target.database = url.path(QUrl::FullyDecoded).mid(1).toUtf8();
    const auto items = QUrlQuery(url).queryItems(QUrl::FullyDecoded);
    for (const auto &[name, value] : items) {
        if (name == u"host")
            target.host = value.toUtf8();
        else if (isPassedOn(name))
            target.tls.emplace_back(name.toUtf8(), value.toUtf8());
        else
            return model::fail(model::ErrorCode::Invalid,
                               "the database URL has an unknown option: " + name.toUtf8().left(40));
    }
    if (target.host.isEmpty())
        return model::fail(model::ErrorCode::Invalid, help);
    return target;
}
} // namespace belfry::store
