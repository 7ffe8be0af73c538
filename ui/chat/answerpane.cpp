// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/answerpane.h"
#include "ui_answerpane.h"

#include "api/connections.h"
#include "api/price.h"
#include "api/repair.h"
#include "chat/attachmentpreview.h"
#include "chat/metricstext.h"
#include "chat/repairbanner.h"
#include "chat/toolblocks.h"
#include "chat/turnfiles.h"
#include "models/cataloguemodel.h"
#include "models/conversation.h"
#include "models/formatting.h"
#include "models/parameters.h"
#include "theme/theme.h"
#include "tools/schemaverdict.h"
#include "tools/toolcallstrip.h"
#include "transcript/transcriptview.h"
#include "widgets/pressfilter.h"

#include <QDragEnterEvent>
#include <QMimeData>

namespace diptych {

namespace {

constexpr std::chrono::milliseconds liveInterval {250};
constexpr int leastWidthForEndpoint = 280;

QString footerOf(const Answer &answer)
{
    switch (answer.state) {
    case Answer::State::Stopped:
        return AnswerPane::tr("stopped by you");
    case Answer::State::Interrupted:
        return AnswerPane::tr("interrupted: the program ended while this was streaming");
    case Answer::State::AwaitingTools:
        return AnswerPane::tr("waits for the results of its tools");
    case Answer::State::Failed:
        return answer.message.text().isEmpty() ? AnswerPane::tr("no answer") : AnswerPane::tr("incomplete");
    case Answer::State::Complete:
        if (answer.finishReason == u"length")
            return AnswerPane::tr("cut at the token limit");
        if (answer.finishReason == u"content_filter")
            return AnswerPane::tr("cut by the content filter");
        break;
    case Answer::State::Streaming:
        break;
    }
    return {};
}

/// What a pane sets itself, in a few words.
QString overridesText(const RequestSettings &overrides)
{
    QStringList parts;
    for (const QString &name : overrides.withheld)
        parts.append(AnswerPane::tr("without %1").arg(name));
    for (const ParameterSpec &spec : parameterSpecs()) {
        if (const auto value = spec.read(overrides))
            parts.append(value->isArray() || value->isObject()
                    ? spec.name
                    : QStringLiteral("%1 %2").arg(spec.name, parameterText(spec, *value)));
    }
    const QJsonObject extras = overrides.extras.value_or(QJsonObject {});
    for (auto extra = extras.begin(); extra != extras.end(); ++extra)
        parts.append(extra.value().isNull() ? AnswerPane::tr("without %1").arg(extra.key()) : extra.key());
    if (overrides.extrasMode)
        parts.append(AnswerPane::tr("extras: %1").arg(extrasModeName(*overrides.extrasMode)));
    return parts.join(QStringLiteral(", "));
}

} // namespace

AnswerPane::AnswerPane(Conversation &conversation, Connections &connections, RenderScheduler &scheduler,
    const QString &paneId, QWidget *parent)
    : QFrame(parent)
    , m_ui(std::make_unique<Ui::AnswerPane>())
    , m_conversation(conversation)
    , m_connections(connections)
    , m_paneId(paneId)
    , m_banner(new RepairBanner(this))
    , m_transcript(new TranscriptView(scheduler, this))
{
    m_ui->setupUi(this);
    m_ui->bannerLayout->addWidget(m_banner);
    m_ui->transcriptLayout->addWidget(m_transcript);
    m_transcript->setFrameShape(QFrame::NoFrame);
    m_transcript->setAccessibleName(tr("Conversation"));
    m_transcript->installEventFilter(this);
    setAcceptDrops(true);
    setUpHeader();
    connect(m_transcript, &TranscriptView::linkRequested, this, &AnswerPane::openLink);
    connect(m_banner, &RepairBanner::repairChosen, this, &AnswerPane::repairRequested);
    m_liveTimer.setInterval(liveInterval);
    connect(&m_liveTimer, &QTimer::timeout, this, &AnswerPane::showLiveMetrics);
    showModel();
    showRunning(false);
}

AnswerPane::~AnswerPane() = default;

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

void AnswerPane::setBlind(const QString &name, int firstTurn)
{
    if (m_blindName == name && m_firstTurn == firstTurn)
        return;
    m_blindName = name;
    m_firstTurn = firstTurn;
    m_transcript->setAccessibleName(
        name.isEmpty() ? tr("Conversation in pane %1").arg(m_ui->numberLabel->text()) : name);
    showModel();
    showHistory();
}

void AnswerPane::addStrip(QWidget *strip)
{
    m_ui->bannerLayout->addWidget(strip);
}

QWidget *AnswerPane::metricsAnchor() const
{
    return m_ui->metricsLabel;
}

QString AnswerPane::captionOf(const QString &modelLabel) const
{
    return m_blindName.isEmpty() ? modelLabel : m_blindName;
}

QWidget *AnswerPane::modelAnchor() const
{
    return m_ui->modelButton;
}

void AnswerPane::setPrices(const PriceTable *prices)
{
    if (m_prices)
        disconnect(m_prices, nullptr, this, nullptr);
    m_prices = prices;
    const auto showAgain = [this] {
        const std::vector<Turn> &turns = m_conversation.session().turns;
        if (!turns.empty() && !m_conversation.isRunning(m_paneId))
            showMetrics(answerOf(turns.back(), m_paneId));
    };
    if (m_prices)
        connect(m_prices, &PriceTable::changed, this, showAgain);
    showAgain();
}

void AnswerPane::setPictures(TurnPictures *pictures)
{
    m_pictures = pictures;
    connect(m_pictures, &TurnPictures::ready, m_transcript, &TranscriptView::setPicture);
}

void AnswerPane::openLink(const QUrl &url)
{
    if (!isAttachmentLink(url)) {
        Q_EMIT linkRequested(url);
        return;
    }
    std::vector<Message> prompts;
    for (const Turn &turn : m_conversation.session().turns)
        prompts.push_back(turn.prompt);
    if (const std::optional<Attachment> attachment = linkedAttachment(url, prompts)) {
        auto *preview = new AttachmentPreview(*attachment, window());
        preview->setAttribute(Qt::WA_DeleteOnClose);
        preview->offerToAttach();
        connect(preview, &AttachmentPreview::attachRequested, this,
            [this, attachment] { Q_EMIT attachRequested(*attachment); });
        preview->open();
    }
}

void AnswerPane::setToolDesk(ToolDesk &desk)
{
    if (m_hasToolCards)
        return;
    m_hasToolCards = true;
    m_ui->bannerLayout->addWidget(new SchemaVerdict(m_conversation, m_paneId, m_transcript, this));
    m_ui->transcriptLayout->addWidget(new ToolCallStrip(desk, m_paneId, this));
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
        m_ui->modelButton->setText(m_blindName);
        m_ui->modelButton->setAccessibleName(m_blindName);
        m_ui->modelButton->setToolTip(tr("Hidden until the answers are judged"));
        m_ui->endpointLabel->setText({});
        m_ui->ownButton->hide();
        m_ui->systemButton->hide(); // it would tell the panes apart
        return;
    }
    m_ui->modelButton->setText(pane->model.model.isEmpty() ? tr("choose a model") : pane->model.model);
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
}

