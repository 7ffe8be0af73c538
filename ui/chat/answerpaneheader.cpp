// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/answerpane.h"
#include "ui_answerpane.h"

#include "api/connections.h"
#include "api/price.h"
#include "chat/metricstext.h"
#include "chat/overridestext.h"
#include "chat/panehandle.h"
#include "models/conversation.h"
#include "models/formatting.h"
#include "theme/theme.h"
#include "transcript/transcriptview.h"
#include "widgets/pressfilter.h"

#include <QMenu>

// The header of AnswerPane: its name, buttons and numbers.

namespace diptych {

namespace {

constexpr int leastWidthForEndpoint = 280;

} // namespace

void AnswerPane::setUpHeader()
{
    QFont bold = m_ui->numberLabel->font();
    bold.setBold(true);
    m_ui->numberLabel->setFont(bold);
    m_ui->modelButton->setFont(bold);
    m_ui->modelButton->setIcon(themeIcon(QStringLiteral("chevron-down")));
    m_ui->modelButton->setLayoutDirection(Qt::RightToLeft); // the arrow stands behind the name
    m_ui->ownButton->setIcon(themeIcon(QStringLiteral("params")));
    connect(m_ui->ownButton, &QToolButton::clicked, this, &AnswerPane::settingsRequested);
    m_ui->systemButton->setIcon(themeIcon(QStringLiteral("text")));
    connect(m_ui->systemButton, &QToolButton::clicked, this, &AnswerPane::systemPromptRequested);
    m_ui->syncButton->setIcon(themeIcon(QStringLiteral("link")));
    m_ui->regenerateButton->setIcon(themeIcon(QStringLiteral("regenerate")));
    m_ui->stopButton->setIcon(themeIcon(QStringLiteral("stop")));
    m_ui->closeButton->setIcon(themeIcon(QStringLiteral("close")));
    m_ui->moreButton->setIcon(themeIcon(QStringLiteral("more")));
    auto *menu = new QMenu(m_ui->moreButton);
    m_ui->moreButton->setMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] {
        menu->clear();
        Q_EMIT menuAboutToShow(menu);
    });
    auto *handle = new PaneHandle(*m_ui->header);
    connect(handle, &PaneHandle::doubleClicked, this, &AnswerPane::enlargeRequested);
    connect(handle, &PaneHandle::pressed, this, &AnswerPane::activated);
    connect(handle, &PaneHandle::dropped, this, &AnswerPane::headerDropped);
    connect(handle, &PaneHandle::menuRequested, this, [menu](const QPoint &position) { menu->popup(position); });
    makeCaption(m_ui->endpointLabel);
    makeCaption(m_ui->metricsLabel);
    paintHeader();
    connect(m_ui->modelButton, &QToolButton::clicked, this, [this] { Q_EMIT modelChoiceRequested(m_ui->modelButton); });
    connect(m_ui->syncButton, &QToolButton::toggled, this,
        [this](bool isSynced) { m_conversation.setPaneSynced(m_paneId, isSynced); });
    connect(m_ui->regenerateButton, &QToolButton::clicked, this, &AnswerPane::regenerateRequested);
    connect(m_ui->stopButton, &QToolButton::clicked, this, &AnswerPane::stopRequested);
    connect(m_ui->closeButton, &QToolButton::clicked, this, &AnswerPane::closeRequested);
    connect(new PressFilter(m_ui->metricsLabel), &PressFilter::pressed, this,
        [this] { Q_EMIT metricsRequested(m_ui->metricsLabel); });
}

void AnswerPane::setNumber(int number)
{
    m_ui->numberLabel->setText(QString::number(number));
    setProperty("paletteSection", tr("Pane %1").arg(number));
    if (m_blindName.isEmpty())
        m_transcript->setAccessibleName(tr("Conversation in pane %1").arg(number));
}

void AnswerPane::setCurrent(bool isCurrent)
{
    m_isCurrent = isCurrent;
    paintHeader();
}

void AnswerPane::setClosable(bool isClosable)
{
    m_ui->closeButton->setVisible(isClosable);
    fitName();
}

void AnswerPane::showModel()
{
    const PaneState *pane = m_conversation.pane(m_paneId);
    if (!pane)
        return;
    const Endpoint *endpoint = m_connections.find(pane->model.endpointId);
    const bool isBlind = !m_blindName.isEmpty();
    m_ui->numberLabel->setVisible(!isBlind);
    m_ui->modelButton->setEnabled(!isBlind);
    if (isBlind) {
        m_name = m_blindName;
        fitName();
        m_ui->modelButton->setAccessibleName(m_blindName);
        m_ui->modelButton->setToolTip(tr("Hidden until the answers are judged"));
        m_ui->endpointLabel->setText({});
        m_ui->ownButton->hide();
        m_ui->systemButton->hide(); // it would tell the panes apart
        return;
    }
    m_name = pane->model.model.isEmpty() ? tr("choose a model") : pane->model.model;
    m_ui->modelButton->setAccessibleName(tr("Model of this pane: %1").arg(m_connections.displayName(pane->model)));
    m_ui->modelButton->setToolTip(
        tr("%1\nSwap the model of this pane; the conversation stays").arg(m_connections.displayName(pane->model)));
    const QString own = overridesText(pane->overrides);
    m_ui->endpointLabel->setText(endpoint ? endpoint->name : tr("missing endpoint"));
    m_ui->ownButton->setVisible(!own.isEmpty());
    m_ui->ownButton->setToolTip(tr("Settings of this pane only: %1").arg(own));
    m_ui->ownButton->setAccessibleDescription(own);
    m_ui->systemButton->setVisible(pane->systemPrompt.has_value());
    const QString system = pane->systemPrompt.value_or(QString());
    m_ui->systemButton->setToolTip(system.isEmpty() ? tr("This pane is sent no system prompt")
                                                    : tr("System prompt of this pane only:\n%1").arg(system.left(400)));
    const QSignalBlocker blocker(m_ui->syncButton);
    m_ui->syncButton->setChecked(pane->isSynced);
    fitName();
    if (m_shownModel.isValid() && m_shownModel != pane->model && !m_conversation.session().turns.empty())
        showHistory(); // says where the model was switched
    m_shownModel = pane->model;
}

