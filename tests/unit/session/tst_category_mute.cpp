#include "session/category_mute.h"

#include <QtTest>

namespace belfry::session {
using model::Channel;

class TestCategoryMute : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void silencesWhatCallsForAttention();
    void bringsBackWhatTheRowSaid();
    void withoutMemoryTheDefaultsAreBack();
};

namespace {
std::optional<bool> said(const model::Preferences &preferences, const char *category, Channel channel)
{
    return preferences.matrix.value(category).byChannel[std::size_t(channel)];
}
} // namespace

void TestCategoryMute::silencesWhatCallsForAttention()
{
    model::Preferences preferences;
    preferences.matrix["build"].byChannel[std::size_t(Channel::InApp)] = true;
    preferences.matrix["build"].byChannel[std::size_t(Channel::Webhook)] = true;
    preferences.matrix["other"].any = true;
    const model::Preferences before = preferences;
    silence(preferences, "build");
    for (const Channel channel : {Channel::Toast, Channel::Email, Channel::Sms, Channel::Push})
        QCOMPARE(said(preferences, "build", channel), std::optional(false));
    QCOMPARE(said(preferences, "build", Channel::InApp), std::optional(true));
    QCOMPARE(said(preferences, "build", Channel::Webhook), std::optional(true));
    QCOMPARE(preferences.matrix.value("other"), before.matrix.value("other"));
}

void TestCategoryMute::bringsBackWhatTheRowSaid()
{
    model::Preferences preferences;
    preferences.matrix["build"].byChannel[std::size_t(Channel::Email)] = true;
    const model::Preferences before = preferences;
    silence(preferences, "build");
    restore(preferences, "build", before.matrix.value("build"));
    QCOMPARE(preferences, before);
}

void TestCategoryMute::withoutMemoryTheDefaultsAreBack()
{
    model::Preferences preferences;
    silence(preferences, "build");
    restore(preferences, "build", {});
    QCOMPARE(preferences, model::Preferences());
}
} // namespace belfry::session

QTEST_APPLESS_MAIN(belfry::session::TestCategoryMute)
#include "tst_category_mute.moc"
