// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "completion/completiontext.h"

#include "completion/completionedit.h"

#include <algorithm>

namespace diptych {

namespace {

constexpr std::chrono::milliseconds frame {20};

const CompletionChoice *choiceOf(const CompletionOutcome *outcome, int sample)
{
    if (!outcome)
        return nullptr;
    const auto &choices = outcome->response.choices;
    const auto found = std::find_if(
        choices.begin(), choices.end(), [sample](const CompletionChoice &choice) { return choice.index == sample; });
    return found == choices.end() ? nullptr : &*found;
}

} // namespace

CompletionText::CompletionText(CompletionEdit &editor, CompletionBoard &board, QObject *parent)
    : QObject(parent)
    , m_editor(editor)
    , m_board(board)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(frame);
    connect(&m_timer, &QTimer::timeout, this, [this] { show(false); });
    connect(&m_board, &CompletionBoard::deltaReceived, this, [this](int column) {
        if (column == m_column && !m_timer.isActive())
            m_timer.start();
    });
    connect(&m_board, &CompletionBoard::outcomeChanged, this, [this](int column) {
        if (column == m_column && m_board.outcome(column)->isOver())
            show(true);
    });
    // Its answer is not the one that stands in the text.
    connect(&m_board, &CompletionBoard::asked, this, [this](int column) {
        if (column == m_column)
            follow(0, 0);
    });
}

void CompletionText::follow(int column, int sample)
{
    m_timer.stop();
    m_column = column;
    m_sample = sample;
    Q_EMIT sampleChanged(column, sample);
}

void CompletionText::start(int position, int column)
{
    m_editor.beginGeneration(position);
    follow(column, 0);
}

void CompletionText::show(bool isFinal)
{
    m_timer.stop();
    const CompletionJob *job = m_board.job(m_column);
    if (const CompletionChoice *choice = choiceOf(m_board.outcome(m_column), m_sample); job && choice)
        m_editor.showChoice(job->request, *choice, isFinal);
}

void CompletionText::goBackTo(const CompletionRequest &request)
{
    const int start = m_editor.generationStart();
    follow(0, 0);
    if (start >= 0 && m_editor.toPlainText().left(start) == request.prompt) {
        m_editor.removeGenerated();
        return;
    }
    m_editor.restart(request.prompt, request.suffix.value_or(QString()));
    Q_EMIT wentBack();
}

void CompletionText::take(int column, int sample)
{
    const CompletionJob *job = m_board.job(column);
    if (!job || !choiceOf(m_board.outcome(column), sample))
        return;
    goBackTo(job->request);
    follow(column, sample);
    show(m_board.outcome(column)->isOver());
}

void CompletionText::take(const CompletionRequest &request, const CompletionChoice &choice)
{
    goBackTo(request);
    m_editor.showChoice(request, choice, true);
}

bool CompletionText::isStreaming() const
{
    return m_board.isRunning(m_column);
}

void CompletionText::point(CompletionEdit *text, const CompletionRequest *request, const TokenSpans::Span *span)
{
    if (!span)
        return;
    m_pointed = text;
    m_pointedRequest = request ? *request : CompletionRequest {};
}

int CompletionText::putAlternative(qsizetype position, const QString &token)
{
    // The text may have changed since.
    const TokenSpans::Span *span = m_pointed ? m_pointed->spans().at(position) : nullptr;
    if (!span || span->start != position)
        return -1;
    if (m_pointed == &m_editor) {
        const int start = static_cast<int>(position);
        m_editor.truncateGenerated(start);
        m_editor.beginGeneration(start);
        m_editor.appendGenerated(token);
        return start + static_cast<int>(token.size());
    }
    // In a card: its text up to there comes along.
    CompletionChoice taken {.text = m_pointed->toPlainText().left(position) + token};
    for (const TokenSpans::Span &earlier : m_pointed->spans().between(0, position))
        taken.logprobs.push_back(earlier.token);
    CompletionRequest request = m_pointedRequest;
    request.echo.reset();
    take(request, taken);
    return m_editor.generationStart() + static_cast<int>(taken.text.size());
}

} // namespace diptych
