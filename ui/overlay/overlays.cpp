// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "overlay/overlays.h"

#include "models/conversation.h"
#include "models/requestjson.h"
#include "overlay/overlaybar.h"
#include "overlay/overlaycard.h"
#include "transcript/transcriptview.h"

#include <QEvent>
#include <QJsonArray>
#include <QJsonDocument>
#include <QScrollBar>

#include <algorithm>

namespace diptych {

namespace {

constexpr qint64 stripInterval = 250; ///< milliseconds between two updates of a strip while its answer streams
const QLatin1String overlayMember("overlay");
const QLatin1String baselineMember("baseline");

SourceMode modeOf(Overlay overlay)
{
    switch (overlay) {
    case Overlay::Diff:
    case Overlay::Logprobs:
        return SourceMode::Prose;
    case Overlay::Raw:
        return SourceMode::Characters;
    case Overlay::Plain:
        break;
    }
    return SourceMode::Off;
}

/// The message of an answer as the common API has it.
QString messageJson(const Message &message)
{
    const QJsonObject request = requestJson(ChatRequest {.messages = {message}});
    const QJsonArray messages = request.value(QLatin1String("messages")).toArray();
    return QString::fromUtf8(QJsonDocument(messages.at(0).toObject()).toJson(QJsonDocument::Indented)).trimmed();
}

} // namespace

Overlays::Overlays(Conversation &conversation, RenderScheduler &scheduler, QWidget *host)
    : QObject(host)
    , m_conversation(conversation)
    , m_scheduler(scheduler)
    , m_host(host)
    , m_bar(new OverlayBar(host))
    , m_card(new OverlayCard(host))
    , m_answers(conversation)
    , m_diff(m_answers)
    , m_logprobs(m_answers)
{
    m_bar->addKeysTo(host);
    connect(m_bar, &OverlayBar::overlayChosen, this, [this](Overlay overlay) {
        setOverlay(overlay);
        keepInSession();
    });
    connect(m_bar, &OverlayBar::baselineChosen, this, [this](const QString &paneId) {
        setBaseline(paneId);
        keepInSession();
    });
    connect(m_bar, &OverlayBar::jumpRequested, this, &Overlays::jump);
    connect(m_bar, &OverlayBar::cardRequested, this, [this] {
        const Pane *pane = jumpPane();
        if (!pane)
            return;
        const TranscriptMarks::Place place = pane->view->marks().cursorPlace();
        openCard(*pane, place.turn, place.offset);
        m_card->takeFocus();
    });
    connect(m_card, &OverlayCard::alternativeChosen, this, [this](const QString &token) {
        const QString text = m_answers.find(m_cardAnswer).text;
        Q_EMIT continueFromRequested(m_cardAnswer.paneId, m_cardAnswer.turn, text.left(m_cardStart) + token);
    });
    connect(m_card, &OverlayCard::dismissed, this, [this] {
        if (const Pane *pane = find(m_cardAnswer.paneId))
            pane->view->setFocus();
    });
    connectConversation();
    host->installEventFilter(this);
    takeSession();
}

Overlays::~Overlays()
{
    m_scheduler.remove(this);
}

bool Overlays::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_host && event->type() == QEvent::Resize)
        m_card->dismiss();
    return QObject::eventFilter(watched, event);
}

QWidget *Overlays::bar() const
{
    return m_bar;
}

void Overlays::connectConversation()
{
    const auto anew = [this] {
        m_answers.clear();
        m_diff.clear();
        m_logprobs.clear();
        m_dirty.clear();
        m_place = {};
        m_card->dismiss();
    };
    connect(&m_conversation, &Conversation::sessionReplaced, this, [this, anew] {
        anew();
        takeSession();
    });
    connect(&m_conversation, &Conversation::branchShown, this, anew);
    connect(&m_conversation, &Conversation::turnChanged, this, [this](int turn) {
        for (const Pane &pane : m_panes) {
            forget({pane.id, turn});
            markDirty({pane.id, turn});
        }
    });
    connect(&m_conversation, &Conversation::answerStarted, this, [this](const QString &paneId, int turn) {
        m_answers.noteStart({paneId, turn});
        forget({paneId, turn});
        markDirty({paneId, turn});
    });
    connect(&m_conversation, &Conversation::deltaReceived, this, [this](const QString &paneId, const ChatDelta &) {
        markDirty({paneId, m_answers.runningTurn(paneId)});
    });
    connect(&m_conversation, &Conversation::answerFinished, this, [this](const QString &paneId, int turn) {
        m_stripTimes.remove(paneId);
        markDirty({paneId, turn});
    });
}

