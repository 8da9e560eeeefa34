#include "store/folding.h"

#include "model/folding.h"

#include <QString>
#include <algorithm>

namespace belfry::store {
using model::Text;

namespace {
constexpr qsizetype maxWordCharacters = 64;
constexpr std::size_t maxSearchWords = 16;

bool isAscii(const Text &text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool isAsciiWord(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// The usual case without a detour over QString.
std::vector<Text> asciiWords(const Text &text)
{
    std::vector<Text> words;
    Text word;
    const auto end = [&] {
        if (!word.isEmpty() && words.size() < maxWords)
            words.push_back(word.left(maxWordCharacters));
        word.clear();
    };
    for (const char c : text) {
        if (isAsciiWord(c))
            word.append(c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
        else
            end();
    }
    end();
    return words;
}

/// Cuts folded text into words and runs.
class Cutter
{
public:
    explicit Cutter(bool withLast)
        : m_withLast(withLast)
    {
    }

    void take(char32_t c)
    {
        if (!QChar::isLetterOrNumber(c)) {
            finish();
            return;
        }
        const bool run = model::isOfRuns(c);
        if (run != m_isRun)
            finish();
        m_isRun = run;
        m_word.push_back(c);
    }
    std::vector<Text> finishAll()
    {
        finish();
        return std::move(m_words);
    }

private:
    void finish()
    {
        if (m_word.empty())
            return;
        if (m_isRun)
            addRun();
        else
            add(QString::fromUcs4(m_word.data(), std::min<qsizetype>(std::ssize(m_word), maxWordCharacters)));
        m_word.clear();
    }
    void addRun()
    {
        for (std::size_t i = 0; i + 1 < m_word.size(); ++i)
            add(QString::fromUcs4(m_word.data() + i, 2));
        if (m_withLast || m_word.size() == 1)
            add(QString::fromUcs4(&m_word.back(), 1));
    }
    void add(const QString &word)
    {
        if (m_words.size() < maxWords)
            m_words.push_back(word.toUtf8());
    }

    bool m_withLast;
    bool m_isRun = false;
    std::u32string m_word;
    std::vector<Text> m_words;
};

std::vector<Text> unicodeWords(const Text &text, bool withLast)
{
    Cutter cutter(withLast);
    for (const char32_t c : model::foldedCharacters(QString::fromUtf8(text)))
        cutter.take(c);
    return cutter.finishAll();
}
} // namespace

std::vector<Text> foldedWords(const Text &text)
{
    return isAscii(text) ? asciiWords(text) : unicodeWords(text, true);
}

std::vector<Text> searchWords(const Text &query)
{
    std::vector<Text> words = isAscii(query) ? asciiWords(query) : unicodeWords(query, false);
    if (words.size() > maxSearchWords)
        words.resize(maxSearchWords);
    return words;
}

bool matches(const std::vector<Text> &words, const Text &title, const Text &message)
{
    std::vector<Text> have = foldedWords(title);
    const std::vector<Text> more = foldedWords(message);
    have.insert(have.end(), more.begin(), more.end());
    return std::all_of(words.begin(), words.end(), [&](const Text &word) {
        return std::any_of(have.begin(), have.end(),
                           [&](const Text &other) { return other.startsWith(word); });
    });
}
} // namespace belfry::store
