// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/codepage.h"

#include "models/codesnippet.h"
#include "models/formatting.h"
#include "theme/theme.h"
#include "ui_codepage.h"

#include <QClipboard>

namespace diptych {

CodePage::CodePage(QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::CodePage>())
    , m_keyVariable(keyVariableFor({}))
{
    m_ui->setupUi(this);
    m_ui->codeView->setFont(monospaceFont());
    m_ui->codeView->setPlaceholderText(tr("Choose a model and write a prompt to see the call."));
    m_ui->copyButton->setIcon(themeIcon(QStringLiteral("copy")));
    makeCaption(m_ui->keyCaption);
    const auto add = [this](const QString &name, SnippetLanguage language) {
        m_ui->languageBox->addItem(name, static_cast<int>(language));
    };
    add(QStringLiteral("curl"), SnippetLanguage::Curl);
    add(QStringLiteral("Python"), SnippetLanguage::Python);
    add(QStringLiteral("JavaScript"), SnippetLanguage::JavaScript);
    add(QStringLiteral("C#"), SnippetLanguage::CSharp);
    add(QStringLiteral("C++ / Qt"), SnippetLanguage::CppQt);
    connect(m_ui->languageBox, &QComboBox::currentIndexChanged, this, &CodePage::refresh);
    connect(m_ui->copyButton, &QToolButton::clicked, this, &CodePage::copy);
    refresh();
}

CodePage::~CodePage() = default;

void CodePage::setKeyVariable(const QString &variable)
{
    if (variable == m_keyVariable)
        return;
    m_keyVariable = variable;
    refresh();
}

void CodePage::setCall(const Result<WirePreview> &call)
{
    m_call = call;
    refresh();
}

void CodePage::refresh()
{
    const bool hasError = m_call && !*m_call;
    const bool hasCall = m_call && *m_call;
    m_ui->copyButton->setEnabled(hasCall);
    m_ui->keyCaption->setVisible(hasCall);
    m_ui->keyCaption->setText(tr("The key is read from %1 in the environment.").arg(m_keyVariable));
    if (hasError)
        m_ui->banner->showMessage(Banner::Tone::Error, m_call->error().message, whatToDo(m_call->error()));
    else
        m_ui->banner->hide();
    const auto language = static_cast<SnippetLanguage>(m_ui->languageBox->currentData().toInt());
    m_ui->codeView->setVisible(!hasError);
    m_code = hasCall ? codeSnippet(**m_call, language, m_keyVariable) : QString();
    const QString shown = shortenedLines(m_code);
    if (shown != m_ui->codeView->toPlainText())
        m_ui->codeView->setPlainText(shown);
}

void CodePage::copy()
{
    QGuiApplication::clipboard()->setText(m_code);
}

} // namespace diptych
