// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/answerpane.h"
#include "ui_answerpane.h"

#include "api/connections.h"
#include "api/price.h"
#include "api/repair.h"
#include "chat/attachmentpreview.h"
#include "chat/paneblocks.h"
#include "chat/repairbanner.h"
#include "chat/turnbar.h"
#include "chat/turnfiles.h"
#include "models/cataloguemodel.h"
#include "models/conversation.h"
#include "models/formatting.h"
#include "overlay/overlaystrip.h"
#include "theme/theme.h"
#include "transcript/transcriptview.h"

#include <QDragEnterEvent>
#include <QMimeData>
#include <QScrollBar>

namespace diptych {

namespace {

constexpr std::chrono::milliseconds liveInterval {250};

/// What the reader looks at, to be found again when the transcript is made anew.
class ReadingSpot
{
public:
    explicit ReadingSpot(TranscriptView &view)
        : m_view(view)
    {
        if (view.isFollowing())
            return;
        const int top = view.verticalScrollBar()->value();
        for (const TranscriptView::Place &place : view.places()) {
            if (place.turn >= 0 && (m_turn < 0 || place.top <= top)) {
                m_turn = place.turn;
                m_offset = top - qRound(view.turnTop(place.turn));
            }
        }
    }

    void restore() const
    {
        if (m_turn < 0 || m_view.turnTop(m_turn) < 0)
            return;
        m_view.setFollowing(false);
        m_view.verticalScrollBar()->setValue(qRound(m_view.turnTop(m_turn)) + m_offset);
    }

private:
    TranscriptView &m_view;
    int m_turn = -1;
    int m_offset = 0;
};

} // namespace

AnswerPane::AnswerPane(Conversation &conversation, Connections &connections, RenderScheduler &scheduler,
    const QString &paneId, QWidget *parent)
    : QFrame(parent)
    , m_ui(std::make_unique<Ui::AnswerPane>())
    , m_conversation(conversation)
    , m_connections(connections)
    , m_paneId(paneId)
    , m_banner(new RepairBanner(this))
    , m_overlayStrip(new OverlayStrip(this))
    , m_transcript(new TranscriptView(scheduler, this))
{
    m_ui->setupUi(this);
    m_ui->bannerLayout->addWidget(m_banner);
    m_ui->bannerLayout->addWidget(m_overlayStrip);
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

void AnswerPane::showHistory()
{
    const Session &session = m_conversation.session();
    const PaneState *pane = m_conversation.pane(m_paneId);
    if (!pane)
        return;
    const Answer *underWay = m_conversation.answerUnderWay(m_paneId);
    PaneBlocks shown = paneBlocks(session,
        {.paneId = m_paneId,
            .modelLabel = m_connections.displayName(pane->model),
            .hiddenName = m_blindName,
            .firstTurn = m_firstTurn,
            .hasPrompts = m_showsPrompts,
            .answerUnderWay = underWay ? underWay->id : 0});
    m_shownModel = pane->model;
    m_banner->dismiss();
    const ReadingSpot spot(*m_transcript);
    m_transcript->setHistory(std::move(shown.blocks));
    if (m_pictures) {
        for (const Turn &turn : session.turns)
            m_pictures->want(turn.prompt);
    }
    if (const ChatReply *reply = m_conversation.reply(m_paneId); reply && shown.openTurn >= 0) {
        m_transcript->beginAnswer(shown.openTurn, answerCaption(shown.openTurn, captionOf(underWay->modelLabel)));
        m_transcript->appendText(underWay->message.text());
        if (!reply->response().choices.empty()) {
            m_transcript->appendReasoning(reply->response().choices.front().message.reasoning);
            m_transcript->appendText(reply->response().text());
        }
    } else {
        spot.restore();
    }
    m_shownTurn = -1;
    showMetrics(shown.last);
    showRunning(m_conversation.isRunning(m_paneId));
}

void AnswerPane::setPromptsShown(bool areShown)
{
    if (m_showsPrompts == areShown)
        return;
    m_showsPrompts = areShown;
    showHistory();
}

void AnswerPane::setTurnActions(TurnActions *actions)
{
    m_turnBar = new TurnBar(*m_transcript, *actions, m_paneId);
}

void AnswerPane::showTurn(int turn)
{
    const TranscriptBlock prompt = promptBlock(m_conversation.session(), turn);
    if (m_showsPrompts)
        m_transcript->addUser(turn, prompt.caption, prompt.markdown, prompt.files);
    if (m_pictures)
        m_pictures->want(m_conversation.session().turns[static_cast<std::size_t>(turn)].prompt);
    m_transcript->setFollowing(true);
    m_shownTurn = turn;
}

void AnswerPane::beginAnswer(int turn)
{
    m_banner->dismiss();
    if (turn == m_shownTurn) {
        const PaneState *pane = m_conversation.pane(m_paneId);
        m_transcript->beginAnswer(
            turn, answerCaption(turn, pane ? captionOf(m_connections.displayName(pane->model)) : QString()));
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
    showRunning(true);
    m_liveTimer.start();
}

void AnswerPane::addDelta(const ChatDelta &delta)
{
    if (delta.choice > 0)
        return; // further choices are in the response; the pane shows the first
    if (!delta.reasoning.isEmpty())
        m_transcript->appendReasoning(delta.reasoning);
    if (!delta.text.isEmpty())
        m_transcript->appendText(delta.text);
}

void AnswerPane::endAnswer(int turn)
{
    m_liveTimer.stop();
    showRunning(false);
    const std::vector<Turn> &turns = m_conversation.session().turns;
    const Turn &asked = turns[static_cast<std::size_t>(turn)];
    const Answer *answer = answerOf(asked, m_paneId);
    if (!answer)
        return;
    for (const ToolCall &call : answer->message.toolCalls)
        m_transcript->addToolCall(call.name, call.arguments);
    if (answer->message.text().isEmpty() && answer->message.toolCalls.empty()
        && answer->state == Answer::State::Complete)
        m_transcript->appendText(tr("*(the model returned an empty answer)*"));
    m_transcript->endAnswer(answerFooter(asked, *answer));
    if (turn + 1 < std::ssize(turns))
        showHistory(); // later turns were held back while this one was asked again
    showMetrics(answer);
    if (answer->error && answer->error->kind != Error::Kind::Cancelled)
        m_banner->showError(*answer->error, m_conversation.originOf(m_paneId), m_changes);
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
