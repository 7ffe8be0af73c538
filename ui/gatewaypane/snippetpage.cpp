// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gatewaypane/snippetpage.h"

#include "theme/theme.h"
#include "ui_snippetpage.h"

#include <QClipboard>

namespace diptych {

SnippetPage::SnippetPage(QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::SnippetPage>())
{
    m_ui->setupUi(this);
    makeCaption(m_ui->nameLabel);
    m_ui->codeView->setFont(monospaceFont());
    m_ui->copyButton->setIcon(themeIcon(QStringLiteral("copy")));
    for (const GatewayClient client : gatewayClients())
        m_ui->clientBox->addItem(gatewayClientName(client), QVariant::fromValue(client));
    connect(m_ui->clientBox, &QComboBox::currentIndexChanged, this, &SnippetPage::refresh);
    connect(m_ui->copyButton, &QToolButton::clicked, this,
        [this] { QGuiApplication::clipboard()->setText(m_ui->codeView->toPlainText()); });
    refresh();
}

SnippetPage::~SnippetPage() = default;

void SnippetPage::setTarget(const QUrl &base, const QString &routeName)
{
    if (base == m_base && routeName == m_routeName)
        return;
    m_base = base;
    m_routeName = routeName;
    refresh();
}

void SnippetPage::refresh()
{
    const QString model = m_routeName.isEmpty() ? QStringLiteral("any-name") : exampleName(m_routeName);
    m_ui->codeView->setPlainText(gatewaySnippet(m_ui->clientBox->currentData().value<GatewayClient>(), m_base, model));
    m_ui->nameLabel->setText(m_routeName.isEmpty() ? tr("needs a route") : tr("for the route %1").arg(m_routeName));
}

} // namespace diptych
