// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "prompts/promptlibrarydialog.h"
#include "ui_promptlibrarydialog.h"

#include "models/parameters.h"
#include "models/promptfill.h"
#include "theme/theme.h"
#include "widgets/banner.h"

#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QKeyEvent>
#include <QMimeData>
#include <QPushButton>
#include <QSortFilterProxyModel>

namespace diptych {

namespace {

constexpr std::chrono::milliseconds pauseBeforeSaving {600};

QList<QUrl> promptFiles(const QMimeData &data)
{
    QList<QUrl> files = data.urls();
    files.removeIf([](const QUrl &url) { return !url.isLocalFile() || !isPromptFileName(url.fileName()); });
    return files;
}

/// "temperature 0.5, max_tokens 100".
QString parametersText(const RequestSettings &settings)
{
    QStringList parts;
    for (const ParameterSpec &spec : parameterSpecs()) {
        if (const auto value = spec.read(settings))
            parts.append(spec.name + u' ' + parameterText(spec, *value));
    }
    parts.append(settings.extras.value_or(QJsonObject()).keys());
    return parts.join(QStringLiteral(", "));
}

} // namespace

PromptLibraryDialog::PromptLibraryDialog(PromptLibrary &library, QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::PromptLibraryDialog>())
    , m_model(new PromptsModel(library, this))
    , m_found(new QSortFilterProxyModel(this))
    , m_banner(new Banner(this))
{
    m_ui->setupUi(this);
    setAcceptDrops(true);
    m_ui->bannerLayout->addWidget(m_banner);
    makeCaption(m_ui->factsLabel);
    makeCaption(m_ui->hintLabel);
    makeCaption(m_ui->emptyLabel);
    m_ui->insertButton->setDefault(true);
    m_ui->splitter->setSizes({220, 480});
    setUpList();
    connectEditor();
    connect(m_model, &PromptsModel::failed, this, [this](const Error &error) {
        m_banner->showMessage(Banner::Tone::Error, tr("The library could not be changed"), error.message);
    });
    connect(m_banner, &Banner::actionTriggered, this, [this] {
        select(m_model->add(m_removed));
        m_banner->dismiss();
    });
    m_model->reload();
    m_found->sort(0);
    if (m_model->rowCount() > 0)
        m_ui->list->setCurrentIndex(m_found->index(0, 0));
    showCurrent();
    m_ui->searchEdit->setFocus();
}

PromptLibraryDialog::~PromptLibraryDialog() = default;

void PromptLibraryDialog::setUpList()
{
    m_found->setSourceModel(m_model);
    m_found->setFilterRole(PromptsModel::SearchRole);
    m_found->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_found->setSortCaseSensitivity(Qt::CaseInsensitive);
    m_ui->list->setModel(m_found);
    m_ui->list->setUniformItemSizes(true);
    m_ui->list->setSpacing(1);
    m_ui->list->installEventFilter(this);
    m_ui->searchEdit->installEventFilter(this);
    m_ui->addButton->setIcon(themeIcon(QStringLiteral("add")));
    m_ui->openButton->setIcon(themeIcon(QStringLiteral("folder")));
    m_ui->removeButton->setIcon(themeIcon(QStringLiteral("trash")));
    connect(m_ui->searchEdit, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_found->setFilterFixedString(text);
        if (!m_ui->list->currentIndex().isValid() && m_found->rowCount() > 0)
            m_ui->list->setCurrentIndex(m_found->index(0, 0));
    });
    connect(m_ui->list->selectionModel(), &QItemSelectionModel::currentChanged, this, [this] {
        saveCurrent();
        showCurrent();
    });
    connect(m_ui->list, &QListView::activated, this, &PromptLibraryDialog::insertCurrent);
    connect(m_ui->addButton, &QToolButton::clicked, this, [this] {
        addPrompt(m_written);
        setWritten({});
    });
    connect(m_ui->openButton, &QToolButton::clicked, this, &PromptLibraryDialog::chooseFile);
    connect(m_ui->removeButton, &QToolButton::clicked, this, &PromptLibraryDialog::removeCurrent);
    connect(m_ui->insertButton, &QPushButton::clicked, this, &PromptLibraryDialog::insertCurrent);
    connect(m_ui->closeButton, &QPushButton::clicked, this, &QDialog::reject);
}

void PromptLibraryDialog::connectEditor()
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(pauseBeforeSaving);
    connect(&m_pause, &QTimer::timeout, this, &PromptLibraryDialog::saveCurrent);
    const auto edited = [this] {
        m_pause.start();
        showFacts();
    };
    connect(m_ui->nameEdit, &QLineEdit::textEdited, this, edited);
    connect(m_ui->descriptionEdit, &QLineEdit::textEdited, this, edited);
    connect(m_ui->textEdit, &QPlainTextEdit::textChanged, this, edited);
}

int PromptLibraryDialog::currentRow() const
{
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (m_model->at(row)->id == m_shownId && !m_shownId.isEmpty())
            return row;
    }
    return -1;
}

