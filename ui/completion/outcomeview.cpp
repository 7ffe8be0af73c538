// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "completion/outcomeview.h"

#include "api/capabilitybook.h"
#include "completion/completionedit.h"
#include "completion/samplecard.h"
#include "models/requestjson.h"
#include "theme/theme.h"
#include "widgets/banner.h"
#include "widgets/elidedlabel.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

namespace diptych {

namespace {

constexpr std::chrono::milliseconds frame {33};

} // namespace

OutcomeView::OutcomeView(QWidget *parent)
    : QWidget(parent)
    , m_metrics(new ElidedLabel(this))
    , m_notices(new QLabel(this))
    , m_banner(new Banner(this))
    , m_scroll(new QScrollArea(this))
{
    auto *cards = new QWidget;
    m_cardColumn = new QVBoxLayout(cards);
    m_cardColumn->setContentsMargins(0, 0, 0, 0);
    m_cardColumn->setSpacing(spacing::tight);
    m_cardColumn->addStretch(1);
    m_scroll->setWidget(cards);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setMinimumHeight(60);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(spacing::tight);
    column->addWidget(m_metrics);
    column->addWidget(m_notices);
    column->addWidget(m_banner);
    column->addWidget(m_scroll, 1);
    column->addStretch(0); // or the banner would grow where there are no cards
    m_metrics->setObjectName(QStringLiteral("metricsLabel"));
    m_metrics->setAccessibleName(tr("Metrics"));
    makeCaption(m_metrics);
    m_notices->setObjectName(QStringLiteral("noticesLabel"));
    m_notices->setWordWrap(true);
    m_notices->setTextFormat(Qt::PlainText);
    m_notices->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    makeCaption(m_notices);
    m_timer.setSingleShot(true);
    m_timer.setInterval(frame);
    connect(&m_timer, &QTimer::timeout, this, &OutcomeView::refreshNow);
    connect(m_banner, &Banner::actionTriggered, this, &OutcomeView::actionTriggered);
    refreshNow();
}

OutcomeView::~OutcomeView() = default;

void OutcomeView::setOutcome(const CompletionJob *job, const CompletionOutcome *outcome)
{
    m_job = job;
    m_outcome = job ? outcome : nullptr;
    m_taken = -1;
    m_isErrorShown = false;
    m_isFinalShown = false;
    m_cost.reset();
    m_banner->hide();
    for (SampleCard *card : m_cards)
        card->clear();
    refreshNow();
}

void OutcomeView::refresh()
{
    if (!m_timer.isActive())
        m_timer.start();
}

void OutcomeView::refreshNow()
{
    m_timer.stop();
    const bool isOver = m_outcome && m_outcome->isOver();
    const QStringList notices = m_outcome ? noticesOf(*m_outcome) : QStringList();
    m_notices->setText(notices.join(u'\n'));
    m_notices->setVisible(!notices.isEmpty());
    QString line = m_outcome ? metricsText(*m_outcome, m_cost) : QString();
    if (m_outcome && m_outcome->state == CompletionOutcome::State::Stopped)
        line = tr("stopped by you") + (line.isEmpty() ? QString() : QString(u" · " + line));
    else if (m_outcome && line.isEmpty())
        line = isOver ? stateName(m_outcome->state) : tr("Waiting for the first token …");
    if (m_job) {
        const QString distinct = distinctText(samplesOf(m_job->request, m_outcome->response));
        if (!distinct.isEmpty())
            line = distinct + u" · " + line;
    }
    m_metrics->setText(line);
    m_metrics->setVisible(!line.isEmpty());
    showCards(isOver && !m_isFinalShown);
    m_isFinalShown = isOver;
    if (isOver && !m_isErrorShown)
        showError();
}

void OutcomeView::showWaiting(const QString &text)
{
    m_metrics->setText(text);
}

void OutcomeView::setCost(const std::optional<Cost> &cost)
{
    m_cost = cost;
    refreshNow();
}

void OutcomeView::showError()
{
    m_isErrorShown = true;
    if (m_outcome->state != CompletionOutcome::State::Failed || !m_outcome->error)
        return;
    const Error &error = *m_outcome->error;
    m_banner->showMessage(
        Banner::Tone::Error, error.message.isEmpty() ? kindName(error.kind) : error.message, whatToDo(error));
    const QString parameter = abilityOfParameter(error.parameter);
    if (m_offersChanges && !parameter.isEmpty() && requestJson(m_job->request).contains(parameter))
        m_banner->addAction(QStringLiteral("without ") + parameter, tr("Retry without %1").arg(parameter),
            tr("Empties the field %1 and asks again").arg(parameter));
    if (m_outcome->bridge.isEmpty() && refusesCompletion(error))
        m_banner->addAction(QStringLiteral("chat"), tr("Ask as a chat"), tr("The text goes as one message of a chat"));
    m_banner->addAction(QStringLiteral("retry"), tr("Try again"));
    if (!error.bodySample.isEmpty())
        m_banner->setDetails(QString::fromUtf8(error.bodySample));
}

SampleCard *OutcomeView::addCard(int sample)
{
    auto *card = new SampleCard(sample, this);
    const auto place = std::partition_point(
        m_cards.begin(), m_cards.end(), [sample](const SampleCard *other) { return other->sample() < sample; });
    m_cardColumn->insertWidget(static_cast<int>(place - m_cards.begin()), card);
    m_cards.insert(place, card);
    card->setHeat(m_isHot);
    connect(card, &SampleCard::takeRequested, this, &OutcomeView::takeRequested);
    connect(card, &SampleCard::copyRequested, this, &OutcomeView::copy);
    connect(&card->text(), &CompletionEdit::alternativesRequested, this, &OutcomeView::alternativesRequested);
    connect(&card->text(), &CompletionEdit::tokenPointed, this,
        [this, card](const TokenSpans::Span *span) { Q_EMIT tokenPointed(&card->text(), card->sample(), span); });
    return card;
}

void OutcomeView::showCards(bool isFinal)
{
    const std::vector<CompletionSample> samples =
        m_job ? samplesOf(m_job->request, m_outcome->response) : std::vector<CompletionSample> {};
    const bool shows = m_showsSingle || samples.size() > 1;
    std::vector<SampleCard *> unused = m_cards;
    for (std::size_t i = 0; shows && i < samples.size(); ++i) {
        const CompletionChoice &choice = m_outcome->response.choices[i];
        const auto known = std::find_if(m_cards.begin(), m_cards.end(),
            [&choice](const SampleCard *card) { return card->sample() == choice.index; });
        SampleCard *card = known == m_cards.end() ? addCard(choice.index) : *known;
        std::erase(unused, card);
        card->showChoice(m_job->request, choice, isFinal);
        card->showState(samples[i], samples.size() == 1);
        card->setTaken(choice.index == m_taken);
        card->show();
    }
    for (SampleCard *card : unused)
        card->hide();
    const bool hadCards = m_scroll->isVisibleTo(this);
    m_scroll->setVisible(hasCards());
    if (hadCards != hasCards())
        Q_EMIT cardsChanged();
}

bool OutcomeView::hasCards() const
{
    if (!m_job || m_outcome->response.choices.empty())
        return false;
    return m_showsSingle || m_outcome->response.choices.size() > 1;
}

void OutcomeView::setTaken(int sample)
{
    m_taken = sample;
    for (SampleCard *card : m_cards)
        card->setTaken(card->sample() == sample);
}

void OutcomeView::setHeat(bool isOn)
{
    m_isHot = isOn;
    for (SampleCard *card : m_cards)
        card->setHeat(isOn);
}

void OutcomeView::setShowsSingle(bool shows)
{
    if (shows == m_showsSingle)
        return;
    m_showsSingle = shows;
    m_isFinalShown = false; // cards that come now get all their tokens at once
    refreshNow();
}

void OutcomeView::copy(int sample) const
{
    if (!m_job)
        return;
    for (const CompletionSample &each : samplesOf(m_job->request, m_outcome->response)) {
        if (each.index == sample)
            QGuiApplication::clipboard()->setText(each.text);
    }
}

} // namespace diptych
