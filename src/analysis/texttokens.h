// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

namespace diptych {

/// A stretch of text that is compared as one. Offsets count UTF-16 units, as QString does.
struct TextToken {
    qsizetype start = 0;
    qsizetype length = 0;
    quint64 hash = 0; ///< of its characters; equal tokens have equal hashes
    bool isLine = false; ///< a whole line inside or at the edge of a code fence; else a word or a single character
    [[nodiscard]] qsizetype end() const { return start + length; }
    bool operator==(const TextToken &) const = default;
};

/// A text cut into what a comparison looks at, while the text grows. In prose these are words (letters, digits and
/// marks; of scripts without spaces each character) and single other characters; in fenced code they are whole lines.
/// White space is no token: it is what stands between them. However the text was cut on its way, the tokens are the
/// same.
class TextTokens
{
public:
    TextTokens() = default;
    /// A finished text.
    explicit TextTokens(const QString &text) { update(text, true); }

    /// Takes the text so far. Cheap when it only grew; any other change begins anew, see revision().
    void update(const QString &text, bool isFinished);

    [[nodiscard]] const QString &text() const { return m_text; }
    [[nodiscard]] const std::vector<TextToken> &tokens() const { return m_tokens; }
    /// Tokens from the beginning that no further text can change.
    [[nodiscard]] qsizetype stableCount() const { return m_stable; }
    [[nodiscard]] bool isFinished() const { return m_isFinished; }
    /// Grows whenever tokens that were stable are not any more, because the text was replaced.
    [[nodiscard]] int revision() const { return m_revision; }
    [[nodiscard]] QStringView view(const TextToken &token) const
    {
        return QStringView(m_text).mid(token.start, token.length);
    }

private:
    void scan(qsizetype from);
    void scanLine(qsizetype from, qsizetype end);
    void scanProse(qsizetype from, qsizetype end);
    void add(qsizetype start, qsizetype end, bool isLine);

    QString m_text;
    std::vector<TextToken> m_tokens;
    qsizetype m_stable = 0;
    qsizetype m_resume = 0; ///< where scanning goes on when the text grows
    qsizetype m_lineStart = 0; ///< of the line that m_resume is in
    QChar m_fence; ///< character of the fence that is open at m_lineStart; null outside
    qsizetype m_fenceLength = 0;
    int m_revision = 0;
    bool m_isFinished = false;
};

} // namespace diptych
