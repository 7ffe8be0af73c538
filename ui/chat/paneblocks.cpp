// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/paneblocks.h"

#include "chat/toolblocks.h"
#include "chat/turnfiles.h"
#include "models/sessiontree.h"
#include "store/attachment.h"

#include <QCoreApplication>

#include <algorithm>

namespace diptych {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("diptych::PaneBlocks", text);
}

TranscriptBlock mark(const QString &text)
{
    return {.speaker = TranscriptSpeaker::Mark, .markdown = text};
}

QString stateText(const Answer &answer)
{
    switch (answer.state) {
    case Answer::State::Stopped:
        return tr("stopped by you");
    case Answer::State::Interrupted:
        return tr("interrupted: the program ended while this was streaming");
    case Answer::State::AwaitingTools:
        return tr("waits for the results of its tools");
    case Answer::State::Failed:
        return answer.message.text().isEmpty() ? tr("no answer") : tr("incomplete");
    case Answer::State::Complete:
        if (answer.finishReason == u"length")
            return tr("cut at the token limit");
        if (answer.finishReason == u"content_filter")
            return tr("cut by the content filter");
        break;
    case Answer::State::Streaming:
        break;
    }
    return {};
}

QString adoptedText(const Turn &turn, const Answer &answer)
{
    if (turn.adoptedAnswerId == 0)
        return {};
    if (turn.adoptedAnswerId == answer.id)
        return tr("all panes go on with this answer");
    const auto adopted = std::find_if(turn.answers.begin(), turn.answers.end(),
        [&turn](const Answer &known) { return known.id == turn.adoptedAnswerId; });
    if (adopted == turn.answers.end())
        return {};
    return adopted->paneId == answer.paneId ? tr("goes on with an earlier answer of this pane")
                                            : tr("goes on with another pane's answer");
}

/// How often the pane answered the turn, and with which models.
std::vector<const Answer *> answersOf(const Turn &turn, const QString &paneId)
{
    std::vector<const Answer *> answers;
    for (const Answer &answer : turn.answers) {
        if (answer.paneId == paneId && answer.repeat <= 1)
            answers.push_back(&answer);
    }
    return answers;
}

/// Follows the model of a pane from answer to answer, and tells switches from answers of another model for once.
class ModelTrack
{
public:
    ModelTrack(const Session &session, const QString &paneId)
        : m_session(session)
        , m_paneId(paneId)
    {
    }

    /// Whether the pane went over to another model with this answer.
    bool isSwitch(std::size_t turn, const Answer &answer)
    {
        const ModelRef next = modelAfter(turn);
        if (!m_model.isValid()) {
            const ModelRef first = answersOf(m_session.turns[turn], m_paneId).front()->model;
            m_model = first == next ? first : answer.model;
            return false;
        }
        if (answer.model == m_model || next == m_model)
            return false;
        m_model = answer.model;
        return true;
    }
    [[nodiscard]] bool isOnce(const Answer &answer) const { return answer.model != m_model; }
    [[nodiscard]] const ModelRef &model() const { return m_model; }

private:
    ModelRef modelAfter(std::size_t turn) const
    {
        for (std::size_t later = turn + 1; later < m_session.turns.size(); ++later) {
            if (const Answer *answer = answerOf(m_session.turns[later], m_paneId))
                return answer->model;
        }
        const auto pane = std::find_if(m_session.panes.begin(), m_session.panes.end(),
            [this](const PaneState &known) { return known.id == m_paneId; });
        return pane == m_session.panes.end() ? ModelRef() : pane->model;
    }

    const Session &m_session;
    const QString &m_paneId;
    ModelRef m_model {};
};

TranscriptBlock answerBlock(const Turn &turn, int number, const Answer &answer, const QString &caption)
{
    return {.speaker = TranscriptSpeaker::Assistant,
        .caption = caption,
        .markdown = shownAnswer(answer.message.text()),
        .reasoning = answer.message.reasoning,
        .footer = answerFooter(turn, answer),
        .turn = number};
}

} // namespace

QString answerCaption(int turn, const QString &modelLabel)
{
    return tr("%1 · %2").arg(turn + 1).arg(modelLabel);
}

QString answerFooter(const Turn &turn, const Answer &answer)
{
    QStringList parts {stateText(answer), adoptedText(turn, answer)};
    parts.removeAll(QString());
    return parts.join(QStringLiteral(" · "));
}

TranscriptBlock promptBlock(const Session &session, int turn)
{
    const Turn &asked = session.turns[static_cast<std::size_t>(turn)];
    QString caption = tr("%1 · you").arg(turn + 1);
    const std::vector<qint64> versions = siblings(session, asked.id);
    if (versions.size() > 1) {
        const auto place = std::find(versions.begin(), versions.end(), asked.id) - versions.begin();
        caption += tr(" · version %1 of %2").arg(place + 1).arg(versions.size());
    }
    return {.speaker = TranscriptSpeaker::User,
        .caption = caption,
        .markdown = typedText(asked.prompt),
        .files = transcriptFiles(asked.prompt, turn),
        .turn = turn};
}

std::vector<TranscriptBlock> promptBlocks(const Session &session)
{
    std::vector<TranscriptBlock> blocks;
    for (int turn = 0; turn < std::ssize(session.turns); ++turn)
        blocks.push_back(promptBlock(session, turn));
    return blocks;
}

PaneBlocks paneBlocks(const Session &session, const PaneBlocksRequest &request)
{
    PaneBlocks shown;
    ModelTrack track(session, request.paneId);
    const bool tells = request.hiddenName.isEmpty();
    const auto name = [&request, tells](const QString &label) { return tells ? label : request.hiddenName; };
    for (std::size_t index = 0; index < session.turns.size(); ++index) {
        const Turn &turn = session.turns[index];
        const Answer *answer = answerOf(turn, request.paneId);
        const int number = static_cast<int>(index);
        if (!answer || number < request.firstTurn)
            continue;
        shown.last = answer;
        if (track.isSwitch(index, *answer) && tells)
            shown.blocks.push_back(mark(tr("model switched to %1").arg(answer->modelLabel)));
        if (request.hasPrompts)
            shown.blocks.push_back(promptBlock(session, number));
        addToolRounds(shown.blocks, *answer, name(answer->modelLabel), number);
        if (request.answerUnderWay != 0 && answer->id == request.answerUnderWay) {
            shown.openTurn = number;
            return shown;
        }
        QString caption = answerCaption(number, name(answer->modelLabel));
        if (track.isOnce(*answer) && tells)
            caption += tr(" · this turn only");
        if (const std::size_t attempts = answersOf(turn, request.paneId).size(); attempts > 1)
            caption += tr(" · answer %1").arg(attempts);
        shown.blocks.push_back(answerBlock(turn, number, *answer, caption));
        if (answer->error && answer->state == Answer::State::Failed) {
            shown.blocks.push_back({.speaker = TranscriptSpeaker::Notice,
                .markdown = answer->error->message,
                .isError = true,
                .turn = number});
        }
    }
    const auto pane = std::find_if(session.panes.begin(), session.panes.end(),
        [&request](const PaneState &known) { return known.id == request.paneId; });
    if (tells && pane != session.panes.end() && track.model().isValid() && pane->model != track.model())
        shown.blocks.push_back(mark(tr("model switched to %1; the next prompt goes to it").arg(request.modelLabel)));
    return shown;
}

} // namespace diptych
