// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/conversation.h"

#include "store/sessionstore.h"

#include <QUuid>

#include <algorithm>

namespace diptych {

namespace {

qsizetype lengthOf(const ChatRequest &request)
{
    qsizetype characters = 0;
    for (const Message &message : request.messages)
        characters += message.text().size();
    return characters;
}

Answer::State stateAfter(const std::optional<Error> &error)
{
    if (!error)
        return Answer::State::Complete;
    return error->kind == Error::Kind::Cancelled ? Answer::State::Stopped : Answer::State::Failed;
}

} // namespace

Conversation::Conversation(Connections &connections, SessionStore *store, QObject *parent)
    : QObject(parent)
    , m_connections(connections)
    , m_store(store)
{
    connect(&m_connections, &Connections::endpointAboutToChange, this, &Conversation::dropReplies);
    m_session.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
}

Conversation::~Conversation() = default;

void Conversation::startNew(const std::vector<ModelRef> &models)
{
    stopAll();
    Session fresh;
    fresh.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    fresh.createdAt = fresh.updatedAt = QDateTime::currentDateTimeUtc();
    m_session = fresh;
    m_isStored = false;
    for (const ModelRef &model : models)
        m_session.panes.push_back({.id = freshPaneId(), .model = model});
    Q_EMIT sessionReplaced();
    Q_EMIT titleChanged(m_session.title);
}

Result<void> Conversation::open(const QString &sessionId)
{
    if (!m_store)
        return Failure({.kind = Error::Kind::Storage, .message = tr("Sessions are not stored in this run.")});
    Result<Session> loaded = m_store->load(sessionId, -1);
    if (!loaded)
        return Failure(loaded.error());
    stopAll();
    m_session = std::move(*loaded);
    m_isStored = true;
    Q_EMIT sessionReplaced();
    Q_EMIT titleChanged(m_session.title);
    return {};
}

QString Conversation::titleFrom(const Message &prompt)
{
    constexpr int longest = 60;
    const QString line = prompt.text().trimmed().section(u'\n', 0, 0).simplified();
    if (line.size() <= longest)
        return line;
    return QString(line.left(longest - 1).trimmed() + u'…');
}

void Conversation::adopt(Session session)
{
    stopAll();
    session.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    m_session = std::move(session);
    m_isStored = !m_session.turns.empty();
    saveSession();
    for (Turn &turn : m_session.turns)
        saveTurn(turn);
    Q_EMIT sessionReplaced();
    Q_EMIT titleChanged(m_session.title);
}

void Conversation::saveTurn(Turn &turn)
{
    if (!m_store)
        return;
    const Result<qint64> id = m_store->addTurn(m_session.id, turn);
    if (!id) {
        report(id.error());
        return;
    }
    turn.id = *id;
    for (Answer &answer : turn.answers) {
        const Result<qint64> answerId = m_store->addAnswer(turn.id, answer);
        if (!answerId) {
            report(answerId.error());
            return;
        }
        answer.id = *answerId;
    }
}

QString Conversation::freshPaneId() const
{
    int number = 1;
    const auto taken = [this](const QString &id) { return pane(id) != nullptr; };
    while (taken(QStringLiteral("p%1").arg(number)))
        ++number;
    return QStringLiteral("p%1").arg(number);
}

QString Conversation::addPane(const ModelRef &model)
{
    const QString id = freshPaneId();
    m_session.panes.push_back({.id = id, .model = model});
    saveSession();
    Q_EMIT paneAdded(id);
    return id;
}

void Conversation::removePane(const QString &paneId)
{
    if (!pane(paneId))
        return;
    stop(paneId);
    std::erase_if(m_session.panes, [&paneId](const PaneState &known) { return known.id == paneId; });
    saveSession();
    Q_EMIT paneRemoved(paneId);
}

void Conversation::setPaneModel(const QString &paneId, const ModelRef &model)
{
    PaneState *known = mutablePane(paneId);
    if (!known || known->model == model)
        return;
    stop(paneId);
    known->model = model;
    saveSession();
    Q_EMIT paneChanged(paneId);
}

void Conversation::setPaneSynced(const QString &paneId, bool isSynced)
{
    PaneState *known = mutablePane(paneId);
    if (!known || known->isSynced == isSynced)
        return;
    known->isSynced = isSynced;
    saveSession();
    Q_EMIT paneChanged(paneId);
}

void Conversation::setPaneOverrides(const QString &paneId, const RequestSettings &overrides)
{
    PaneState *known = mutablePane(paneId);
    if (!known || known->overrides == overrides)
        return;
    known->overrides = overrides;
    saveSession();
    Q_EMIT paneChanged(paneId);
}

void Conversation::setSettings(const RequestSettings &settings)
{
    if (m_session.settings == settings)
        return;
    m_session.settings = settings;
    saveSession();
    Q_EMIT settingsChanged();
}

void Conversation::setSystemPrompt(const QString &text)
{
    if (m_session.systemPrompt == text)
        return;
    m_session.systemPrompt = text;
    saveSession();
    Q_EMIT settingsChanged();
}

void Conversation::setTitle(const QString &title)
{
    if (m_session.title == title)
        return;
    m_session.title = title;
    saveSession();
    Q_EMIT titleChanged(title);
}

PaneState *Conversation::mutablePane(const QString &paneId)
{
    const auto found = std::find_if(m_session.panes.begin(), m_session.panes.end(),
        [&paneId](const PaneState &known) { return known.id == paneId; });
    return found == m_session.panes.end() ? nullptr : &*found;
}

const PaneState *Conversation::pane(const QString &paneId) const
{
    return const_cast<Conversation *>(this)->mutablePane(paneId);
}

void Conversation::ask(const Message &prompt, const QStringList &paneIds)
{
    QStringList asked = paneIds;
    if (asked.isEmpty()) {
        for (const PaneState &known : m_session.panes) {
            if (known.isSynced)
                asked.push_back(known.id);
        }
    }
    if (asked.isEmpty())
        return;
    for (const QString &paneId : std::as_const(asked))
        stop(paneId);
    if (m_session.title.isEmpty())
        setTitle(titleFrom(prompt));
    m_session.turns.push_back({.at = QDateTime::currentDateTimeUtc(), .prompt = prompt});
    const std::size_t turn = m_session.turns.size() - 1;
    m_isStored = true;
    saveSession();
    saveTurn(m_session.turns.back());
    Q_EMIT turnAdded(static_cast<int>(turn));
    for (const QString &paneId : std::as_const(asked))
        start(paneId, turn);
}

void Conversation::regenerate(const QString &paneId)
{
    for (std::size_t turn = m_session.turns.size(); turn-- > 0;) {
        if (answerOf(m_session.turns[turn], paneId)) {
            stop(paneId);
            start(paneId, turn);
            return;
        }
    }
    // A pane that was added later has no answer yet: it is asked the last prompt.
    if (!m_session.turns.empty() && pane(paneId))
        start(paneId, m_session.turns.size() - 1);
}

const Answer *Conversation::answerOf(const Turn &turn, const QString &paneId)
{
    const auto found = std::find_if(turn.answers.rbegin(), turn.answers.rend(),
        [&paneId](const Answer &answer) { return answer.paneId == paneId; });
    return found == turn.answers.rend() ? nullptr : &*found;
}

ChatRequest Conversation::requestUpTo(const PaneState &pane, std::size_t turnCount) const
{
    ChatRequest request;
    apply(merged(m_session.settings, pane.overrides), request);
    request.model = pane.model.model;
    if (!m_session.systemPrompt.isEmpty())
        request.messages.push_back(Message::fromText(Role::System, m_session.systemPrompt));
    for (std::size_t index = 0; index < turnCount; ++index) {
        // A turn without an answer in this pane (it failed, or the pane came later) is left out: two user messages in a
        // row are refused by some models.
        const Answer *answer = answerOf(m_session.turns[index], pane.id);
        if (!answer || answer->message.text().isEmpty())
            continue;
        request.messages.push_back(m_session.turns[index].prompt);
        Message message = answer->message;
        message.reasoning.clear();
        message.toolCalls.clear(); // their results are not part of this conversation
        request.messages.push_back(message);
    }
    return request;
}

ChatRequest Conversation::requestFor(const QString &paneId, const std::optional<Message> &prompt) const
{
    const PaneState *known = pane(paneId);
    if (!known)
        return {};
    ChatRequest request = requestUpTo(*known, m_session.turns.size());
    if (prompt)
        request.messages.push_back(*prompt);
    return request;
}

RequestOrigin Conversation::originOf(const QString &paneId) const
{
    const PaneState *known = pane(paneId);
    if (!known)
        return {.session = m_session.settings};
    const Endpoint *endpoint = m_connections.find(known->model.endpointId);
    return {.session = m_session.settings,
        .pane = known->overrides,
        .endpoint = endpoint ? *endpoint : Endpoint(),
        .model = known->model.model};
}

void Conversation::start(const QString &paneId, std::size_t turn)
{
    const PaneState *known = pane(paneId);
    if (!known)
        return;
    Answer answer {.paneId = paneId, .model = known->model, .modelLabel = m_connections.displayName(known->model)};
    Turn &asked = m_session.turns[turn];
    if (m_store && asked.id != 0) {
        if (const Result<qint64> id = m_store->addAnswer(asked.id, answer))
            answer.id = *id;
        else
            report(id.error());
    }
    asked.answers.push_back(answer);

    Provider *provider = m_connections.provider(known->model.endpointId);
    if (!provider) {
        failAtOnce(paneId, turn,
            {.kind = Error::Kind::NotFound,
                .message = tr("The endpoint of this pane is no longer there. Pick another model.")});
        return;
    }
    ChatRequest request = requestUpTo(*known, turn);
    request.messages.push_back(asked.prompt);
    Running running {.reply = provider->chat(request),
        .turn = turn,
        .answer = asked.answers.size() - 1,
        .request = request,
        .promptLength = lengthOf(request)};
    ChatReply *reply = running.reply.get();
    connect(
        reply, &ChatReply::deltaReceived, this, [this, paneId](const ChatDelta &delta) { takeDelta(paneId, delta); });
    connect(reply, &Reply::finished, this, [this, paneId] { finish(paneId); });
    m_running.insert_or_assign(paneId, std::move(running));
    Q_EMIT answerStarted(paneId, static_cast<int>(turn), reply);
    Q_EMIT runningChanged(runningCount());
}

void Conversation::failAtOnce(const QString &paneId, std::size_t turn, const Error &error)
{
    Answer &answer = m_session.turns[turn].answers.back();
    answer.state = Answer::State::Failed;
    answer.error = error;
    if (m_store && answer.id != 0) {
        if (const Result<void> saved = m_store->saveAnswer(answer); !saved)
            report(saved.error());
    }
    Q_EMIT answerStarted(paneId, static_cast<int>(turn), nullptr);
    Q_EMIT answerFinished(paneId, static_cast<int>(turn));
}

void Conversation::takeDelta(const QString &paneId, const ChatDelta &delta)
{
    const auto found = m_running.find(paneId);
    if (found == m_running.end())
        return;
    if (m_store && delta.choice == 0 && (!delta.text.isEmpty() || !delta.reasoning.isEmpty())) {
        const Answer &answer = m_session.turns[found->second.turn].answers[found->second.answer];
        if (answer.id != 0)
            m_store->journal(answer.id, delta.text, delta.reasoning);
    }
    Q_EMIT deltaReceived(paneId, delta);
}

void Conversation::finish(const QString &paneId)
{
    const auto found = m_running.find(paneId);
    if (found == m_running.end())
        return;
    Running running = std::move(found->second);
    m_running.erase(found);
    const ChatReply &reply = *running.reply;
    Answer &answer = m_session.turns[running.turn].answers[running.answer];
    const ChatResponse &response = reply.response();
    if (!response.choices.empty()) {
        answer.message = response.choices.front().message;
        answer.finishReason = response.choices.front().finishReason;
    }
    answer.state = stateAfter(reply.error());
    answer.error = reply.error();
    answer.metrics = measure(reply.exchange(), response.usage, running.promptLength,
        answer.message.text().size() + answer.message.reasoning.size());
    if (m_store && answer.id != 0) {
        if (const Result<void> saved = m_store->saveAnswer(answer); !saved)
            report(saved.error());
    }
    m_session.updatedAt = QDateTime::currentDateTimeUtc();
    Q_EMIT answerFinished(paneId, static_cast<int>(running.turn));
    Q_EMIT runningChanged(runningCount());
    // The reply is still emitting finished(): it goes when the event loop runs again.
    running.reply.release()->deleteLater();
}

void Conversation::stop(const QString &paneId)
{
    const auto found = m_running.find(paneId);
    if (found != m_running.end())
        found->second.reply->cancel(); // finish() follows inside the call
}

void Conversation::stopAll()
{
    while (!m_running.empty())
        m_running.begin()->second.reply->cancel();
}

bool Conversation::isRunning(const QString &paneId) const
{
    return m_running.find(paneId) != m_running.end();
}

const ChatRequest *Conversation::requestUnderWay(const QString &paneId) const
{
    const auto running = m_running.find(paneId);
    return running == m_running.end() ? nullptr : &running->second.request;
}

ChatReply *Conversation::reply(const QString &paneId) const
{
    const auto found = m_running.find(paneId);
    return found == m_running.end() ? nullptr : found->second.reply.get();
}

void Conversation::dropReplies(const QString &endpointId)
{
    const std::vector<PaneState> panes = m_session.panes;
    for (const PaneState &known : panes) {
        if (known.model.endpointId == endpointId)
            stop(known.id);
    }
}

void Conversation::saveSession()
{
    // A session is stored from its first question on: nobody wants a list full of empty ones.
    if (!m_store || !m_isStored)
        return;
    if (const Result<void> saved = m_store->save(m_session); !saved)
        report(saved.error());
}

void Conversation::report(const Error &error)
{
    Q_EMIT storageFailed(error);
}

} // namespace diptych
