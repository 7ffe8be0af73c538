// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/requestview.h"

#include "inspector/changedelegate.h"
#include "core/secret.h"
#include "models/changelogmodel.h"
#include "models/formatting.h"
#include "models/jsontext.h"
#include "theme/theme.h"
#include "ui_requestview.h"
#include "widgets/jsonhighlighter.h"

#include <QEvent>
#include <QHeaderView>

namespace diptych {

namespace {

QString headerLines(const HeaderList &headers)
{
    QString lines;
    for (const HeaderField &field : headers) {
        const QByteArray value = isSecretHeader(field.name) ? QByteArray("***") : field.value;
        lines += QString::fromLatin1(field.name) + QStringLiteral(": ") + QString::fromUtf8(value) + u'\n';
    }
    return lines;
}

} // namespace

RequestView::RequestView(QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::RequestView>())
    , m_changes(new ChangeLogModel(this))
{
    m_ui->setupUi(this);
    makeCaption(m_ui->requestCaption);
    makeCaption(m_ui->changesCaption);
    m_ui->requestText->setFont(monospaceFont());
    new JsonHighlighter(m_ui->requestText->document());
    m_ui->changesTable->setModel(m_changes);
    m_ui->changesTable->setItemDelegateForColumn(ChangeLogModel::KindColumn, new ChangeDelegate(this));
    QHeaderView *header = m_ui->changesTable->header();
    header->setSectionResizeMode(ChangeLogModel::KindColumn, QHeaderView::ResizeToContents);
    header->setSectionResizeMode(ChangeLogModel::ChangeColumn, QHeaderView::ResizeToContents);
    header->setStretchLastSection(true);
    connect(m_ui->verbatimBox, &QCheckBox::toggled, this, &RequestView::showText);
    setRequest({});
}

RequestView::~RequestView() = default;

void RequestView::setRequest(const WirePreview &request)
{
    // While an answer streams this is called ten times a second with the same request, which may carry images.
    if (request == m_request && !m_ui->changesCaption->text().isEmpty())
        return;
    m_request = request;
    m_changes->setChanges(request.changeLog);
    const int changed = m_changes->changedCount();
    m_ui->changesCaption->setText(
        changed == 0 ? tr("The adapter changed nothing") : tr("Fields changed by the adapter: %1").arg(changed));
    showText();
}

void RequestView::showText()
{
    const QUrl url = m_request.url.adjusted(QUrl::RemoveUserInfo);
    QString target = url.path(QUrl::FullyEncoded);
    if (url.hasQuery())
        target += u'?' + url.query(QUrl::FullyEncoded);
    QString text;
    if (!m_request.method.isEmpty()) {
        text = QString::fromLatin1(m_request.method) + u' ' + target + u'\n';
        if (headerValue(m_request.headers, "Host").isEmpty()) // a preview has not been to the transport yet
            text += QStringLiteral("Host: ") + url.authority() + u'\n';
        text += headerLines(m_request.headers) + u'\n';
        text += m_ui->verbatimBox->isChecked() ? QString::fromUtf8(m_request.body) : prettyJson(m_request.body);
        text = shortenedLines(text);
    }
    if (text != m_ui->requestText->toPlainText())
        m_ui->requestText->setPlainText(text);
}

void RequestView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() != QEvent::PaletteChange)
        return;
    if (auto *highlighter = m_ui->requestText->document()->findChild<JsonHighlighter *>())
        highlighter->refresh();
}

} // namespace diptych
