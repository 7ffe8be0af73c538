// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/promptdesk.h"

#include "api/connections.h"
#include "api/modelcharge.h"
#include "chat/composer.h"
#include "chat/panepromptdialog.h"
#include "models/contentcheck.h"
#include "models/conversation.h"
#include "models/requestsession.h"
#include "store/attachment.h"

#include <QMenu>

#include <algorithm>

namespace diptych {

namespace {

constexpr std::chrono::milliseconds historyPause {150};
constexpr std::chrono::milliseconds gaugePause {60};
constexpr std::chrono::milliseconds valuesPause {300}; // they are written to disk

const QString sendAnyway = QStringLiteral("sendAnyway");
const QString useParameters = QStringLiteral("useParameters");
const QString useModel = QStringLiteral("useModel");
const QString sendToOthers = QStringLiteral("sendToOthers");

/// Panes of the kind that is there now, under the ids that the new session knows them by.
void keepPanes(const Session &from, Session &to)
{
    for (std::size_t i = 0; i < std::min(from.panes.size(), to.panes.size()); ++i) {
        const QString id = to.panes[i].id;
        to.panes[i] = from.panes[i];
        to.panes[i].id = id;
    }
    to.settings = from.settings;
    to.variables = from.variables;
    to.view = from.view;
}

} // namespace

PromptDesk::PromptDesk(Composer &composer, Conversation &conversation, Connections &connections, QObject *parent)
    : QObject(parent)
    , m_composer(composer)
    , m_conversation(conversation)
    , m_connections(connections)
{
    m_valuesTimer.setSingleShot(true);
    m_valuesTimer.setInterval(valuesPause);
    m_historyTimer.setSingleShot(true);
    m_historyTimer.setInterval(historyPause);
    m_gaugeTimer.setSingleShot(true);
    m_gaugeTimer.setInterval(gaugePause);
    connect(&m_historyTimer, &QTimer::timeout, this, &PromptDesk::measureHistory);
    connect(&m_gaugeTimer, &QTimer::timeout, this, &PromptDesk::showGauge);
    connect(&m_composer, &Composer::sendRequested, this, &PromptDesk::send);
    connect(&m_composer, &Composer::scriptRequested, this, &PromptDesk::sendScript);
    connect(&m_composer, &Composer::bannerAction, this, &PromptDesk::act);
    connect(&m_composer, &Composer::textEdited, &m_gaugeTimer, qOverload<>(&QTimer::start));
    connect(&m_composer, &Composer::promptUsed, this, &PromptDesk::offerSettings);
    connect(&m_composer, &Composer::variablesEdited, this, [this](const QJsonObject &values) {
        m_values = values;
        m_valuesTimer.start();
    });
    connect(&m_valuesTimer, &QTimer::timeout, this, &PromptDesk::keepValues);
    connect(&m_composer.systemMenu(), &QMenu::aboutToShow, this, &PromptDesk::fillSystemMenu);
    followConversation();
}

void PromptDesk::followConversation()
{
    const auto measureSoon = qOverload<>(&QTimer::start);
    connect(&m_conversation, &Conversation::sessionReplaced, this, &PromptDesk::showSession);
    connect(&m_conversation, &Conversation::sessionReplaced, &m_historyTimer, measureSoon);
    connect(&m_conversation, &Conversation::branchShown, &m_historyTimer, measureSoon);
    connect(&m_conversation, &Conversation::turnChanged, &m_historyTimer, measureSoon);
    connect(&m_conversation, &Conversation::paneMoved, &m_historyTimer, measureSoon);
    connect(&m_conversation, &Conversation::paneAdded, &m_historyTimer, measureSoon);
    connect(&m_conversation, &Conversation::paneRemoved, &m_historyTimer, measureSoon);
    connect(&m_conversation, &Conversation::paneChanged, &m_historyTimer, measureSoon);
    connect(&m_conversation, &Conversation::settingsChanged, &m_historyTimer, measureSoon);
    connect(&m_conversation, &Conversation::answerFinished, &m_historyTimer, measureSoon);
    connect(&m_connections, &Connections::modelsChanged, &m_historyTimer, measureSoon);
    connect(&m_connections, &Connections::endpointChanged, &m_historyTimer, measureSoon);
}

void PromptDesk::setPrices(const PriceTable *prices)
{
    if (m_prices)
        disconnect(m_prices, nullptr, &m_historyTimer, nullptr);
    m_prices = prices;
    if (m_prices)
        connect(m_prices, &PriceTable::changed, &m_historyTimer, qOverload<>(&QTimer::start));
    m_historyTimer.start();
}

void PromptDesk::keepValues()
{
    m_valuesTimer.stop();
    if (const std::optional<QJsonObject> values = std::exchange(m_values, std::nullopt))
        m_conversation.setVariables(*values);
}

void PromptDesk::showSession()
{
    m_values.reset(); // they were the other session's
    QStringList prompts;
    for (const Turn &turn : m_conversation.session().turns)
        prompts.append(typedText(turn.prompt));
    m_composer.setHistory(prompts);
    m_composer.setVariables(m_conversation.session().variables);
}

QStringList PromptDesk::targets() const
{
    QStringList ids;
    for (const PaneState &pane : m_conversation.session().panes) {
        if (pane.isSynced)
            ids.append(pane.id);
    }
    return ids;
}

std::vector<PromptDesk::Refusal> PromptDesk::refusals(const Message &prompt) const
{
    std::vector<Refusal> refusals;
    int number = 0;
    for (const PaneState &pane : m_conversation.session().panes) {
        ++number;
        if (!pane.isSynced)
            continue;
        // What was attached earlier goes along with every question.
        const ContentKinds content = contentKinds(m_conversation.requestFor(pane.id, prompt).messages);
        const QString alias = m_aliases.value(pane.id);
        const QString text = refusalText(
            alias.isEmpty() ? pane.model.model : alias, content, contentAbilities(pane.model, m_connections, m_book));
        if (text.isEmpty())
            continue;
        const QString line = alias.isEmpty() ? tr("Pane %1: %2.").arg(QString::number(number), text) : text + u'.';
        refusals.push_back({.paneId = pane.id, .text = line});
    }
    // The order of the session would tell who is who.
    if (!m_aliases.isEmpty()) {
        std::sort(refusals.begin(), refusals.end(),
            [](const Refusal &first, const Refusal &second) { return first.text < second.text; });
    }
    return refusals;
}

void PromptDesk::send(const Message &prompt)
{
    const std::vector<Refusal> refused = refusals(prompt);
    if (refused.empty()) {
        deliver(prompt, {});
        return;
    }
    QStringList reasons;
    for (const Refusal &refusal : refused)
        reasons.append(refusal.text);
    std::vector<std::pair<QString, QString>> actions;
    if (refused.size() < static_cast<std::size_t>(targets().size()))
        actions.emplace_back(sendToOthers, tr("Send to the others"));
    actions.emplace_back(sendAnyway, tr("Send anyway"));
    m_composer.showProblem(tr("Not sent"), reasons.join(u'\n'), actions);
}

void PromptDesk::act(const QString &action)
{
    if (action == useParameters) {
        m_conversation.setSettings(merged(m_conversation.session().settings, m_offered.settings));
        return;
    }
    if (action == useModel) {
        m_conversation.addPane(modelCalled(m_offered.model));
        return;
    }
    if (action != sendAnyway && action != sendToOthers)
        return;
    const Result<Message> prompt = m_composer.prompt();
    if (!prompt || m_composer.isBlank())
        return;
    QStringList ids = targets();
    if (action == sendToOthers) {
        for (const Refusal &refusal : refusals(*prompt))
            ids.removeAll(refusal.paneId);
    }
    if (!ids.isEmpty())
        deliver(*prompt, ids);
}

void PromptDesk::deliver(const Message &prompt, const QStringList &paneIds)
{
    keepValues(); // the system prompt may need them
    m_composer.clear();
    m_conversation.ask(prompt, paneIds);
}

void PromptDesk::sendScript(const std::vector<Message> &messages)
{
    keepValues();
    const Session &current = m_conversation.session();
    std::vector<ModelRef> models;
    for (const PaneState &pane : current.panes)
        models.push_back(pane.model);
    ChatRequest request {.messages = messages};
    std::optional<Message> question;
    if (!messages.empty() && messages.back().role == Role::User) {
        question = messages.back();
        request.messages.pop_back();
    }
    RequestSession made = sessionFromRequest(request, models, m_connections);
    keepPanes(current, made.session);
    // Questions in a row are one.
    if (question && !made.prompt.isEmpty())
        question->content.insert(question->content.begin(), TextPart {.text = made.prompt + QStringLiteral("\n\n")});
    m_composer.clear();
    m_conversation.adopt(made.session);
    if (question)
        m_conversation.ask(*question);
    else
        m_composer.setText(made.prompt);
}

void PromptDesk::measureHistory()
{
    if (m_conversation.runningCount() > 0)
        return; // the last answer that ends asks for it again
    m_bases.clear();
    const Session &session = m_conversation.session();
    int number = 0;
    for (const PaneState &pane : session.panes) {
        ++number;
        if (!pane.isSynced)
            continue;
        const ChatRequest request = m_conversation.requestFor(pane.id, std::nullopt);
        const std::vector<TokenSample> samples = tokenSamples(session, pane.model);
        PaneBase base {.paneId = pane.id, .raw = estimatedTokens(request), .calibration = calibrated(samples)};
        base.estimate.number = number;
        base.estimate.model = pane.model.model;
        if (const ModelDescription *model = m_connections.findModel(pane.model))
            base.estimate.contextLength = model->contextLength;
        if (const auto most = request.maxCompletionTokens ? request.maxCompletionTokens : request.sampling.maxTokens)
            base.estimate.reserved = *most;
        m_bases.push_back(base);
    }
    showGauge();
}

void PromptDesk::setAliases(const QHash<QString, QString> &aliases)
{
    m_aliases = aliases;
    showGauge();
}

void PromptDesk::showGauge()
{
    if (!m_aliases.isEmpty()) {
        m_composer.setEstimates({}); // lengths and prices are as good as names
        return;
    }
    const Message prompt = m_composer.prompt().value_or(m_composer.draft());
    const double own = m_composer.isBlank() ? 0 : estimatedTokens(prompt);
    std::vector<ContextEstimate> estimates;
    for (const PaneBase &base : m_bases) {
        const ContextEstimate counted = contextEstimate(base.raw + own, base.calibration);
        ContextEstimate shown = base.estimate;
        shown.tokens = counted.tokens;
        shown.deviation = counted.deviation;
        shown.samples = counted.samples;
        const PaneState *pane = m_conversation.pane(base.paneId);
        if (m_prices && pane) {
            const Charge charge = chargeOf(pane->model, m_connections, *m_prices);
            shown.cost = charge.estimate({.promptTokens = shown.tokens, .completionTokens = 0});
        }
        estimates.push_back(shown);
    }
    m_composer.setEstimates(estimates);
}

void PromptDesk::fillSystemMenu()
{
    QMenu &menu = m_composer.systemMenu();
    menu.clear();
    if (!m_aliases.isEmpty()) {
        menu.addAction(tr("Names are hidden in a blind round"))->setEnabled(false);
        return;
    }
    int number = 0;
    for (const PaneState &pane : m_conversation.session().panes) {
        const QString id = pane.id;
        QAction *action = menu.addAction(
            tr("Pane %1, %2…")
                .arg(QString::number(++number), pane.model.model.left(60).replace(u'&', QStringLiteral("&&"))));
        action->setCheckable(true);
        action->setChecked(pane.systemPrompt.has_value());
        connect(action, &QAction::triggered, this, [this, id] { editPanePrompt(id); });
    }
}

void PromptDesk::editPanePrompt(const QString &paneId)
{
    const Session &session = m_conversation.session();
    const auto pane = std::find_if(
        session.panes.begin(), session.panes.end(), [&paneId](const PaneState &known) { return known.id == paneId; });
    if (pane == session.panes.end())
        return;
    const QString name =
        tr("pane %1, %2").arg(QString::number(std::distance(session.panes.begin(), pane) + 1), pane->model.model);
    auto *dialog = new PanePromptDialog(name, session.systemPrompt, pane->systemPrompt, m_composer.window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &PanePromptDialog::promptChosen, this,
        [this, paneId](const std::optional<QString> &own) { m_conversation.setPaneSystemPrompt(paneId, own); });
    dialog->open();
}

ModelRef PromptDesk::modelCalled(const QString &name) const
{
    for (const Endpoint &endpoint : m_connections.endpoints()) {
        for (const ModelDescription &model : m_connections.models(endpoint.id)) {
            // Files of GitHub Models say "openai/gpt-4o".
            const bool isIt = model.id.compare(name, Qt::CaseInsensitive) == 0
                || model.id.compare(name.section(u'/', -1), Qt::CaseInsensitive) == 0;
            if (isIt)
                return {endpoint.id, model.id};
        }
    }
    return {};
}

void PromptDesk::offerSettings(const Prompt &prompt)
{
    m_offered = prompt;
    Composer::Actions actions;
    if (prompt.settings != RequestSettings {})
        actions.emplace_back(useParameters, tr("Use its parameters"));
    const ModelRef model = prompt.model.isEmpty() ? ModelRef {} : modelCalled(prompt.model);
    const std::vector<PaneState> &panes = m_conversation.session().panes;
    const bool isThere =
        std::any_of(panes.begin(), panes.end(), [&model](const PaneState &pane) { return pane.model == model; });
    if (model.isValid() && !isThere)
        actions.emplace_back(useModel, tr("Add a pane with %1").arg(m_connections.displayName(model)));
    if (actions.empty() && (prompt.model.isEmpty() || isThere))
        return;
    const QString text = prompt.model.isEmpty() ? QString()
        : model.isValid()                       ? tr("Written for %1.").arg(prompt.model)
                                                : tr("Written for %1, which no endpoint here lists.").arg(prompt.model);
    m_composer.showOffer(prompt.name, text, actions);
}

} // namespace diptych
