// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/enginedialog.h"

#include "engines/llamaserver.h"
#include "theme/theme.h"

#include "ui_enginedialog.h"

#include <QEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QScrollBar>

namespace diptych {

namespace {

using State = LlamaServer::State;

constexpr int iconSize = 16;

QString stateText(const LlamaServer &server)
{
    switch (server.state()) {
    case State::NotFound:
        return EngineDialog::tr("llama-server was not found");
    case State::Stopped:
        return EngineDialog::tr("Not running");
    case State::Starting:
        return EngineDialog::tr("Loading the model …");
    case State::Ready:
        return EngineDialog::tr("Ready at %1").arg(server.endpoint().baseUrl.authority());
    case State::Stopping:
        return EngineDialog::tr("Stopping …");
    case State::Failed:
        return EngineDialog::tr("Failed");
    }
    return {};
}

QString stateIcon(State state)
{
    switch (state) {
    case State::Ready:
        return QStringLiteral("check");
    case State::Starting:
    case State::Stopping:
        return QStringLiteral("activity");
    case State::NotFound:
        return QStringLiteral("warning");
    case State::Failed:
        return QStringLiteral("error");
    case State::Stopped:
        break;
    }
    return QStringLiteral("stop");
}

} // namespace

EngineDialog::EngineDialog(LlamaServer &server, QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::EngineDialog>())
    , m_server(server)
{
    m_ui->setupUi(this);
    setUpFields();
    appendLog(m_server.log().tail(EngineLog::maxLines));
    showState();
    connect(m_ui->programButton, &QToolButton::clicked, this, &EngineDialog::chooseProgram);
    connect(m_ui->modelButton, &QToolButton::clicked, this, &EngineDialog::chooseModel);
    connect(m_ui->modelEdit, &QLineEdit::textChanged, this, &EngineDialog::showState);
    connect(m_ui->runButton, &QPushButton::clicked, this, &EngineDialog::toggle);
    connect(m_ui->closeButton, &QPushButton::clicked, this, &QDialog::close);
    connect(&m_server, &LlamaServer::stateChanged, this, &EngineDialog::showState);
    connect(&m_server, &LlamaServer::logged, this, &EngineDialog::appendLog);
}

EngineDialog::~EngineDialog() = default;

void EngineDialog::setUpFields()
{
    for (QLabel *caption : {m_ui->logCaption, m_ui->hintLabel})
        makeCaption(caption);
    for (QToolButton *button : {m_ui->programButton, m_ui->modelButton})
        button->setIcon(themeIcon(QStringLiteral("folder")));
    const LlamaServer::Options &last = m_server.options();
    m_ui->modelEdit->setText(last.modelFile);
    m_ui->contextBox->setValue(last.contextSize);
    QStringList words;
    for (const QString &argument : last.arguments)
        words.append(argument.contains(u' ') ? QStringLiteral("\"%1\"").arg(argument) : argument);
    m_ui->argumentsEdit->setText(words.join(u' '));
    m_ui->logView->setFont(monospaceFont());
    m_ui->logView->setMaximumBlockCount(EngineLog::maxLines);
    m_ui->stateLabel->setTextFormat(Qt::PlainText);
}

void EngineDialog::chooseProgram()
{
    auto *dialog = new QFileDialog(this, tr("Choose llama-server"), QFileInfo(m_server.program()).path());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &file) {
        m_server.setProgram(file);
        showState();
        if (!m_server.program().isEmpty())
            Q_EMIT programChosen(file);
    });
    dialog->open();
}

void EngineDialog::chooseModel()
{
    auto *dialog = new QFileDialog(this, tr("Choose a model file"),
        m_ui->modelEdit->text().isEmpty() ? m_modelFolder : QFileInfo(m_ui->modelEdit->text()).path());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Models of llama.cpp (*.gguf)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &file) {
        m_ui->modelEdit->setText(file);
        m_modelFolder = QFileInfo(file).path();
        Q_EMIT modelFolderChosen(m_modelFolder);
    });
    dialog->open();
}

void EngineDialog::toggle()
{
    if (m_server.isRunning()) {
        m_server.stop();
        return;
    }
    m_ui->logView->clear();
    m_server.start({.modelFile = m_ui->modelEdit->text().trimmed(),
        .contextSize = m_ui->contextBox->value(),
        .arguments = QProcess::splitCommand(m_ui->argumentsEdit->text())});
}

void EngineDialog::appendLog(const QStringList &lines)
{
    if (lines.isEmpty())
        return;
    const QScrollBar *bar = m_ui->logView->verticalScrollBar();
    const bool isAtEnd = bar->value() >= bar->maximum();
    m_ui->logView->appendPlainText(lines.join(u'\n'));
    if (isAtEnd)
        m_ui->logView->verticalScrollBar()->setValue(m_ui->logView->verticalScrollBar()->maximum());
}

void EngineDialog::showState()
{
    const State state = m_server.state();
    const bool isRunning = m_server.isRunning();
    m_ui->programLabel->setText(m_server.program().isEmpty() ? tr("not on PATH") : m_server.program());
    m_ui->stateIcon->setPixmap(themeIcon(stateIcon(state)).pixmap(QSize(iconSize, iconSize), devicePixelRatioF()));
    m_ui->stateLabel->setText(stateText(m_server));
    m_ui->runButton->setText(isRunning ? tr("&Stop") : tr("&Start"));
    m_ui->runButton->setEnabled(state != State::NotFound && state != State::Stopping
        && (isRunning || !m_ui->modelEdit->text().trimmed().isEmpty()));
    for (QWidget *field : std::initializer_list<QWidget *> {
             m_ui->programButton, m_ui->modelEdit, m_ui->modelButton, m_ui->contextBox, m_ui->argumentsEdit})
        field->setEnabled(!isRunning);
    if (state == State::Failed) {
        const QString problem = m_server.problem();
        m_ui->banner->showMessage(
            Banner::Tone::Error, problem.section(u'\n', 0, 0), problem.section(u'\n', 1).trimmed());
    } else if (state == State::NotFound) {
        m_ui->banner->showMessage(Banner::Tone::Warning, tr("llama-server is not on this machine's PATH."),
            tr("It comes with llama.cpp. Install it, or choose the program below."));
    } else {
        m_ui->banner->dismiss();
    }
}

void EngineDialog::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showState(); // the icon is drawn for a palette
}

} // namespace diptych
