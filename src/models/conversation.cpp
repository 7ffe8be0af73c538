// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/conversation.h"

#include "models/sessionrequest.h"
#include "store/attachment.h"
#include "store/sessionstore.h"

#include <QSet>
#include <QUuid>

#include <algorithm>

namespace diptych {

Conversation::Conversation(Connections &connections, SessionStore *store, QObject *parent)
    : QObject(parent)
    , m_connections(connections)
    , m_store(store)
    , m_runs(connections, store)
{
    connect(&m_runs, &AnswerRuns::deltaReceived, this, &Conversation::deltaReceived);
    connect(&m_runs, &AnswerRuns::finished, this, &Conversation::takeFinished);
    connect(&m_runs, &AnswerRuns::storageFailed, this, &Conversation::storageFailed);
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
    const std::vector<Attachment> attachments = attachmentsOf(prompt);
    QString line = typedText(prompt).trimmed().section(u'\n', 0, 0).simplified();
    if (line.isEmpty() && !attachments.empty())
        line = attachments.front().name;
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
    qint64 parent = 0;
    for (Turn &turn : m_session.turns) {
        turn.parentId = parent;
        saveTurn(turn);
        parent = turn.id;
    }
    Q_EMIT sessionReplaced();
    Q_EMIT titleChanged(m_session.title);
}

void Conversation::saveTurn(Turn &turn)
{
    turn.id = --m_lastTemporaryId;
    if (m_store) {
        Turn bare = turn; // its answers follow one by one, because each gets an id of its own
        bare.answers.clear();
        if (const Result<qint64> id = m_store->addTurn(m_session.id, bare))
            turn.id = *id;
        else
            Q_EMIT storageFailed(id.error());
    }
    for (Answer &answer : turn.answers)
        storeAnswer(turn, answer);
}

void Conversation::storeAnswer(const Turn &turn, Answer &answer)
{
    answer.id = --m_lastTemporaryId;
    if (!m_store || turn.id <= 0)
        return;
    if (const Result<qint64> id = m_store->addAnswer(turn.id, answer))
        answer.id = *id;
    else
        Q_EMIT storageFailed(id.error());
}

QString Conversation::freshPaneId() const
{
    // The id of a pane that was removed stays its own: its answers are still there, and it may come back.
    QSet<QString> taken;
    for (const PaneState &known : m_session.panes)
        taken.insert(known.id);
    for (const std::vector<Turn> *turns : {&m_session.turns, &m_session.otherTurns}) {
        for (const Turn &turn : *turns) {
            for (const Answer &answer : turn.answers)
                taken.insert(answer.paneId);
        }
    }
    int number = 1;
    while (taken.contains(QStringLiteral("p%1").arg(number)))
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

void Conversation::restorePane(const PaneState &pane, int position)
{
    if (this->pane(pane.id))
        return;
    const auto place = std::clamp<std::ptrdiff_t>(position, 0, std::ssize(m_session.panes));
    m_session.panes.insert(m_session.panes.begin() + place, pane);
    saveSession();
    Q_EMIT paneAdded(pane.id);
}

void Conversation::movePane(const QString &paneId, int position)
{
    const auto found = std::find_if(m_session.panes.begin(), m_session.panes.end(),
        [&paneId](const PaneState &known) { return known.id == paneId; });
    if (found == m_session.panes.end())
        return;
    const PaneState moved = *found;
    m_session.panes.erase(found);
    const auto place = std::clamp<std::ptrdiff_t>(position, 0, std::ssize(m_session.panes));
    m_session.panes.insert(m_session.panes.begin() + place, moved);
    saveSession();
    Q_EMIT paneMoved(paneId);
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

void Conversation::setPaneSystemPrompt(const QString &paneId, const std::optional<QString> &text)
{
    PaneState *known = mutablePane(paneId);
    if (!known || known->systemPrompt == text)
        return;
    known->systemPrompt = text;
    saveSession();
    Q_EMIT paneChanged(paneId);
}

void Conversation::setVariables(const QJsonObject &values)
{
    if (m_session.variables == values)
        return;
    m_session.variables = values;
    saveSession();
    Q_EMIT settingsChanged();
}

void Conversation::setView(const QJsonObject &view)
{
    if (m_session.view == view)
        return;
    m_session.view = view;
    saveSession();
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

ChatRequest Conversation::requestFor(const QString &paneId, const std::optional<Message> &prompt) const
{
    const PaneState *known = pane(paneId);
    if (!known)
        return {};
    ChatRequest request = requestUpTo(m_session, *known, m_session.turns.size());
    if (prompt)
        request.messages.push_back(sentPrompt(*prompt));
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

void Conversation::stop(const QString &paneId)
{
    m_runs.stop(paneId);
}

void Conversation::stopAll()
{
    m_runs.stopAll();
}

bool Conversation::isRunning(const QString &paneId) const
{
    return m_runs.isRunning(paneId);
}

void Conversation::dropReplies(const QString &endpointId)
{
    const std::vector<PaneState> panes = m_session.panes;
    for (const PaneState &known : panes) {
        const Answer *answer = answerUnderWay(known.id);
        if (answer && answer->model.endpointId == endpointId)
            stop(known.id);
    }
}

void Conversation::saveSession()
{
    // A session is stored from its first question on: nobody wants a list full of empty ones.
    if (!m_store || !m_isStored)
        return;
    if (const Result<void> saved = m_store->save(m_session); !saved)
        Q_EMIT storageFailed(saved.error());
}

} // namespace diptych