void AnswerPane::showHistory()
{
    std::vector<TranscriptView::Block> blocks;
    const Session &session = m_conversation.session();
    const Answer *last = nullptr;
    for (std::size_t index = 0; index < session.turns.size(); ++index) {
        const Turn &turn = session.turns[index];
        const Answer *answer = answerOf(turn, m_paneId);
        const int number = static_cast<int>(index);
        if (!answer || number < m_firstTurn)
            continue;
        last = answer;
        blocks.push_back({.speaker = TranscriptView::Speaker::User,
            .caption = tr("you"),
            .markdown = typedText(turn.prompt),
            .reasoning = {},
            .footer = {},
            .isError = false,
            .files = transcriptFiles(turn.prompt, number),
            .turn = number});
        if (answer->state == Answer::State::Streaming) {
            addToolRounds(blocks, *answer, captionOf(answer->modelLabel), number);
            continue;
        }
        addToolRounds(blocks, *answer, captionOf(answer->modelLabel), number);
        blocks.push_back({.speaker = TranscriptView::Speaker::Assistant,
            .caption = captionOf(answer->modelLabel),
            .markdown = shownAnswer(answer->message.text()),
            .reasoning = answer->message.reasoning,
            .footer = footerOf(*answer),
            .isError = false,
            .turn = number});
        if (answer->error && answer->state == Answer::State::Failed) {
            blocks.push_back({.speaker = TranscriptView::Speaker::Notice,
                .caption = {},
                .markdown = answer->error->message,
                .reasoning = {},
                .footer = {},
                .isError = true,
                .turn = number});
        }
    }
    m_banner->dismiss();
    m_transcript->setHistory(std::move(blocks));
    if (m_pictures) {
        for (const Turn &turn : session.turns)
            m_pictures->want(turn.prompt);
    }
    if (const ChatReply *reply = m_conversation.reply(m_paneId)) {
        m_transcript->beginAnswer(
            static_cast<int>(session.turns.size()) - 1, last ? captionOf(last->modelLabel) : QString());
        m_transcript->appendText(m_conversation.answerUnderWay(m_paneId)->message.text());
        if (!reply->response().choices.empty()) {
            m_transcript->appendReasoning(reply->response().choices.front().message.reasoning);
            m_transcript->appendText(reply->response().text());
        }
    }
    m_shownTurn = -1;
    showMetrics(last);
    showRunning(m_conversation.isRunning(m_paneId));
}

