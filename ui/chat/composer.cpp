// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/composer.h"
#include "ui_composer.h"

#include "chat/attachmentbar.h"
#include "chat/variablesbar.h"
#include "models/promptfill.h"
#include "theme/theme.h"
#include "widgets/banner.h"

#include <QFileDialog>
#include <QMenu>
#include <QMimeData>
#include <QResizeEvent>

namespace diptych {

namespace {

constexpr int fewestLines = 2;
constexpr int mostLines = 9;
constexpr int mostSystemLines = 5;
constexpr int narrow = 620; // pixels; below, words on buttons have no room

const QString undoRemoval = QStringLiteral("undoRemoval");

/// A system prompt, if any, and one question.
bool isSimple(const std::vector<Message> &messages)
{
    if (messages.empty() || messages.size() > 2)
        return false;
    if (messages.size() == 2)
        return messages.front().role == Role::System && messages.back().role == Role::User;
    return messages.front().role == Role::System || messages.front().role == Role::User;
}

} // namespace

Composer::Composer(QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::Composer>())
    , m_systemMenu(new QMenu(this))
    , m_banner(new Banner(this))
    , m_attachments(new AttachmentBar(this))
    , m_variables(new VariablesBar(this))
{
    m_ui->setupUi(this);
    setUpButtons();
    m_ui->bannerLayout->addWidget(m_banner);
    m_ui->attachmentsLayout->addWidget(m_attachments);
    m_ui->variablesLayout->addWidget(m_variables);
    makeCaption(m_ui->hintLabel);
    m_ui->systemEdit->hide();
    m_ui->systemEdit->setSending(false);
    m_ui->systemEdit->setLines(fewestLines, mostSystemLines);
    m_ui->promptEdit->setLines(fewestLines, mostLines);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    installEventFilter(this);
    setFocusProxy(m_ui->promptEdit);
    connectParts();
    showState();
}

Composer::~Composer() = default;

void Composer::setUpButtons()
{
    m_ui->sendButton->setIcon(themeIcon(QStringLiteral("send")));
    m_ui->stopButton->setIcon(themeIcon(QStringLiteral("stop")));
    m_ui->systemButton->setIcon(themeIcon(QStringLiteral("text")));
    m_ui->systemButton->setMenu(m_systemMenu);
    m_ui->systemButton->setPopupMode(QToolButton::MenuButtonPopup);
    m_ui->systemButton->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_ui->attachButton->setIcon(themeIcon(QStringLiteral("attach")));
    m_ui->attachButton->setToolTip(tr("Attach files; they can be pasted and dropped, too\n%1\nPrompt files (.prompty, "
                                      ".prompt.yml) are opened as prompts.")
                                       .arg(attachmentLimitsText()));
    m_ui->libraryButton->setIcon(themeIcon(QStringLiteral("library")));
    m_ui->toolsButton->setIcon(themeIcon(QStringLiteral("tool")));
    m_ui->schemaButton->setIcon(themeIcon(QStringLiteral("schema")));
    m_ui->schemaButton->setCheckable(true);
    connect(m_ui->toolsButton, &QToolButton::clicked, this, &Composer::toolsRequested);
    connect(m_ui->schemaButton, &QToolButton::clicked, this, [this] {
        m_ui->schemaButton->toggle(); // it shows a state, the dialog changes it
        Q_EMIT schemaRequested();
    });
    showToolState(0, false);
}

void Composer::showToolState(int tools, bool hasForm)
{
    m_ui->toolsButton->setText(tools > 0 ? QString::number(tools) : QString());
    m_ui->toolsButton->setToolTip(
        tools > 0 ? tr("%n tool(s) offered to the models", nullptr, tools) : tr("Tools: none is offered"));
    m_ui->toolsButton->setAccessibleName(m_ui->toolsButton->toolTip());
    m_ui->schemaButton->setChecked(hasForm);
    m_ui->schemaButton->setToolTip(hasForm ? tr("Form of the answers: JSON") : tr("Form of the answers: as they come"));
    m_ui->schemaButton->setAccessibleName(m_ui->schemaButton->toolTip());
}

void Composer::connectParts()
{
    connect(m_ui->systemButton, &QToolButton::toggled, m_ui->systemEdit, &QWidget::setVisible);
    connect(m_ui->systemEdit, &QPlainTextEdit::textChanged, this, [this] {
        Q_EMIT systemPromptEdited(m_ui->systemEdit->toPlainText());
        noteEdit();
    });
    connect(m_ui->attachButton, &QToolButton::clicked, this, &Composer::chooseFiles);
    connect(m_ui->libraryButton, &QToolButton::clicked, this, &Composer::libraryRequested);
    connect(m_ui->sendButton, &QPushButton::clicked, this, &Composer::send);
    connect(m_ui->stopButton, &QPushButton::clicked, this, &Composer::stopRequested);
    connect(m_ui->promptEdit, &QPlainTextEdit::textChanged, this, &Composer::noteEdit);
    connect(m_ui->promptEdit, &PromptEdit::sendRequested, this, &Composer::send);
    connect(m_ui->promptEdit, &PromptEdit::stopRequested, this, &Composer::stopRequested);
    connect(m_ui->promptEdit, &PromptEdit::filesOffered, this, &Composer::addFiles);
    connect(m_ui->systemEdit, &PromptEdit::filesOffered, this, &Composer::addFiles);
    connect(m_ui->systemEdit, &PromptEdit::pictureOffered, m_attachments, &AttachmentBar::addPicture);
    connect(m_ui->promptEdit, &PromptEdit::pictureOffered, m_attachments, &AttachmentBar::addPicture);
    connect(m_ui->promptEdit, &PromptEdit::upPressed, this, [this](bool isAtStart) { recall(true, isAtStart); });
    connect(m_ui->promptEdit, &PromptEdit::downPressed, this, [this] { recall(false, false); });
    connect(m_attachments, &AttachmentBar::changed, this, &Composer::noteEdit);
    connect(m_attachments, &AttachmentBar::refused, this, &Composer::refuse);
    connect(m_attachments, &AttachmentBar::removed, this, [this](const Attachment &attachment) {
        m_removed = attachment;
        showOffer(tr("%1 was taken away").arg(attachment.name), {}, {{undoRemoval, tr("Undo")}});
    });
    connect(m_attachments, &AttachmentBar::emptied, m_ui->promptEdit, qOverload<>(&QWidget::setFocus));
    connect(m_variables, &VariablesBar::sendRequested, this, &Composer::send);
    connect(m_variables, &VariablesBar::literalChanged, this, &Composer::noteEdit);
    connect(m_variables, &VariablesBar::valuesEdited, this, [this](const QJsonObject &values) {
        Q_EMIT variablesEdited(values);
        Q_EMIT textEdited();
    });
    connect(m_banner, &Banner::actionTriggered, this, [this](const QString &id) {
        if (id == undoRemoval) {
            m_banner->dismiss();
            addAttachment(*std::exchange(m_removed, std::nullopt));
        } else {
            Q_EMIT bannerAction(id);
        }
    });
    connect(m_banner, &Banner::dismissed, this, [this] { m_isRefusal = false; });
}

QString Composer::text() const
{
    return m_ui->promptEdit->toPlainText();
}

bool Composer::isBlank() const
{
    return text().trimmed().isEmpty() && m_attachments->isBare();
}

Result<Message> Composer::prompt() const
{
    const std::vector<Attachment> attachments = m_attachments->attachments();
    if (m_variables->isLiteral())
        return promptWith(attachments, text());
    const Result<QString> filled = filledPrompt(text(), m_variables->values());
    if (!filled)
        return Failure(filled.error());
    return promptWith(attachments, *filled);
}

Message Composer::draft() const
{
    return promptWith(m_attachments->attachments(), text());
}

void Composer::setDraft(const Message &draft)
{
    m_attachments->setAttachments(attachmentsOf(draft));
    setText(typedText(draft));
}

void Composer::clear()
{
    m_history.add(text());
    m_isScript = false;
    m_attachments->clear();
    m_banner->dismiss();
    m_variables->setLiteral(false);
    m_ui->promptEdit->replaceText({});
}

void Composer::setText(const QString &text)
{
    m_isScript = false;
    m_ui->promptEdit->setPlainText(text);
    m_ui->promptEdit->moveCursor(QTextCursor::End);
}

void Composer::setSystemPrompt(const QString &text)
{
    if (m_ui->systemEdit->toPlainText() != text) {
        const QSignalBlocker blocker(m_ui->systemEdit);
        m_ui->systemEdit->setPlainText(text);
    }
    if (!text.isEmpty())
        m_ui->systemButton->setChecked(true);
    noteEdit();
}

void Composer::setRunning(bool isRunning)
{
    m_isRunning = isRunning;
    m_ui->promptEdit->setStoppable(isRunning);
    showState();
}

void Composer::setTargetCount(int panes)
{
    m_targetCount = panes;
    showState();
}

void Composer::setVariables(const QJsonObject &values)
{
    m_variables->setValues(values);
}

void Composer::setEstimates(const std::vector<ContextEstimate> &estimates)
{
    m_overflow = overflowText(estimates);
    m_ui->gauge->setEstimates(estimates);
    showState();
}

void Composer::addFiles(const QList<QUrl> &files)
{
    QList<QUrl> attached;
    for (const QUrl &file : files) {
        if (!file.isLocalFile()) {
            refuse(tr("%1 is not on this machine. Save it, then attach the file.").arg(file.fileName()));
            continue;
        }
        if (!isPromptFileName(file.fileName())) {
            attached.append(file);
            continue;
        }
        const Result<Prompt> prompt = readPromptFile(file.toLocalFile());
        if (prompt)
            usePrompt(*prompt);
        else
            refuse(prompt.error().message);
    }
    m_attachments->addFiles(attached);
}

void Composer::addAttachment(const Attachment &attachment)
{
    m_attachments->addAttachment(attachment);
}

void Composer::chooseFiles()
{
    auto *dialog = new QFileDialog(this, tr("Attach files"));
    dialog->setObjectName(QStringLiteral("attachDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setNameFilters(
        {tr("All files (*)"), tr("Pictures, sounds, PDFs and texts (%1)").arg(attachmentPatterns().join(u' ')),
            tr("Prompts (*.prompty *.prompt.yml *.prompt.yaml)")});
    connect(dialog, &QFileDialog::urlsSelected, this, &Composer::addFiles);
    dialog->open();
}

void Composer::usePrompt(const Prompt &prompt)
{
    QJsonObject values = m_variables->values();
    for (auto value = prompt.values.begin(); value != prompt.values.end(); ++value) {
        if (values.value(value.key()).toString().isEmpty())
            values.insert(value.key(), value.value());
    }
    m_variables->setValues(values);
    Q_EMIT variablesEdited(values);
    const std::vector<Message> messages = messagesOf(prompt);
    if (isSimple(messages)) {
        if (messages.front().role == Role::System) {
            m_ui->systemButton->setChecked(true);
            m_ui->systemEdit->replaceText(messages.front().text());
        }
        if (messages.back().role == Role::User)
            m_ui->promptEdit->insertAtCursor(messages.back().text());
    } else {
        m_ui->promptEdit->replaceText(prompt.text);
        m_isScript = true;
        showState();
    }
    m_ui->promptEdit->setFocus();
    m_ui->promptEdit->ensureCursorVisible();
    Q_EMIT promptUsed(prompt);
}

void Composer::recall(bool older, bool isAtStart)
{
    if (!isAtStart && !m_history.isShowing(text()))
        return;
    if (const std::optional<QString> found = older ? m_history.older(text()) : m_history.newer(text()))
        m_ui->promptEdit->replaceText(*found);
}

void Composer::send()
{
    if (!m_ui->sendButton->isEnabled())
        return;
    const QJsonObject &values = m_variables->values();
    if (!m_variables->isLiteral()) {
        if (const Result<QString> system = filledPrompt(m_ui->systemEdit->toPlainText(), values); !system) {
            showVariableProblem(system.error());
            return;
        }
    }
    if (m_isScript) {
        Result<std::vector<Message>> messages = filledMessages(text(), values);
        if (!messages) {
            showVariableProblem(messages.error());
            return;
        }
        if (!messages->empty() && messages->back().role == Role::User)
            messages->back() = promptWith(m_attachments->attachments(), messages->back().text());
        Q_EMIT scriptRequested(*messages);
        return;
    }
    const Result<Message> message = prompt();
    if (message)
        Q_EMIT sendRequested(*message);
    else
        showVariableProblem(message.error());
}

void Composer::showVariableProblem(const Error &error)
{
    showProblem(tr("Not sent"), error.message);
    m_variables->focusField(error.parameter);
}

void Composer::showProblem(const QString &title, const QString &text, const Actions &actions)
{
    showBanner(true, title, text, actions);
}

void Composer::showOffer(const QString &title, const QString &text, const Actions &actions)
{
    showBanner(false, title, text, actions);
}

void Composer::showBanner(bool isProblem, const QString &title, const QString &text, const Actions &actions)
{
    m_isRefusal = false;
    m_banner->showMessage(isProblem ? Banner::Tone::Warning : Banner::Tone::Info, title, text);
    for (const auto &[id, label] : actions)
        m_banner->addAction(id, label);
}

void Composer::refuse(const QString &reason)
{
    // Several files may be refused at once.
    const QString text = m_isRefusal ? QString(m_banner->text() + u'\n' + reason) : reason;
    showProblem(tr("Not attached"), text);
    m_isRefusal = true;
}

void Composer::noteEdit()
{
    if (text().isEmpty())
        m_isScript = false;
    QStringList variables = promptVariables(m_ui->systemEdit->toPlainText());
    const QStringList own = promptVariables(text());
    for (const QString &name : own) {
        if (!variables.contains(name))
            variables.append(name);
    }
    m_variables->setVariables(variables);
    showState();
    Q_EMIT textEdited();
}

void Composer::showState()
{
    const bool isReading = m_attachments->isReading();
    m_ui->stopButton->setVisible(m_isRunning);
    m_ui->sendButton->setEnabled(m_targetCount > 0 && !isReading && !isBlank());
    QString hint = m_isNarrow ? QString() : tr("Enter sends, Shift+Enter starts a new line");
    if (m_targetCount == 0)
        hint = tr("No pane takes part: link one in its header, or add a pane.");
    else if (isReading)
        hint = tr("Reading files…");
    else if (!m_overflow.isEmpty())
        hint = m_overflow;
    else if (m_isScript)
        hint = tr("Several messages: sending begins a new session with them");
    m_ui->hintLabel->setText(hint);
}

bool Composer::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == this && event->type() == QEvent::Resize) {
        const bool isNarrow = static_cast<QResizeEvent *>(event)->size().width() < narrow;
        m_ui->systemButton->setToolButtonStyle(isNarrow ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon);
        if (m_isNarrow != isNarrow) {
            m_isNarrow = isNarrow;
            showState();
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace diptych
