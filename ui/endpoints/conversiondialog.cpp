// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoints/conversiondialog.h"

#include "theme/theme.h"

#include "ui_conversiondialog.h"

#include <QPushButton>
#include <QUuid>

namespace diptych {

namespace {

QString authText(const Endpoint &endpoint)
{
    switch (endpoint.auth) {
    case Endpoint::Auth::None:
        return ConversionDialog::tr("not sent");
    case Endpoint::Auth::Bearer:
        return QStringLiteral("Authorization: Bearer");
    case Endpoint::Auth::ApiKey:
        return QStringLiteral("api-key");
    case Endpoint::Auth::Both:
        return ConversionDialog::tr("api-key and Authorization: Bearer");
    }
    return {};
}

QString bulletList(const QStringList &sentences)
{
    QStringList lines;
    for (const QString &sentence : sentences)
        lines.append(QStringLiteral("•  %1").arg(sentence));
    return lines.join(u'\n');
}

QString orNone(const QString &text)
{
    return text.isEmpty() ? ConversionDialog::tr("none") : text;
}

} // namespace

ConversionDialog::ConversionDialog(const Endpoint &before, const V1Conversion &conversion, QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::ConversionDialog>())
    , m_originalId(before.id)
    , m_endpoint(conversion.proposal.endpoint)
{
    m_ui->setupUi(this);
    setWindowTitle(tr("Convert %1 to OpenAI v1").arg(before.name));
    for (QLabel *caption : {m_ui->beforeCaption, m_ui->afterCaption, m_ui->changesCaption, m_ui->lossesCaption})
        makeCaption(caption);
    for (QLabel *label : findChildren<QLabel *>())
        label->setTextFormat(Qt::PlainText);
    showDifference(before, m_endpoint);
    m_ui->changesLabel->setText(bulletList(conversion.proposal.changes));
    m_ui->changesCaption->setVisible(!conversion.proposal.changes.isEmpty());
    m_ui->changesLabel->setVisible(!conversion.proposal.changes.isEmpty());
    m_ui->lossesLabel->setText(conversion.losses.isEmpty() ? tr("Nothing.") : bulletList(conversion.losses));
    connect(m_ui->cancelButton, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_ui->acceptButton, &QPushButton::clicked, this, &ConversionDialog::finish);
}

ConversionDialog::~ConversionDialog() = default;

void ConversionDialog::showDifference(const Endpoint &before, const Endpoint &after)
{
    m_ui->kindBefore->setText(endpointKindName(before.kind));
    m_ui->kindAfter->setText(endpointKindName(after.kind));
    m_ui->urlBefore->setText(before.baseUrl.toDisplayString(QUrl::RemoveUserInfo));
    m_ui->urlAfter->setText(after.baseUrl.toDisplayString(QUrl::RemoveUserInfo));
    m_ui->versionBefore->setText(orNone(before.apiVersion));
    m_ui->versionAfter->setText(orNone(after.apiVersion));
    m_ui->authBefore->setText(authText(before));
    m_ui->authAfter->setText(authText(after));
}

void ConversionDialog::finish()
{
    Endpoint endpoint = m_endpoint;
    const bool isReplacing = m_ui->replaceButton->isChecked();
    endpoint.id = isReplacing ? m_originalId : QUuid::createUuid().toString(QUuid::WithoutBraces);
    accept();
    Q_EMIT endpointAccepted(endpoint);
}

} // namespace diptych