void AnswerPane::showTurn(int turn)
{
    const Turn &asked = m_conversation.session().turns[static_cast<std::size_t>(turn)];
    m_transcript->addUser(turn, tr("you"), typedText(asked.prompt), transcriptFiles(asked.prompt, turn));
    if (m_pictures)
        m_pictures->want(asked.prompt);
    m_transcript->setFollowing(true);
    m_shownTurn = turn;
}

void AnswerPane::beginAnswer(int turn)
{
    m_banner->dismiss();
    if (turn == m_shownTurn) {
        const PaneState *pane = m_conversation.pane(m_paneId);
        m_transcript->beginAnswer(turn, pane ? captionOf(m_connections.displayName(pane->model)) : QString());
        m_shownTurn = -1;
        if (const Answer *answer = m_conversation.answerUnderWay(m_paneId); answer && answer->givenLength > 0)
            m_transcript->appendText(answer->message.text());
    } else {
        showHistory(); // asked again: the earlier answer gives way
    }
    m_ui->metricsLabel->setText(tr("waiting for the first token…"));
    if (const ChatReply *reply = m_conversation.reply(m_paneId)) {
        m_changes = reply->changeLog();
        connect(reply, &Reply::retryScheduled, this, [this](const Error &error, int, std::chrono::milliseconds delay) {
            m_ui->metricsLabel->setText(
                tr("%1 Asking again in %2.").arg(error.message, formatDuration(std::chrono::microseconds(delay))));
        });
    }
    const Answer *given = m_conversation.answerUnderWay(m_paneId);
    m_isTextExpected = !given || given->message.text().isEmpty();
    showRunning(true);
    m_liveTimer.start();
}

void AnswerPane::addDelta(const ChatDelta &delta)
{
    if (delta.choice > 0)
        return; // further choices are in the response; the pane shows the first
    if (!delta.reasoning.isEmpty())
        m_transcript->appendReasoning(delta.reasoning);
    if (m_isTextExpected && !delta.text.trimmed().isEmpty()) {
        m_isTextExpected = false;
        m_transcript->appendText(jsonOpening(m_conversation.requestUnderWay(m_paneId), delta.text));
    }
    if (!delta.text.isEmpty())
        m_transcript->appendText(delta.text);
}

void AnswerPane::endAnswer(int turn)
{
    m_liveTimer.stop();
    showRunning(false);
    const Answer *answer = answerOf(m_conversation.session().turns[static_cast<std::size_t>(turn)], m_paneId);
    if (!answer)
        return;
    // Those that wait are shown as cards.
    for (const ToolCall &call : answer->message.toolCalls) {
        if (!m_hasToolCards || answer->state != Answer::State::AwaitingTools)
            m_transcript->addToolCall(call.name, call.arguments);
    }
    if (answer->message.text().isEmpty() && answer->message.toolCalls.empty()
        && answer->state == Answer::State::Complete)
        m_transcript->appendText(tr("*(the model returned an empty answer)*"));
    m_transcript->endAnswer(footerOf(*answer));
    showMetrics(answer);
    if (answer->error && answer->error->kind != Error::Kind::Cancelled)
        m_banner->showError(*answer->error, m_conversation.originOf(m_paneId), m_changes);
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
    m_ui->regenerateButton->setVisible(!isRunning);
    m_ui->regenerateButton->setEnabled(!m_conversation.session().turns.empty());
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

void AnswerPane::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->mimeData()->hasFormat(QString::fromLatin1(CatalogueModel::mimeType)))
        event->acceptProposedAction();
}

void AnswerPane::dropEvent(QDropEvent *event)
{
    const ModelRef model = CatalogueModel::modelFromMime(*event->mimeData());
    if (!model.isValid())
        return;
    event->acceptProposedAction();
    Q_EMIT modelDropped(model);
}

void AnswerPane::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    // In a narrow pane the name of the model needs the room; the endpoint stands above each answer.
    m_ui->endpointLabel->setVisible(width() >= leastWidthForEndpoint);
}

bool AnswerPane::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::FocusIn)
        Q_EMIT activated();
    return QFrame::eventFilter(watched, event);
}

void AnswerPane::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        paintHeader();
}

} // namespace diptych
