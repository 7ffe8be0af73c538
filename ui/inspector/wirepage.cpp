// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/wirepage.h"

#include "models/codesnippet.h"
#include "models/exchangejson.h"
#include "theme/theme.h"
#include "inspector/requestview.h"
#include "inspector/responseview.h"
#include "ui_wirepage.h"

#include <QClipboard>
#include <QFileDialog>
#include <QJsonDocument>
#include <QSaveFile>

namespace diptych {

namespace {

using namespace std::chrono_literals;
constexpr auto liveInterval = 100ms;

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
    m_ui->saveButton->setIcon(themeIcon(QStringLiteral("download")));
    m_ui->splitter->setStretchFactor(0, 1);
    m_ui->splitter->setStretchFactor(1, 1);
    m_live.setInterval(liveInterval);
    connect(&m_live, &QTimer::timeout, this, &WirePage::refreshLive);
    connect(m_ui->attemptBox, &QComboBox::currentIndexChanged, this, &WirePage::showChosen);
    connect(m_ui->curlButton, &QToolButton::clicked, this, &WirePage::copyCurl);
    connect(m_ui->saveButton, &QToolButton::clicked, this, &WirePage::save);
    fillBox();
}

WirePage::~WirePage() = default;

void WirePage::setPreview(const Result<WirePreview> &preview)
{
    const bool isFirst = !m_preview;
    m_preview = preview;
    if (isFirst)
        fillBox();
    else if (m_ui->attemptBox->currentData().toInt() == nextRequest)
        showChosen();
}

void WirePage::watch(Reply *reply)
{
    if (m_reply)
        disconnect(m_reply, nullptr, this, nullptr);
    m_reply = reply;
    m_stored.reset();
    m_storedEarlier.clear();
    m_changeLog = reply ? reply->changeLog() : ChangeLog {};
    m_error.reset();
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

void WirePage::showExchange(const Exchange &exchange, const ChangeLog &changeLog, const std::optional<Error> &error)
{
    watch(nullptr);
    m_live.stop();
    m_stored = exchange;
    m_changeLog = changeLog;
    m_error = error;
    fillBox(true);
}

void WirePage::takeFinished()
{
    if (!m_reply)
        return;
    m_live.stop();
    disconnect(m_reply, nullptr, this, nullptr);
    m_stored = m_reply->exchange();
    m_storedEarlier = m_reply->earlierAttempts();
    m_changeLog = m_reply->changeLog();
    m_error = m_reply->error();
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
    const std::vector<Exchange> &attempts = earlier();
    for (std::size_t i = 0; i < attempts.size(); ++i)
        box->addItem(tr("Attempt %1 · %2").arg(i + 1).arg(statusText(attempts[i])), static_cast<int>(i));
    if (m_reply)
        box->addItem(attempts.empty() ? tr("Exchange under way") : tr("Attempt %1, under way").arg(attempts.size() + 1),
            lastExchange);
    else if (m_stored)
        box->addItem(attempts.empty() ? tr("Exchange · %1").arg(statusText(*m_stored))
                                      : tr("Attempt %1 · %2").arg(attempts.size() + 1).arg(statusText(*m_stored)),
            lastExchange);
    if (m_preview)
        box->addItem(tr("Next request"), nextRequest);
    const int same = before.isValid() && !toLast ? box->findData(before) : -1;
    const int last = box->findData(lastExchange);
    box->setCurrentIndex(same >= 0 ? same : last >= 0 ? last : 0);
    if (same >= 0)
        updateChosen(); // the frame that is being read stays selected
    else
        showChosen();
}

const std::vector<Exchange> &WirePage::earlier() const
{
    return m_reply ? m_reply->earlierAttempts() : m_storedEarlier;
}

const Exchange *WirePage::chosen() const
{
    const QVariant entry = m_ui->attemptBox->currentData();
    if (!entry.isValid() || entry.toInt() == nextRequest)
        return nullptr;
    if (entry.toInt() == lastExchange)
        return m_reply ? &m_reply->exchange() : m_stored ? &*m_stored : nullptr;
    const auto index = static_cast<std::size_t>(entry.toInt());
    return index < earlier().size() ? &earlier()[index] : nullptr;
}

WirePreview WirePage::chosenRequest() const
{
    if (const Exchange *exchange = chosen()) {
        WirePreview request = previewOf(*exchange);
        request.changeLog = m_changeLog;
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
    m_ui->attemptBox->setEnabled(!isEmpty);
    m_ui->emptyLabel->setVisible(isEmpty);
    m_ui->splitter->setVisible(!isEmpty);
    const bool isNext = m_ui->attemptBox->currentData() == QVariant(nextRequest);
    m_ui->curlButton->setEnabled(!isEmpty && (!isNext || (m_preview && *m_preview)));
    m_ui->saveButton->setEnabled(!isEmpty && !isNext);
    m_ui->requestView->setRequest(chosenRequest());
    m_ui->responseView->setVisible(!isNext || (m_preview && !*m_preview));
    m_ui->responseView->refresh();
    if (isNext)
        m_ui->responseView->setError(*m_preview ? std::nullopt : std::optional((*m_preview).error()));
    else if (m_ui->attemptBox->currentData() == QVariant(lastExchange))
        m_ui->responseView->setError(m_error);
}

void WirePage::refreshLive()
{
    const bool isLive = m_ui->attemptBox->currentData() == QVariant(lastExchange);
    if (!isVisible() || !m_reply || !isLive)
        return;
    // The request is known from the first moment, its headers only once it is sent.
    m_ui->requestView->setRequest(chosenRequest());
    m_ui->responseView->refresh();
}

void WirePage::copyCurl()
{
    QGuiApplication::clipboard()->setText(codeSnippet(chosenRequest(), SnippetLanguage::Curl, m_keyVariable));
}

void WirePage::save()
{
    const Exchange *exchange = chosen();
    if (!exchange)
        return;
    const QByteArray json = QJsonDocument(exchangeToJson(*exchange, m_changeLog, m_error)).toJson();
    auto *dialog = new QFileDialog(this, tr("Save exchange"), QString(), tr("JSON (*.json)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("json"));
    connect(dialog, &QFileDialog::fileSelected, this, [this, json](const QString &path) {
        QSaveFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(json) != json.size() || !file.commit())
            m_ui->responseView->setError(Error {.kind = Error::Kind::Storage,
                .message = tr("%1 could not be written: %2").arg(path, file.errorString())});
    });
    dialog->open();
}

} // namespace diptych
