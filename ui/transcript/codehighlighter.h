// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <memory>
#include <vector>

namespace diptych {

/// Finds keywords, strings and comments in lines of code, through GNU Source-highlight. Languages are loaded when first
/// asked for; an unknown language, a missing file or a bad line give no spans and do no harm. One for the application.
class CodeHighlighter
{
public:
    enum class Token { Keyword, Type, Text, Comment, Number, Function, Preprocessor };
    struct Span {
        int start = 0; ///< UTF-16 units from the start of the line
        int length = 0;
        Token token = Token::Keyword;
    };
    /// Where a line left off: inside a comment, say. Opaque; null before the first line.
    struct Carry;
    struct Line {
        std::vector<Span> spans {};
        std::shared_ptr<const Carry> carry {};
    };

    CodeHighlighter();
    ~CodeHighlighter();
    Q_DISABLE_COPY_MOVE(CodeHighlighter)

    /// `language` as a fence names it: "python", "js", "c++".
    [[nodiscard]] bool knows(const QString &language);
    [[nodiscard]] Line highlight(
        const QString &language, const QString &line, const std::shared_ptr<const Carry> &before);

private:
    struct Engine;
    std::unique_ptr<Engine> m_engine;
};

} // namespace diptych
