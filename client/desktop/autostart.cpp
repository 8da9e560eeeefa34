#include "desktop/autostart.h"

#include "desktop/application_id.h"

#include <QDir>
#include <QFileInfo>
#include <QSaveFile>
#include <QStandardPaths>

namespace belfry::desktop {
using model::ErrorCode;

namespace {
QString autostartFile(const QString &folder)
{
    const QString where = folder.isEmpty()
                              ? QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) +
                                    QStringLiteral("/autostart")
                              : folder;
    return QDir(where).filePath(applicationId + QStringLiteral(".desktop"));
}

/// An argument of an Exec line: quoted, its reserved characters escaped, and all that once more as every
/// value of a .desktop file has it.
QByteArray quoted(const QString &argument)
{
    QByteArray text = argument.toUtf8();
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('`', "\\`").replace('$', "\\$");
    text.replace('\\', "\\\\").replace('%', "%%");
    return '"' + text + '"';
}

QByteArray contentFor(const QString &program)
{
    return "[Desktop Entry]\n"
           "Type=Application\n"
           "Name=Belfry\n"
           "Comment=Notifications\n"
           "Icon=" +
           applicationId.toUtf8() +
           "\n"
           "Exec=" +
           quoted(program) +
           " --hidden\n"
           "Terminal=false\n"
           "X-GNOME-Autostart-enabled=true\n";
}

/// The last value of a key in the entry's own group.
QByteArray valueOf(const QByteArray &content, const QByteArray &key)
{
    QByteArray value;
    bool isInEntry = false;
    for (const QByteArray &raw : content.split('\n')) {
        const QByteArray line = raw.trimmed();
        if (line.startsWith('['))
            isInEntry = line == "[Desktop Entry]";
        else if (isInEntry && line.left(line.indexOf('=')).trimmed() == key)
            value = line.mid(line.indexOf('=') + 1).trimmed();
    }
    return value;
}
} // namespace

Autostart::Autostart(const QString &program, const QString &folder)
    : m_program(program)
    , m_file(autostartFile(folder))
{
}

bool Autostart::isOn() const
{
    QFile file(m_file);
    if (!file.open(QIODevice::ReadOnly))
        return false;
    const QByteArray content = file.readAll();
    return valueOf(content, "Hidden") != "true" && valueOf(content, "X-GNOME-Autostart-enabled") != "false" &&
           !valueOf(content, "Exec").isEmpty();
}

model::VoidResult Autostart::set(bool isOn) const
{
    const auto failed = [this](const QString &why) {
        return model::fail(ErrorCode::Unavailable, (m_file + QStringLiteral(": ") + why).toUtf8());
    };
    if (!isOn) {
        QFile file(m_file);
        if (file.exists() && !file.remove())
            return failed(file.errorString());
        return {};
    }
    if (!QDir().mkpath(QFileInfo(m_file).path()))
        return failed(QStringLiteral("its folder can't be made"));
    QSaveFile file(m_file);
    const QByteArray content = contentFor(m_program);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size() || !file.commit())
        return failed(file.errorString());
    return {};
}
} // namespace belfry::desktop