void Overlays::setPanes(const std::vector<Pane> &panes)
{
    const std::vector<Pane> before = std::exchange(m_panes, panes);
    QStringList ids;
    QStringList names;
    for (const Pane &pane : m_panes) {
        ids.append(pane.id);
        names.append(pane.name);
        const bool isKnown =
            std::any_of(before.begin(), before.end(), [&pane](const Pane &known) { return known.view == pane.view; });
        if (isKnown)
            continue;
        connectPane(pane);
        applyMode(pane);
    }
    m_bar->setPanes(ids, names);
    if (!ids.isEmpty() && !ids.contains(m_diff.baseline()))
        m_diff.setBaseline(ids.front());
    m_bar->setBaseline(m_diff.baseline());
    markAll();
}

void Overlays::connectPane(const Pane &pane)
{
    pane.view->addActions(m_bar->keyActions());
    TranscriptMarks *marks = &pane.view->marks();
    const QString id = pane.id;
    connect(pane.view->verticalScrollBar(), &QScrollBar::valueChanged, m_card, [this, id] {
        if (m_cardAnswer.paneId == id)
            m_card->dismiss();
    });
    marks->setAppendix([this, id](int turn) {
        const auto &turns = m_conversation.session().turns;
        const bool isKnown = turn >= 0 && static_cast<std::size_t>(turn) < turns.size();
        const Answer *answer = isKnown ? answerOf(turns[static_cast<std::size_t>(turn)], id) : nullptr;
        return answer && answer->state != Answer::State::Streaming ? messageJson(answer->message) : QString();
    });
    connect(marks, &TranscriptMarks::marksNeeded, this, [this, id](int turn) { markDirty({id, turn}); });
    connect(marks, &TranscriptMarks::pointed, this, [this, id](int turn, qsizetype offset) {
        if (const Pane *found = find(id))
            pointAt(*found, turn, offset);
    });
    connect(marks, &TranscriptMarks::clicked, this, [this, id](int turn, qsizetype offset) {
        const Pane *found = find(id);
        if (!found || m_overlay != Overlay::Logprobs)
            return;
        m_place = {id, turn};
        m_placeStart = offset;
        showSameBytes(*found, turn, offset);
    });
    connect(pane.strip, &OverlayStrip::offerTaken, this, &Overlays::askForLogprobs);
    connect(pane.strip, &OverlayStrip::placeClicked, this, [this, id](double place) {
        const Pane *found = find(id);
        const int turn = m_answers.lastTurn(id);
        if (!found || turn < 0)
            return;
        const auto size = static_cast<double>(m_answers.find({id, turn}).text.size());
        const TokenSpans::Span *span = m_logprobs.update({id, turn}).at(static_cast<qsizetype>(place * size));
        if (span)
            showToken(*found, turn, *span);
    });
}

void Overlays::takeSession()
{
    const QJsonObject view = m_conversation.session().view;
    m_diff.setBaseline(view.value(baselineMember).toString());
    setOverlay(overlayFromName(view.value(overlayMember).toString()));
}

void Overlays::keepInSession()
{
    QJsonObject view = m_conversation.session().view;
    view.insert(overlayMember, overlayName(m_overlay));
    view.insert(baselineMember, m_diff.baseline());
    m_conversation.setView(view);
}

void Overlays::setOverlay(Overlay overlay)
{
    m_bar->setOverlay(overlay);
    m_card->dismiss();
    if (m_overlay == overlay)
        return;
    m_overlay = overlay;
    m_place = {};
    // Each overlay keeps its own; the others' would only cost memory.
    m_diff.clear();
    m_logprobs.clear();
    for (const Pane &pane : m_panes)
        applyMode(pane);
    markAll();
    Q_EMIT layoutChanged();
}

void Overlays::applyMode(const Pane &pane)
{
    pane.view->marks().setMode(modeOf(m_overlay));
    pane.strip->setEntropy({});
    pane.strip->setChartVisible(m_overlay == Overlay::Logprobs);
    pane.strip->setOffer({});
    pane.strip->showText({});
}

