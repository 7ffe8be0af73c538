// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/http/answerwriter.h"

namespace diptych {

/// An AnswerWriter that stands in front of another and passes everything on; to be changed in part.
class AnswerRelay : public AnswerWriter
{
public:
    explicit AnswerRelay(AnswerWriter &next)
        : m_next(next)
    {
    }

    void answer(int status, const HeaderList &headers, const QByteArray &body) override
    {
        m_next.answer(status, headers, body);
    }
    void beginStream(const QByteArray &contentType, const HeaderList &headers) override
    {
        m_next.beginStream(contentType, headers);
    }
    void write(const QByteArray &bytes) override { m_next.write(bytes); }
    void endStream(bool close = false) override { m_next.endStream(close); }
    void cut() override { m_next.cut(); }
    [[nodiscard]] bool hasBegun() const override { return m_next.hasBegun(); }
    void noteSubject(const QString &subject) override { m_next.noteSubject(subject); }
    void noteAsked() override { m_next.noteAsked(); }
    void noteProblem(const QString &problem) override { m_next.noteProblem(problem); }

protected:
    [[nodiscard]] AnswerWriter &next() { return m_next; }

private:
    AnswerWriter &m_next;
};

} // namespace diptych
