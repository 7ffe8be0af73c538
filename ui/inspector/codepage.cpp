// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/codepage.h"

#include "models/formatting.h"
#include "models/wiretext.h"
#include "theme/theme.h"
#include "ui_codepage.h"

#include <QClipboard>

#include <algorithm>

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
    connect(m_ui->languageBox, &QComboBox::activated, this, [this] {
        m_wanted = m_ui->languageBox->currentData().value<SnippetLanguage>();
        refresh();
    });
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
    const SnippetLanguage language = fillLanguages();
    m_ui->codeView->setVisible(!hasError);
    m_code = hasCall ? codeSnippet(**m_call, language, m_keyVariable) : QString();
    const QString shown = inertText(shortenedLines(m_code).toUtf8());
    if (shown != m_ui->codeView->toPlainText())
        m_ui->codeView->setPlainText(shown);
}

SnippetLanguage CodePage::fillLanguages()
{
    const std::vector<SnippetLanguage> offered = snippetLanguages(m_call && *m_call ? **m_call : WirePreview {});
    const SnippetLanguage language = nearestLanguage(m_wanted, offered);
    const QSignalBlocker blocker(m_ui->languageBox);
    if (offered != m_offered) {
        m_offered = offered;
        m_ui->languageBox->clear();
        for (const SnippetLanguage each : offered)
            m_ui->languageBox->addItem(snippetLanguageName(each), QVariant::fromValue(each));
    }
    const auto chosen = std::find(offered.begin(), offered.end(), language);
    m_ui->languageBox->setCurrentIndex(static_cast<int>(chosen - offered.begin()));
    return language;
}

void CodePage::copy()
{
    QGuiApplication::clipboard()->setText(m_code);
}

} // namespace diptych