void Overlays::setBaseline(const QString &paneId)
{
    m_diff.setBaseline(paneId);
    m_bar->setBaseline(paneId);
    for (const Pane &pane : m_panes)
        pane.view->marks().clear(); // what is in sight asks for its marks again
    m_bar->setStatus({});
    m_place = {};
    markAll();
}

void Overlays::markAll()
{
    m_stripTimes.clear();
    for (const Pane &pane : m_panes)
        markDirty({pane.id, m_answers.lastTurn(pane.id)});
}

void Overlays::markDirty(const AnswerKey &key)
{
    if ((m_overlay != Overlay::Diff && m_overlay != Overlay::Logprobs) || key.turn < 0)
        return;
    const auto add = [this](const AnswerKey &dirty) {
        if (std::find(m_dirty.begin(), m_dirty.end(), dirty) == m_dirty.end())
            m_dirty.push_back(dirty);
    };
    add(key);
    if (m_overlay == Overlay::Diff && key.paneId == m_diff.baseline()) {
        for (const Pane &pane : m_panes)
            add({pane.id, key.turn});
    }
    m_scheduler.schedule(this);
}

void Overlays::forget(const AnswerKey &key)
{
    m_diff.forget(key);
    m_logprobs.forget(key);
    if (m_cardAnswer == key)
        m_card->dismiss();
}

bool Overlays::renderFrame(const QDeadlineTimer &deadline)
{
    for (std::size_t left = m_dirty.size(); left > 0 && !deadline.hasExpired(); --left) {
        const AnswerKey key = m_dirty.front();
        m_dirty.pop_front();
        refresh(key);
    }
    return !m_dirty.empty();
}

void Overlays::refresh(const AnswerKey &key)
{
    const Pane *pane = find(key.paneId);
    if (!pane)
        return;
    if (m_overlay == Overlay::Diff) {
        const AnswerComparison *comparison = m_diff.update(key);
        pane->view->marks().setMarks(
            key.turn, comparison ? DiffLayer::marks(*comparison) : std::vector<TranscriptMark> {});
    } else if (m_overlay == Overlay::Logprobs) {
        pane->view->marks().setMarks(key.turn, LogprobLayer::marks(m_logprobs.update(key)));
    }
    const int shown = m_place.turn >= 0 ? m_place.turn : m_answers.lastTurn(key.paneId);
    if (key.turn != shown)
        return;
    QElapsedTimer &time = m_stripTimes[key.paneId];
    if (time.isValid() && time.elapsed() < stripInterval && m_conversation.isRunning(key.paneId))
        return;
    time.start();
    showStrip(*pane, key.turn);
}

void Overlays::showStrip(const Pane &pane, int turn)
{
    const AnswerKey key {pane.id, turn};
    if (m_overlay == Overlay::Diff) {
        pane.strip->showText(m_panes.size() < 2 ? tr("Add a pane to compare with.") : m_diff.summary(key));
        return;
    }
    const QString summary = m_logprobs.summary(key);
    pane.strip->setEntropy(m_logprobs.entropy(key));
    if (!summary.isEmpty()) {
        pane.strip->showText(summary);
        pane.strip->setOffer({});
        return;
    }
    const RequestSettings &settings = m_conversation.session().settings;
    const bool isAsked = settings.logprobs.value_or(false);
    if (m_conversation.isRunning(pane.id) && isAsked)
        pane.strip->showText(tr("No logprobs so far"));
    else if (isAsked)
        pane.strip->showText(tr("No logprobs"),
            tr("Logprobs are asked for; this answer came without. Answers from before have none, and some models never "
               "give any."));
    else
        pane.strip->showText(tr("No logprobs"), tr("This answer came without log probabilities."));
    pane.strip->setOffer(isAsked ? QString() : tr("Ask for logprobs"));
}

void Overlays::askForLogprobs()
{
    constexpr int alternatives = 5;
    RequestSettings settings = m_conversation.session().settings;
    settings.logprobs = true;
    if (!settings.topLogprobs)
        settings.topLogprobs = alternatives;
    m_conversation.setSettings(settings);
    markAll();
}

const Overlays::Pane *Overlays::find(const QString &paneId) const
{
    const auto found =
        std::find_if(m_panes.begin(), m_panes.end(), [&paneId](const Pane &pane) { return pane.id == paneId; });
    return found == m_panes.end() ? nullptr : &*found;
}

} // namespace diptych