void AnswerPane::showMetrics(const Answer *answer)
{
    if (!answer || !m_blindName.isEmpty()) {
        m_ui->metricsLabel->setText(answer ? tr("numbers are hidden until the answers are judged") : QString());
        m_ui->metricsLabel->setToolTip({});
        return;
    }
    std::optional<Cost> cost;
    const Endpoint *endpoint = m_connections.find(answer->model.endpointId);
    // An answer that failed has counts of what was sent at most, and nobody knows what is charged for it.
    if (m_prices && endpoint && answer->state == Answer::State::Complete) {
        const Charge charge = m_prices->charge(*endpoint, answer->model.model, m_connections.descriptor(endpoint->id),
            m_connections.findModel(answer->model));
        cost = charge.estimate(answer->metrics.usage);
    }
    const QString line = metricsText(answer->metrics, cost);
    m_ui->metricsLabel->setText(line);
    // The line may be cut in a narrow pane.
    m_ui->metricsLabel->setToolTip(QStringLiteral("%1\n%2").arg(line, metricsDetails(answer->metrics)));
}

void AnswerPane::showLiveMetrics()
{
    const ChatReply *reply = m_conversation.reply(m_paneId);
    if (!reply || !reply->exchange().phases.firstToken || !m_blindName.isEmpty())
        return;
    const ChatResponse &response = reply->response();
    const qsizetype length =
        response.choices.empty() ? 0 : response.text().size() + response.choices.front().message.reasoning.size();
    const AnswerMetrics metrics = measure(reply->exchange(), response.usage, 0, length);
    const auto &gaps = metrics.gaps;
    QString line = tr("TTFT %1").arg(formatDuration(*metrics.phases.firstToken));
    if (gaps.count > 0 && gaps.total.count() > 0) {
        const double rate =
            static_cast<double>(*metrics.usage.completionTokens) * 1e6 / static_cast<double>(gaps.total.count());
        line += tr(" · ≈%1 tok/s").arg(QLocale().toString(rate, 'f', 0));
    }
    m_ui->metricsLabel->setText(line + tr(" · ≈%1 out").arg(*metrics.usage.completionTokens));
}

void AnswerPane::showRunning(bool isRunning)
{
    m_ui->stopButton->setVisible(isRunning);
    m_ui->regenerateButton->setVisible(!isRunning && width() >= leastWidthForEndpoint);
    m_ui->regenerateButton->setEnabled(!m_conversation.session().turns.empty());
    fitName();
}

void AnswerPane::fitName()
{
    // A long name gives way to the buttons; the tooltip has all of it.
    const QFontMetrics metrics = m_ui->modelButton->fontMetrics();
    const int frame = m_ui->modelButton->sizeHint().width() - metrics.horizontalAdvance(m_ui->modelButton->text());
    int taken = m_ui->numberLabel->sizeHint().width() + frame + 2 * spacing::wide;
    for (const QWidget *button : std::initializer_list<const QWidget *> {m_ui->ownButton, m_ui->systemButton,
             m_ui->syncButton, m_ui->regenerateButton, m_ui->stopButton, m_ui->moreButton, m_ui->closeButton}) {
        if (!button->isHidden())
            taken += button->sizeHint().width() + spacing::tight;
    }
    constexpr int fewest = 40; // pixels
    m_ui->modelButton->setText(metrics.elidedText(m_name, Qt::ElideMiddle, std::max(fewest, width() - taken)));
}

void AnswerPane::paintHeader()
{
    const QPalette palette = QGuiApplication::palette();
    QPalette header;
    header.setColor(QPalette::Window, themeColor(ThemeColor::Panel, palette));
    m_ui->header->setPalette(header);
    QPalette line;
    line.setColor(QPalette::Window, themeColor(m_isCurrent ? ThemeColor::Accent : ThemeColor::Border, palette));
    m_ui->headerLine->setPalette(line);
}

void AnswerPane::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    // In a narrow pane the name of the model needs the room; the endpoint stands above each answer.
    // Asking again is in the menu and beside each answer as well.
    m_ui->endpointLabel->setVisible(width() >= leastWidthForEndpoint);
    showRunning(m_conversation.isRunning(m_paneId));
}

} // namespace diptych
