// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tokenspans.h"

#include <QSyntaxHighlighter>

namespace diptych {

/// A stretch of a document.
struct TextRange {
    qsizetype start = 0;
    qsizetype length = 0;
    [[nodiscard]] qsizetype end() const { return start + length; }
    bool operator==(const TextRange &) const = default;
};

/// Colours what a model wrote, without a trace in the document or its undo history.
class TokenHighlighter : public QSyntaxHighlighter
{
    Q_OBJECT
public:
    /// Both are read at every highlighting and have to outlive this object's document.
    TokenHighlighter(const std::vector<TextRange> &generated, const TokenSpans &spans, QTextDocument *document);

    void setHeat(bool isOn);
    void setMarksGenerated(bool marks); ///< on by default
    /// Highlights the blocks of a range again.
    void refresh(qsizetype start, qsizetype end);

protected:
    void highlightBlock(const QString &text) override;

private:
    const std::vector<TextRange> &m_generated;
    const TokenSpans &m_spans;
    bool m_heat = false;
    bool m_marksGenerated = true;
};

} // namespace diptych
