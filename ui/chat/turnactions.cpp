// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/turnactions.h"

#include "models/conversation.h"
#include "store/attachment.h"
#include "theme/theme.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>

#include <algorithm>

namespace diptych {

namespace {

template <typename Slot>
QAction *make(QObject *owner, const char *icon, const QString &text, bool inBar, Slot slot)
{
    auto *action = new QAction(themeIcon(QString::fromLatin1(icon)), text, owner);
    action->setObjectName(QStringLiteral("turn-") + QString::fromLatin1(icon));
    action->setProperty("inBar", inBar);
    QObject::connect(action, &QAction::triggered, owner, slot);
    return action;
}

bool isPartial(const Answer &answer)
{
    return answer.state != Answer::State::Complete || answer.finishReason == u"length";
}

void copy(const QString &text)
{
    QGuiApplication::clipboard()->setText(text);
}

} // namespace

TurnActions::TurnActions(Conversation &conversation, QObject *parent)
    : QObject(parent)
    , m_conversation(conversation)
{
}

std::vector<QAction *> TurnActions::make(const TurnPlace &place, QObject *owner)
{
    std::vector<QAction *> actions;
    if (place.turn < 0 || place.turn >= std::ssize(m_conversation.session().turns))
        return actions;
    if (place.isPrompt)
        addPromptActions(place, owner, actions);
    else
        addAnswerActions(place, owner, actions);
    return actions;
}

void TurnActions::addPromptActions(const TurnPlace &place, QObject *owner, std::vector<QAction *> &actions)
{
    const Turn &turn = m_conversation.session().turns[static_cast<std::size_t>(place.turn)];
    actions.push_back(diptych::make(
        owner, "edit", tr("Edit this prompt and ask again"), true, [this, place] { Q_EMIT editRequested(place); }));
    addVersions(turn, owner, actions);
    actions.push_back(diptych::make(owner, "branch", tr("New branch from before this prompt"), false,
        [this, place] { m_conversation.rewindTo(place.turn - 1); }));
    const QString text = typedText(turn.prompt);
    actions.push_back(diptych::make(owner, "copy", tr("Copy the prompt"), true, [text] { copy(text); }));
}

void TurnActions::addVersions(const Turn &turn, QObject *owner, std::vector<QAction *> &actions)
{
    const std::vector<qint64> versions = siblings(m_conversation.session(), turn.id);
    if (versions.size() < 2)
        return;
    const auto place = std::find(versions.begin(), versions.end(), turn.id);
    const auto add = [&](const char *icon, const QString &text, bool isThere, qint64 id) {
        QAction *action = diptych::make(owner, icon, text, true, [this, id] { m_conversation.showBranch(id); });
        action->setEnabled(isThere);
        actions.push_back(action);
    };
    const bool hasEarlier = place != versions.begin();
    const bool hasLater = std::next(place) != versions.end();
    add("chevron-left", tr("Earlier version of this prompt"), hasEarlier, hasEarlier ? *std::prev(place) : 0);
    auto *count =
        new QAction(QStringLiteral("%1/%2").arg(place - versions.begin() + 1).arg(versions.size()), owner); // ‹ 2/3 ›
    count->setEnabled(false);
    count->setProperty("inBar", true);
    actions.push_back(count);
    add("chevron-right", tr("Later version of this prompt"), hasLater, hasLater ? *std::next(place) : 0);
}

void TurnActions::addAnswerActions(const TurnPlace &place, QObject *owner, std::vector<QAction *> &actions)
{
    const Turn &turn = m_conversation.session().turns[static_cast<std::size_t>(place.turn)];
    const Answer *answer = answerOf(turn, place.paneId);
    if (!answer)
        return;
    const bool isRunning = m_conversation.isRunning(place.paneId);
    const QString text = answer->message.text();
    const qint64 answerId = answer->id;
    actions.push_back(diptych::make(owner, "regenerate", tr("Ask again"), true,
        [this, place] { m_conversation.regenerate(place.paneId, place.turn); }));
    actions.push_back(diptych::make(owner, "swap", tr("Ask again with another model, this turn only…"), true,
        [this, place] { Q_EMIT otherModelRequested(place.paneId, place.turn); }));
    QAction *goOn = diptych::make(owner, "continue", tr("Let the model continue this answer"), isPartial(*answer),
        [this, place] { m_conversation.continueAnswer(place.paneId, place.turn); });
    goOn->setEnabled(!isRunning && !text.isEmpty());
    actions.push_back(goOn);
    if (m_conversation.session().panes.size() > 1) {
        const bool isAdopted = turn.adoptedAnswerId == answerId;
        QAction *adopt = diptych::make(owner, "check",
            isAdopted ? tr("Each pane goes on with its own answer again") : tr("Continue all panes with this answer"),
            true,
            [this, place, answerId, isAdopted] { m_conversation.adoptAnswer(place.turn, isAdopted ? 0 : answerId); });
        adopt->setCheckable(true);
        adopt->setChecked(isAdopted);
        adopt->setEnabled(!text.isEmpty());
        actions.push_back(adopt);
    }
    actions.push_back(diptych::make(owner, "branch", tr("New branch after this answer"), false,
        [this, place] { m_conversation.rewindTo(place.turn); }));
    actions.push_back(diptych::make(owner, "copy", tr("Copy the answer"), true, [text] { copy(text); }));
}

void TurnActions::editPrompt(int turn, const QString &text)
{
    if (turn < 0 || turn >= std::ssize(m_conversation.session().turns))
        return;
    Message prompt = m_conversation.session().turns[static_cast<std::size_t>(turn)].prompt;
    std::erase_if(prompt.content, [](const ContentPart &part) {
        const auto *typed = std::get_if<TextPart>(&part);
        return typed && typed->name.isEmpty();
    });
    if (!text.trimmed().isEmpty())
        prompt.content.insert(prompt.content.begin(), TextPart {.text = text});
    if (!prompt.content.empty())
        m_conversation.editTurn(turn, prompt);
}

} // namespace diptych
