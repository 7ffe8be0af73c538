// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/wirepage.h"

#include "inspector/requestview.h"
#include "inspector/responseview.h"
#include "models/codesnippet.h"
#include "models/harexport.h"
#include "theme/theme.h"
#include "ui_wirepage.h"
#include "widgets/savefile.h"

#include <QClipboard>
#include <QFile>
#include <QFileDialog>
#include <QJsonDocument>
#include <QMenu>
#include <QShortcut>

namespace diptych {

namespace {

using namespace std::chrono_literals;
constexpr auto liveInterval = 100ms;
constexpr int mostAttemptLines = 4;

// Data of the box's entries; attempts that were repeated have their index, from 0.
constexpr int nextRequest = -1;
constexpr int lastExchange = -2;

QString statusText(const Exchange &exchange)
{
    return exchange.status == 0 ? WirePage::tr("no answer") : QString::number(exchange.status);
}

} // namespace

WirePage::WirePage(QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::WirePage>())
    , m_keyVariable(keyVariableFor({}))
{
    m_ui->setupUi(this);
    makeCaption(m_ui->emptyLabel);
    m_ui->curlButton->setIcon(themeIcon(QStringLiteral("copy")));
    m_ui->findButton->setIcon(themeIcon(QStringLiteral("search")));
    m_ui->moreButton->setIcon(themeIcon(QStringLiteral("more")));
    m_ui->splitter->setStretchFactor(0, 1);
    m_ui->splitter->setStretchFactor(1, 1);
    m_live.setInterval(liveInterval);
    setUpMenu();
    connect(&m_live, &QTimer::timeout, this, &WirePage::refreshLive);
    connect(m_ui->attemptBox, &QComboBox::currentIndexChanged, this, &WirePage::showChosen);
    connect(m_ui->attemptList, &QListWidget::currentRowChanged, this, [this](int row) {
        const int last = m_ui->attemptList->count() - 1;
        if (row >= 0)
            m_ui->attemptBox->setCurrentIndex(m_ui->attemptBox->findData(row == last ? lastExchange : row));
    });
    connect(m_ui->curlButton, &QToolButton::clicked, this, &WirePage::copyCurl);
    connect(m_ui->findButton, &QToolButton::clicked, m_ui->findBar, &WireFindBar::open);
    connect(m_ui->findBar, &WireFindBar::textChanged, this, &WirePage::search);
    connect(m_ui->findBar, &WireFindBar::filterToggled, this, &WirePage::search);
    connect(m_ui->findBar, &WireFindBar::stepped, this, &WirePage::step);
    fillBox();
}

WirePage::~WirePage() = default;

void WirePage::setUpMenu()
{
    auto *menu = new QMenu(this);
    m_har = menu->addAction(tr("Save as HTTP archive (HAR)…"), this, &WirePage::saveHar);
    m_har->setObjectName(QStringLiteral("harAction"));
    m_replay = menu->addAction(tr("Save for replay…"), this, &WirePage::saveReplay);
    m_replay->setObjectName(QStringLiteral("replayAction"));
    menu->addSeparator();
    menu->addAction(tr("Open exchange…"), this, &WirePage::askForFile)->setObjectName(QStringLiteral("openAction"));
    m_ui->moreButton->setMenu(menu);
    auto *find = new QShortcut(QKeySequence::Find, this);
    find->setContext(Qt::WidgetWithChildrenShortcut);
    find->setWhatsThis(tr("Find in the exchange"));
    connect(find, &QShortcut::activated, m_ui->findBar, &WireFindBar::open);
    const auto addStep = [this](QKeySequence::StandardKey key, int direction, const QString &title) {
        auto *shortcut = new QShortcut(key, this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        shortcut->setWhatsThis(title);
        connect(shortcut, &QShortcut::activated, this, [this, direction] { step(direction); });
    };
    addStep(QKeySequence::FindNext, 1, tr("Next match in the exchange"));
    addStep(QKeySequence::FindPrevious, -1, tr("Previous match in the exchange"));
}

void WirePage::setPreview(const Result<WirePreview> &preview, const QJsonObject &commonRequest)
{
    const bool isFirst = !m_preview;
    m_preview = preview;
    m_previewCommon = commonRequest;
    if (isFirst)
        fillBox();
    else if (isNextChosen())
        showChosen();
}

void WirePage::watch(Reply *reply, const QJsonObject &commonRequest)
{
    if (m_reply)
        disconnect(m_reply, nullptr, this, nullptr);
    m_reply = reply;
    m_recorded = {.commonRequest = commonRequest, .changeLog = reply ? reply->changeLog() : ChangeLog {}};
    if (reply) {
        connect(reply, &Reply::finished, this, &WirePage::takeFinished);
        connect(reply, &Reply::attemptStarted, this, [this] { fillBox(); });
        connect(reply, &QObject::destroyed, this, &WirePage::forgetReply);
        m_live.start();
    }
    fillBox(true);
    if (reply && reply->isFinished())
        takeFinished();
}

void WirePage::showExchange(const RecordedExchange &recorded)
{
    watch(nullptr);
    m_live.stop();
    m_ui->fileBanner->dismiss();
    m_recorded = recorded;
    fillBox(true);
}

void WirePage::showFileError(const QString &message)
{
    m_ui->fileBanner->showMessage(Banner::Tone::Error, message);
}

void WirePage::openFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return showFileError(tr("%1 could not be read: %2").arg(path, file.errorString()));
    // One byte more than is allowed tells a file that is too large.
    const Result<RecordedExchange> recorded = fromReplayFile(file.read(maxReplayFile + 1));
    if (!recorded)
        return showFileError(recorded.error().message);
    showExchange(*recorded);
}

void WirePage::takeFinished()
{
    if (!m_reply)
        return;
    m_live.stop();
    disconnect(m_reply, nullptr, this, nullptr);
    m_recorded.attempts = m_reply->earlierAttempts();
    m_recorded.attempts.push_back(m_reply->exchange());
    m_recorded.changeLog = m_reply->changeLog();
    m_recorded.error = m_reply->error();
    m_reply.clear();
    fillBox();
}

void WirePage::forgetReply()
{
    m_live.stop();
    m_reply.clear();
    fillBox();
}

void WirePage::fillBox(bool toLast)
{
    QComboBox *box = m_ui->attemptBox;
    const QVariant before = box->currentData();
    const QSignalBlocker blocker(box);
    box->clear();
    // Entries hold an index, not a pointer: the vectors grow.
    const std::size_t repeated = m_reply ? earlier().size() : qMax<std::size_t>(m_recorded.attempts.size(), 1) - 1;
    for (std::size_t i = 0; i < repeated; ++i)
        box->addItem(tr("Attempt %1 · %2").arg(i + 1).arg(statusText(earlier()[i])), static_cast<int>(i));
    if (m_reply)
        box->addItem(
            repeated == 0 ? tr("Exchange under way") : tr("Attempt %1, under way").arg(repeated + 1), lastExchange);
    else if (!m_recorded.attempts.empty())
        box->addItem(repeated == 0
                ? tr("Exchange · %1").arg(statusText(m_recorded.attempts.back()))
                : tr("Attempt %1 · %2").arg(repeated + 1).arg(statusText(m_recorded.attempts.back())),
            lastExchange);
    if (m_preview)
        box->addItem(tr("Next request"), nextRequest);
    const int same = before.isValid() && !toLast ? box->findData(before) : -1;
    const int last = box->findData(lastExchange);
    box->setCurrentIndex(same >= 0 ? same : last >= 0 ? last : 0);
    fillAttempts();
    if (same >= 0)
        updateChosen(); // the frame that is being read stays selected
    else
        showChosen();
}

void WirePage::fillAttempts()
{
    QListWidget *list = m_ui->attemptList;
    const QSignalBlocker blocker(list);
    list->clear();
    const std::size_t repeated = m_reply ? earlier().size() : m_recorded.attempts.size();
    list->setVisible(m_reply ? repeated > 0 : repeated > 1);
    if (list->isHidden())
        return;
    list->addItems(attemptLines(attempts()));
    for (int row = 0; row < list->count(); ++row)
        list->item(row)->setToolTip(list->item(row)->text());
    const int lines = qMin(list->count(), mostAttemptLines);
    list->setFixedHeight(lines * list->sizeHintForRow(0) + 2 * list->frameWidth());
}

std::vector<Exchange> WirePage::attempts() const
{
    if (!m_reply)
        return m_recorded.attempts;
    std::vector<Exchange> all = earlier();
    // Only what the list says of it; the body that still grows is not copied.
    const Exchange &last = m_reply->exchange();
    all.push_back({.startedAt = last.startedAt, .status = last.status, .reason = last.reason, .phases = last.phases});
    return all;
}

const std::vector<Exchange> &WirePage::earlier() const
{
    return m_reply ? m_reply->earlierAttempts() : m_recorded.attempts;
}

const Exchange *WirePage::chosen() const
{
    const QVariant entry = m_ui->attemptBox->currentData();
    if (!entry.isValid() || entry.toInt() == nextRequest)
        return nullptr;
    if (entry.toInt() == lastExchange)
        return m_reply ? &m_reply->exchange() : m_recorded.attempts.empty() ? nullptr : &m_recorded.attempts.back();
    const auto index = static_cast<std::size_t>(entry.toInt());
    return index < earlier().size() ? &earlier()[index] : nullptr;
}

bool WirePage::isNextChosen() const
{
    return m_ui->attemptBox->currentData() == QVariant(nextRequest);
}

WirePreview WirePage::chosenRequest() const
{
    if (const Exchange *exchange = chosen()) {
        WirePreview request = previewOf(*exchange);
        request.changeLog = m_recorded.changeLog;
        return request;
    }
    return m_preview && *m_preview ? **m_preview : WirePreview {};
}

void WirePage::showChosen()
{
    m_ui->responseView->setSource([this] { return chosen(); });
    updateChosen();
}

void WirePage::updateChosen()
{
    const bool isEmpty = m_ui->attemptBox->count() == 0;
    const bool isNext = isNextChosen();
    const bool isLast = m_ui->attemptBox->currentData() == QVariant(lastExchange);
    m_ui->attemptBox->setEnabled(!isEmpty);
    m_ui->emptyLabel->setVisible(isEmpty);
    m_ui->splitter->setVisible(!isEmpty);
    m_ui->curlButton->setEnabled(!isEmpty && (!isNext || (m_preview && *m_preview)));
    m_ui->findButton->setEnabled(!isEmpty);
    m_har->setEnabled(chosen() != nullptr);
    m_replay->setEnabled(chosen() != nullptr);
    {
        const QSignalBlocker blocker(m_ui->attemptList);
        const int last = m_ui->attemptList->count() - 1;
        m_ui->attemptList->setCurrentRow(isNext ? -1 : isLast ? last : m_ui->attemptBox->currentData().toInt());
    }
    m_ui->requestView->setRequest(chosenRequest(), isNext ? m_previewCommon : m_recorded.commonRequest);
    m_ui->responseView->setVisible(!isNext || (m_preview && !*m_preview));
    m_ui->responseView->refresh();
    if (isNext)
        m_ui->responseView->setError(*m_preview ? std::nullopt : std::optional((*m_preview).error()));
    else if (isLast)
        m_ui->responseView->setError(m_recorded.error);
    findMatches(); // what is read stays where it is
}

void WirePage::refreshLive()
{
    const bool isLive = m_ui->attemptBox->currentData() == QVariant(lastExchange);
    if (!isVisible() || !m_reply || !isLive)
        return;
    // The request is known from the first moment, its headers only once it is sent.
    m_ui->requestView->setRequest(chosenRequest(), m_recorded.commonRequest);
    m_ui->responseView->refresh();
}

void WirePage::findMatches()
{
    const QByteArray needle = m_ui->findBar->text().toUtf8();
    m_ui->responseView->filterFrames(m_ui->findBar->filters() ? needle : QByteArray());
    m_matches = findInWire(chosenRequest(), chosen(), needle);
    m_match = qMin(m_match, static_cast<int>(m_matches.size()) - 1);
    showCount();
}

void WirePage::showCount()
{
    m_ui->findBar->setCount(qMax(m_match, 0), static_cast<int>(m_matches.size()), m_matches.size() == maxMatches);
}

void WirePage::search()
{
    m_match = -1;
    findMatches();
    step(1);
}

void WirePage::step(int direction)
{
    const int count = static_cast<int>(m_matches.size());
    if (count == 0)
        return;
    m_match = (m_match + direction + count) % count;
    showCount();
    const WireMatch &match = m_matches[static_cast<std::size_t>(m_match)];
    if (match.part == WireMatch::Part::RequestHead || match.part == WireMatch::Part::RequestBody)
        m_ui->requestView->reveal(match);
    else
        m_ui->responseView->reveal(match);
}

void WirePage::copyCurl()
{
    QGuiApplication::clipboard()->setText(codeSnippet(chosenRequest(), SnippetLanguage::Curl, m_keyVariable));
}

void WirePage::saveHar()
{
    if (const Exchange *exchange = chosen())
        saveFile(this,
            {.title = tr("Save as HTTP archive"),
                .name = QStringLiteral("exchange.har"),
                .filter = tr("HTTP archive (*.har)"),
                .bytes = QJsonDocument(toHar(std::span(exchange, 1))).toJson()},
            [this](const QString &message) { showFileError(message); });
}

void WirePage::saveReplay()
{
    if (!chosen())
        return;
    RecordedExchange recorded = m_recorded;
    if (m_reply) {
        recorded.attempts = m_reply->earlierAttempts();
        recorded.attempts.push_back(m_reply->exchange());
    }
    saveFile(this,
        {.title = tr("Save for replay"),
            .name = QStringLiteral("exchange") + QLatin1String(replayFileSuffix),
            .filter = tr("Recorded exchange (*%1)").arg(QLatin1String(replayFileSuffix)),
            .bytes = toReplayFile(recorded)},
        [this](const QString &message) { showFileError(message); });
}

void WirePage::askForFile()
{
    auto *dialog = new QFileDialog(
        this, tr("Open exchange"), QString(), tr("Recorded exchange (*%1)").arg(QLatin1String(replayFileSuffix)));
    dialog->setObjectName(QStringLiteral("openDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &WirePage::openFile);
    dialog->open();
}

} // namespace diptych
