// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace diptych::openai {

/// Takes `<think>…</think>` at the start of an answer apart from the answer, however the text is cut. Text that could
/// still become a tag is held back until it is decided.
/// Source: DeepSeek-R1 and its relatives under Azure api-version 2024-05-01-preview and on local servers.
class ThinkSplitter
{
public:
    /// Appends what is decided by now to `text` or `reasoning`.
    void feed(const QString &piece, QString &text, QString &reasoning);
    /// Appends what was held back; nothing more comes.
    void finish(QString &text, QString &reasoning);

private:
    enum class State { Start, Opened, Thinking, Between, Answering };
    void decideStart(QString &text, QString &reasoning);
    void takeReasoning(QString &text, QString &reasoning);
    void skipGap(QString &text);

    State m_state = State::Start;
    QString m_held;
};

} // namespace diptych::openai