void PromptLibraryDialog::showCurrent()
{
    const Prompt *prompt = m_model->at(m_found->mapToSource(m_ui->list->currentIndex()).row());
    if (prompt && prompt->id == m_shownId)
        return; // its field has what is newer
    m_shownId = prompt ? prompt->id : QString();
    m_ui->nameEdit->setText(prompt ? prompt->name : QString());
    m_ui->descriptionEdit->setText(prompt ? prompt->description : QString());
    const QSignalBlocker blocker(m_ui->textEdit);
    m_ui->textEdit->setPlainText(prompt ? prompt->text : QString());
    showFacts();
}

void PromptLibraryDialog::showFacts()
{
    const Prompt *prompt = m_model->at(currentRow());
    const QString text = m_ui->textEdit->toPlainText();
    QStringList facts;
    if (const QStringList names = promptVariables(text); !names.isEmpty())
        facts.append(tr("Variables: %1").arg(names.join(QStringLiteral(", "))));
    if (prompt && !prompt->model.isEmpty())
        facts.append(tr("written for %1").arg(prompt->model));
    if (const QString parameters = prompt ? parametersText(prompt->settings) : QString(); !parameters.isEmpty())
        facts.append(parameters);
    m_ui->factsLabel->setText(facts.join(QStringLiteral(" · ")));
    m_ui->editor->setVisible(prompt != nullptr);
    m_ui->emptyLabel->setVisible(!prompt);
    m_ui->emptyLabel->setText(m_model->rowCount() == 0
            ? tr("No prompts are kept yet. Add one, or open a .prompty or .prompt.yml file.")
            : tr("No prompt is chosen."));
    m_ui->removeButton->setEnabled(prompt != nullptr);
    m_ui->insertButton->setEnabled(prompt && !text.trimmed().isEmpty());
}

void PromptLibraryDialog::saveCurrent()
{
    m_pause.stop();
    const int row = currentRow();
    const Prompt *known = m_model->at(row);
    if (!known)
        return;
    Prompt prompt = *known;
    prompt.name = m_ui->nameEdit->text().trimmed();
    prompt.description = m_ui->descriptionEdit->text().trimmed();
    prompt.text = m_ui->textEdit->toPlainText();
    m_model->change(row, prompt);
}

void PromptLibraryDialog::select(int row)
{
    m_ui->searchEdit->clear(); // it might hide the row
    m_ui->list->setCurrentIndex(m_found->mapFromSource(m_model->index(row)));
    showCurrent();
}

void PromptLibraryDialog::setWritten(const QString &text)
{
    m_written = text;
    m_ui->addButton->setToolTip(
        text.trimmed().isEmpty() ? tr("New prompt") : tr("Keep what is written in the composer"));
}

void PromptLibraryDialog::addPrompt(const QString &text)
{
    saveCurrent();
    const QString line = text.trimmed().section(u'\n', 0, 0).left(60);
    select(m_model->add({.name = line.isEmpty() ? tr("New prompt") : line, .text = text}));
    m_ui->nameEdit->setFocus();
    m_ui->nameEdit->selectAll();
}

void PromptLibraryDialog::openFile(const QString &path)
{
    const Result<Prompt> prompt = readPromptFile(path);
    if (!prompt) {
        m_banner->showMessage(Banner::Tone::Warning, tr("Not opened"), prompt.error().message);
        return;
    }
    saveCurrent();
    select(m_model->add(*prompt));
}

void PromptLibraryDialog::chooseFile()
{
    auto *dialog = new QFileDialog(this, tr("Open a prompt file"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setNameFilters({tr("Prompts (*.prompty *.prompt.yml *.prompt.yaml)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList &paths) {
        for (const QString &path : paths)
            openFile(path);
    });
    dialog->open();
}

void PromptLibraryDialog::removeCurrent()
{
    saveCurrent();
    const int row = currentRow();
    if (row < 0)
        return;
    m_shownId.clear();
    m_removed = m_model->remove(row);
    showCurrent();
    showFacts();
    m_banner->showMessage(Banner::Tone::Info, tr("\"%1\" was deleted").arg(m_removed.name));
    m_banner->addAction(QStringLiteral("undo"), tr("Undo"));
}

void PromptLibraryDialog::insertCurrent()
{
    saveCurrent();
    const Prompt *prompt = m_model->at(currentRow());
    if (!prompt || prompt->text.trimmed().isEmpty())
        return;
    const Prompt chosen = *prompt;
    accept();
    Q_EMIT promptChosen(chosen);
}

void PromptLibraryDialog::done(int result)
{
    saveCurrent();
    QDialog::done(result);
}

void PromptLibraryDialog::dragEnterEvent(QDragEnterEvent *event)
{
    if (!promptFiles(*event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void PromptLibraryDialog::dropEvent(QDropEvent *event)
{
    event->acceptProposedAction();
    const QList<QUrl> files = promptFiles(*event->mimeData());
    for (const QUrl &file : files)
        openFile(file.toLocalFile());
}

bool PromptLibraryDialog::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QDialog::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent *>(event)->key();
    if (watched == m_ui->list && key == Qt::Key_Delete) {
        removeCurrent();
        return true;
    }
    // While a word is searched for, the arrows go through what was found.
    if (watched == m_ui->searchEdit && (key == Qt::Key_Up || key == Qt::Key_Down)) {
        QCoreApplication::sendEvent(m_ui->list, event);
        return true;
    }
    return QDialog::eventFilter(watched, event);
}

} // namespace diptych
