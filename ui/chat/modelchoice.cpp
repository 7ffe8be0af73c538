// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/modelchoice.h"

#include "api/capabilitybook.h"
#include "catalogue/modelpicker.h"
#include "models/conversation.h"

namespace diptych {

ModelChoice::ModelChoice(Conversation &conversation, CatalogueModel &catalogue, QWidget *parent)
    : QObject(parent)
    , m_conversation(conversation)
    , m_picker(new ModelPicker(catalogue, parent))
{
    connect(m_picker, &ModelPicker::modelChosen, this, [this](const ModelRef &model) {
        if (m_use)
            m_use(model);
    });
}

void ModelChoice::open(
    const QString &paneId, QWidget *anchor, std::vector<ModelRef> excluded, std::function<void(const ModelRef &)> use)
{
    m_use = std::move(use);
    m_picker->setExcluded(std::move(excluded));
    const PaneState *pane = m_conversation.pane(paneId);
    m_picker->popup(anchor, pane ? pane->model : ModelRef {});
}

void ModelChoice::forNewPane(QWidget *anchor)
{
    open({}, anchor, {}, [this](const ModelRef &model) { m_conversation.addPane(model); });
}

void ModelChoice::forPane(const QString &paneId, QWidget *anchor)
{
    open(paneId, anchor, {}, [this, paneId](const ModelRef &model) { m_conversation.setPaneModel(paneId, model); });
}

void ModelChoice::forTurn(const QString &paneId, int turn, QWidget *anchor)
{
    open(paneId, anchor, {},
        [this, paneId, turn](const ModelRef &model) { m_conversation.regenerate(paneId, turn, model); });
}

void ModelChoice::forRepair(const QString &paneId, QWidget *anchor)
{
    const PaneState *state = m_conversation.pane(paneId);
    if (!state)
        return;
    const Answer *last = nullptr;
    for (const Turn &turn : m_conversation.session().turns) {
        if (const Answer *answer = answerOf(turn, paneId))
            last = answer;
    }
    const QString ability = last && last->error ? abilityOfParameter(last->error->parameter) : QString();
    std::vector<ModelRef> excluded {state->model};
    if (m_book && !ability.isEmpty()) {
        for (const CapabilityBook::Entry &entry : m_book->entries()) {
            if (entry.capabilities.value(ability).state == CapabilityState::State::Refused)
                excluded.push_back(entry.model);
        }
    }
    open(paneId, anchor, std::move(excluded), [this, paneId](const ModelRef &model) {
        m_conversation.setPaneModel(paneId, model);
        m_conversation.regenerate(paneId);
    });
}

} // namespace diptych
