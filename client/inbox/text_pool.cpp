#include "inbox/text_pool.h"

namespace belfry::inbox {
namespace {
/// What was decoded from a text of the wire may have reserved three times its length.
void squeeze(model::Text &text)
{
    if (text.capacity() > text.size())
        text.squeeze();
}
} // namespace

void TextPool::share(model::Text &text)
{
    if (text.isEmpty())
        return;
    if (const auto known = m_texts.constFind(text); known != m_texts.constEnd()) {
        text = *known;
        return;
    }
    squeeze(text);
    if (m_texts.size() >= mostTexts)
        m_texts.clear();
    m_texts.insert(text);
}

void TextPool::share(model::Notification &item)
{
    model::Content &content = item.content;
    for (model::Text *text : {&item.user.text, &content.type, &content.data, &content.priority, &content.icon,
                              &content.source, &content.thread, &content.actorId})
        share(*text);
    for (model::Text *text : {&content.title, &content.message, &content.link, &content.collapseKey,
                              &content.dedupeKey, &item.traceparent})
        squeeze(*text);
    for (model::Action &action : content.actions) {
        for (model::Text *text : {&action.id, &action.title})
            share(*text);
        squeeze(action.url);
    }
}
} // namespace belfry::inbox
