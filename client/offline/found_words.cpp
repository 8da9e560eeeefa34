#include "offline/found_words.h"

#include "model/folding.h"

#include <QTextBoundaryFinder>
#include <algorithm>
#include <utility>

namespace belfry::offline {
namespace {
/// A word as the index has it, and where each of its characters comes from.
struct Word
{
    std::u32string folded;
    std::vector<Span> sources;
};

class Cutter
{
public:
    explicit Cutter(const QString &text)
        : m_text(text)
    {
    }

    std::vector<Word> words()
    {
        // A character with its marks folds alone as it does among others.
        QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, m_text);
        qsizetype from = 0;
        for (qsizetype to = finder.toNextBoundary(); to > from; to = finder.toNextBoundary()) {
            take({from, to - from});
            from = to;
        }
        end();
        return std::move(m_words);
    }

private:
    void take(Span source)
    {
        for (const char32_t c : model::foldedCharacters(m_text.mid(source.from, source.length))) {
            const bool isAlone = model::isOfRuns(c);
            if (isAlone || !QChar::isLetterOrNumber(c))
                end();
            if (!QChar::isLetterOrNumber(c))
                continue;
            m_word.folded.push_back(c);
            m_word.sources.push_back(source);
            if (isAlone)
                end();
        }
    }
    void end()
    {
        if (!m_word.folded.empty())
            m_words.push_back(std::exchange(m_word, {}));
    }

    const QString &m_text;
    Word m_word;
    std::vector<Word> m_words;
};

/// Spans that touch become one.
QList<Span> united(QList<Span> spans)
{
    std::sort(spans.begin(), spans.end(), [](const Span &a, const Span &b) { return a.from < b.from; });
    QList<Span> apart;
    for (const Span &span : spans) {
        if (apart.isEmpty() || apart.last().from + apart.last().length < span.from)
            apart.append(span);
        else
            apart.last().length = std::max(apart.last().length, span.from + span.length - apart.last().from);
    }
    return apart;
}
} // namespace

FoundWords::FoundWords(const model::Text &query)
{
    for (const Phrase &phrase : phrasesOf(query)) {
        Wanted wanted{{}, phrase.isOpen};
        for (const QString &word : phrase.words.split(u' '))
            wanted.words.push_back(word.toStdU32String());
        m_phrases.push_back(std::move(wanted));
    }
}

QList<Span> FoundWords::in(const QString &text) const
{
    QList<Span> spans;
    if (isEmpty())
        return spans;
    const std::vector<Word> words = Cutter(text).words();
    for (const Wanted &wanted : m_phrases) {
        const std::size_t count = wanted.words.size();
        const std::u32string &tail = wanted.words.back();
        for (std::size_t at = 0; at + count <= words.size(); ++at) {
            const Word &last = words[at + count - 1];
            const bool ends = wanted.isOpen ? last.folded.starts_with(tail) : last.folded == tail;
            if (!ends || !std::equal(wanted.words.begin(), std::prev(wanted.words.end()),
                                     words.begin() + qsizetype(at),
                                     [](const std::u32string &a, const Word &b) { return a == b.folded; }))
                continue;
            const qsizetype from = words[at].sources.front().from;
            const Span end = last.sources[tail.size() - 1];
            spans.append({from, end.from + end.length - from});
        }
    }
    return united(std::move(spans));
}
} // namespace belfry::offline
