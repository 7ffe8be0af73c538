// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoints/credentialfields.h"

#include "api/tokenscopes.h"
#include "theme/theme.h"

#include "ui_credentialfields.h"

#include <QLineEdit>
#include <QProcess>

namespace diptych {

namespace {

using Method = CredentialFields::Method;

QString authText(Endpoint::Auth auth, const QByteArray &keyHeader)
{
    const QString header = QString::fromLatin1(keyHeader);
    switch (auth) {
    case Endpoint::Auth::None:
        return CredentialFields::tr("Not sent");
    case Endpoint::Auth::Bearer:
        return QStringLiteral("Authorization: Bearer");
    case Endpoint::Auth::ApiKey:
        return header;
    case Endpoint::Auth::Both:
        return CredentialFields::tr("%1 and Authorization: Bearer").arg(header);
    }
    return {};
}

bool takesTokens(Endpoint::Kind kind)
{
    return !defaultTokenScope(kind).isEmpty();
}

Method methodOf(const Endpoint &endpoint)
{
    if (!endpoint.tokenCommand.isEmpty())
        return Method::Command;
    return takesTokens(endpoint.kind) && endpoint.auth == Endpoint::Auth::Bearer ? Method::Token : Method::Key;
}

void choose(QComboBox &box, int value)
{
    box.setCurrentIndex(std::max(0, box.findData(value)));
}

} // namespace

CredentialFields::CredentialFields(QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::CredentialFields>())
{
    m_ui->setupUi(this);
    setUpFields();
    connect(m_ui->methodBox, &QComboBox::activated, this, &CredentialFields::takeMethod);
    connect(m_ui->keyEdit, &QLineEdit::textChanged, this, &CredentialFields::edited);
    connect(m_ui->authBox, &QComboBox::activated, this, &CredentialFields::edited);
    connect(m_ui->commandBox, &QComboBox::editTextChanged, this, &CredentialFields::edited);
    connect(m_ui->scopeBox, &QComboBox::editTextChanged, this, [this] {
        showScope();
        Q_EMIT edited();
    });
    connect(m_ui->showKeyButton, &QToolButton::toggled, this,
        [this](bool shown) { m_ui->keyEdit->setEchoMode(shown ? QLineEdit::Normal : QLineEdit::Password); });
    read({}, "api-key");
}

CredentialFields::~CredentialFields() = default;

void CredentialFields::setUpFields()
{
    m_ui->showKeyButton->setIcon(themeIcon(QStringLiteral("eye-off")));
    m_ui->methodBox->addItem(tr("API key"), int(Method::Key));
    m_ui->methodBox->addItem(tr("Token, pasted (Microsoft Entra or another)"), int(Method::Token));
    m_ui->methodBox->addItem(tr("Token, printed by a command"), int(Method::Command));
    m_ui->commandBox->addItems(tokenCommandPresets());
    for (const TokenScope &preset : tokenScopePresets()) {
        m_ui->scopeBox->addItem(preset.scope);
        m_ui->scopeBox->setItemData(m_ui->scopeBox->count() - 1, preset.description, Qt::ToolTipRole);
    }
    m_ui->commandBox->lineEdit()->setPlaceholderText(tr("a program and its arguments"));
    m_ui->scopeBox->lineEdit()->setPlaceholderText(tr("none"));
    for (QLabel *caption : {m_ui->keyHintLabel, m_ui->commandHintLabel, m_ui->scopeHintLabel})
        makeCaption(caption);
}

void CredentialFields::read(const Endpoint &endpoint, const QByteArray &keyHeader)
{
    m_kind = endpoint.kind;
    const QSignalBlocker blocker(this);
    m_ui->authBox->clear();
    for (const auto auth : {Endpoint::Auth::Bearer, Endpoint::Auth::ApiKey, Endpoint::Auth::Both, Endpoint::Auth::None})
        m_ui->authBox->addItem(authText(auth, keyHeader), int(auth));
    choose(*m_ui->authBox, int(endpoint.auth));
    choose(*m_ui->methodBox, int(methodOf(endpoint)));
    m_ui->keyEdit->setText(QString::fromUtf8(endpoint.credential.reveal()));
    m_ui->commandBox->setCurrentText(endpoint.tokenCommand);
    m_ui->scopeBox->setCurrentText(endpoint.tokenScope);
    showMethod();
}

void CredentialFields::write(Endpoint &endpoint) const
{
    const bool isCommand = method() == Method::Command;
    endpoint.credential = isCommand ? Secret() : Secret(m_ui->keyEdit->text().trimmed().toUtf8());
    endpoint.auth =
        method() == Method::Key ? Endpoint::Auth(m_ui->authBox->currentData().toInt()) : Endpoint::Auth::Bearer;
    endpoint.tokenCommand = isCommand ? m_ui->commandBox->currentText().trimmed() : QString();
    endpoint.tokenScope = isCommand ? m_ui->scopeBox->currentText().trimmed() : QString();
}

QString CredentialFields::problem() const
{
    if (method() != Method::Command)
        return {};
    const QString command = m_ui->commandBox->currentText();
    if (QProcess::splitCommand(command).isEmpty())
        return tr("Type the command that prints a token.");
    if (command.contains(u"{scope}") && m_ui->scopeBox->currentText().trimmed().isEmpty())
        return tr("The command has {scope}: choose a scope.");
    return {};
}

void CredentialFields::takeMethod()
{
    if (method() == Method::Command && m_ui->commandBox->currentText().isEmpty()) {
        m_ui->commandBox->setCurrentIndex(0);
        m_ui->commandBox->setCurrentText(m_ui->commandBox->itemText(0));
        m_ui->scopeBox->setCurrentText(defaultTokenScope(m_kind));
    }
    showMethod();
    Q_EMIT edited();
}

void CredentialFields::showMethod()
{
    const Method chosen = method();
    const bool isCommand = chosen == Method::Command;
    m_ui->keyLabel->setText(chosen == Method::Token ? tr("&Token") : tr("API &key"));
    m_ui->keyEdit->setAccessibleName(chosen == Method::Token ? tr("Token") : tr("API key"));
    m_ui->form->setRowVisible(m_ui->keyRow, !isCommand);
    m_ui->form->setRowVisible(m_ui->keyHintLabel, !isCommand);
    m_ui->form->setRowVisible(m_ui->authBox, chosen == Method::Key);
    m_ui->form->setRowVisible(m_ui->commandBox, isCommand);
    m_ui->form->setRowVisible(m_ui->commandHintLabel, isCommand);
    m_ui->form->setRowVisible(m_ui->scopeBox, isCommand);
    m_ui->form->setRowVisible(m_ui->scopeHintLabel, isCommand);
    showScope();
}

void CredentialFields::showScope()
{
    QString text = tr("Put where the command says {scope}.");
    for (const TokenScope &preset : tokenScopePresets()) {
        if (preset.scope == m_ui->scopeBox->currentText().trimmed())
            text = tr("For %1.", "endpoints that take tokens of a scope").arg(preset.description);
    }
    m_ui->scopeHintLabel->setText(text);
}

void CredentialFields::setHint(const QString &text)
{
    m_ui->keyHintLabel->setText(method() == Method::Token
            ? tr("Sent as Authorization: Bearer. Tokens expire, those of Entra after about an hour. %1").arg(text)
            : text);
}

bool CredentialFields::hasSecret() const
{
    return method() == Method::Command || !m_ui->keyEdit->text().trimmed().isEmpty();
}

int CredentialFields::labelWidth() const
{
    int width = 0;
    for (const QLabel *label :
        {m_ui->methodLabel, m_ui->keyLabel, m_ui->authLabel, m_ui->commandLabel, m_ui->scopeLabel})
        width = std::max(width, label->sizeHint().width());
    return width;
}

void CredentialFields::setLabelWidth(int width)
{
    m_ui->methodLabel->setMinimumWidth(width);
}

CredentialFields::Method CredentialFields::method() const
{
    return Method(m_ui->methodBox->currentData().toInt());
}

} // namespace diptych
