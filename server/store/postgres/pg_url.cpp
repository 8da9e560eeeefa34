#include "store/postgres/pg_url.h"

#include <QUrl>
#include <QUrlQuery>

namespace belfry::store {
using namespace Qt::StringLiterals;
using model::Text;

namespace {
constexpr char help[] =
    "the database URL is not understood: use postgresql://user:password@host:port/name and "
    "write special characters of the password as %XX";

/// As libpq reads it: in quotes, with backslashes before quotes and backslashes.
QString quoted(QString value)
{
    value.replace(u'\\', u"\\\\"_s).replace(u'\'', u"\\'"_s);
    return u'\'' + value + u'\'';
}

bool isPassedOn(const QString &name)
{
    return name == u"sslmode" || name == u"sslrootcert" || name == u"sslcert" || name == u"sslkey";
}
} // namespace

Text PgTarget::shown() const
{
    return "PostgreSQL at " + host.toUtf8() + ':' + Text::number(port) + '/' + database.toUtf8();
}

model::Result<PgTarget> parsePgUrl(const Text &text)
{
    const QUrl url(QString::fromUtf8(text), QUrl::StrictMode);
    if (!url.isValid() || url.path().size() < 2)
        return model::fail(model::ErrorCode::Invalid, help);
    PgTarget target{url.host(), url.port(5432), {}, {}, {}, {}};
    target.user = url.userName(QUrl::FullyDecoded);
    target.password = url.password(QUrl::FullyDecoded);
    target.database = url.path(QUrl::FullyDecoded).mid(1);
    const auto items = QUrlQuery(url).queryItems(QUrl::FullyDecoded);
    for (const auto &[name, value] : items) {
        if (name == u"host")
            target.host = value;
        else if (isPassedOn(name) && !value.contains(u';')) // Qt takes it for the end of the option
            target.tls += name + u'=' + quoted(value) + u';';
        else
            return model::fail(model::ErrorCode::Invalid,
                               "the database URL has an unknown option: " + name.toUtf8().left(40));
    }
    if (target.host.isEmpty())
        return model::fail(model::ErrorCode::Invalid, help);
    return target;
}
} // namespace belfry::store
