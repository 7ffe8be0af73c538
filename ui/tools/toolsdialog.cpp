// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/toolsdialog.h"

#include "models/toolform.h"
#include "theme/theme.h"
#include "tools/tooleditor.h"
#include "tools/toolsundo.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFile>
#include <QFileDialog>
#include <QJsonArray>
#include <QJsonDocument>
#include <QListWidget>
#include <QPushButton>
#include <QSplitter>

#include <algorithm>

namespace diptych {

namespace {

/// The state of a yes-or-no parameter that may be unset, as an index: 0 is unset.
int indexOf(const std::optional<bool> &value)
{
    return value ? (*value ? 1 : 2) : 0;
}

} // namespace

ToolsDialog::ToolsDialog(
    const ToolCollection &collection, const RequestSettings &settings, const QString &scope, QWidget *parent)
    : QDialog(parent)
    , m_settings(settings)
    , m_list(new QListWidget(this))
    , m_editor(new ToolEditor(this))
    , m_empty(new QLabel(this))
    , m_choice(new QComboBox(this))
    , m_parallel(new QComboBox(this))
    , m_problem(new QLabel(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Tools — %1").arg(scope));
    resize(880, 560);
    m_state.collection = collection;
    for (const Tool &tool : settings.tools.value_or(std::vector<Tool>())) {
        m_state.offered.insert(tool.name);
        auto &tools = m_state.collection.tools;
        const auto known = std::find_if(
            tools.begin(), tools.end(), [&tool](const LibraryTool &kept) { return kept.tool.name == tool.name; });
        if (known == tools.end())
            tools.push_back({.tool = tool});
        else
            known->tool = tool; // as it is sent now
    }
    auto *splitter = new QSplitter(this);
    splitter->addWidget(libraryColumn());
    auto *right = new QWidget(splitter);
    auto *rightColumn = new QVBoxLayout(right);
    rightColumn->setContentsMargins(0, 0, 0, 0);
    rightColumn->addWidget(m_editor);
    rightColumn->addWidget(m_empty);
    splitter->addWidget(right);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({240, 640});
    splitter->setChildrenCollapsible(false);
    m_empty->setText(
        tr("A tool is a function that a model may ask you to call. Write one with New, or import tools from "
           "the JSON of a program."));
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignCenter);
    m_problem->setWordWrap(true);
    auto *column = new QVBoxLayout(this);
    column->addWidget(splitter, 1);
    column->addWidget(choiceRow());
    column->addWidget(m_problem);
    column->addWidget(buttonRow());
    connect(m_editor, &ToolEditor::edited, this, &ToolsDialog::takeEditor);
    fillList(0);
}

QWidget *ToolsDialog::libraryColumn()
{
    auto *side = new QWidget(this);
    auto *caption = new QLabel(tr("Library; checked tools are offered"), side);
    makeCaption(caption);
    m_list->setObjectName(QStringLiteral("toolList"));
    m_list->setAccessibleName(tr("Tools; checked ones are offered to the models"));
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(spacing::tight);
    const auto add = [this, side, buttons](const char *name, const QString &icon, const QString &text, auto slot) {
        auto *button = new QToolButton(side);
        button->setObjectName(QString::fromLatin1(name));
        button->setIcon(themeIcon(icon));
        button->setToolTip(text);
        button->setAccessibleName(text);
        connect(button, &QToolButton::clicked, this, slot);
        buttons->addWidget(button);
        return button;
    };
    add("newToolButton", QStringLiteral("add"), tr("New tool"), &ToolsDialog::addTool);
    m_duplicate = add("duplicateToolButton", QStringLiteral("copy"), tr("Duplicate"), &ToolsDialog::duplicateTool);
    m_remove =
        add("removeToolButton", QStringLiteral("trash"), tr("Remove from the library"), &ToolsDialog::removeTool);
    buttons->addStretch();
    auto *import = new QPushButton(tr("Import…"), side);
    import->setObjectName(QStringLiteral("importToolsButton"));
    import->setToolTip(tr("Tools from a JSON file: a list as in OpenAI's API, one function, or the body of a request"));
    import->setAutoDefault(false);
    connect(import, &QPushButton::clicked, this, &ToolsDialog::importFile);
    buttons->addWidget(import);
    auto *column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(caption);
    column->addWidget(m_list, 1);
    column->addLayout(buttons);
    connect(m_list, &QListWidget::currentRowChanged, this, [this] { refresh(); });
    connect(m_list, &QListWidget::itemChanged, this, &ToolsDialog::takeCheck);
    return side;
}

QWidget *ToolsDialog::choiceRow()
{
    auto *row = new QWidget(this);
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    auto *choiceLabel = new QLabel(tr("Calls"), row);
    choiceLabel->setBuddy(m_choice);
    auto *parallelLabel = new QLabel(tr("Several at once"), row);
    parallelLabel->setBuddy(m_parallel);
    m_choice->setObjectName(QStringLiteral("toolChoiceBox"));
    m_choice->setAccessibleName(tr("Whether a tool must be called"));
    m_parallel->setObjectName(QStringLiteral("parallelBox"));
    m_parallel->setAccessibleName(tr("Whether several tools may be called at once"));
    m_parallel->addItems({tr("not sent"), tr("yes"), tr("no")});
    m_parallel->setCurrentIndex(indexOf(m_settings.parallelToolCalls));
    auto *calls = new QPushButton(tr("Table of calls…"), row);
    calls->setObjectName(QStringLiteral("callsButton"));
    calls->setAutoDefault(false);
    connect(calls, &QPushButton::clicked, this, &ToolsDialog::callsRequested);
    line->addWidget(choiceLabel);
    line->addWidget(m_choice);
    line->addSpacing(spacing::wide);
    line->addWidget(parallelLabel);
    line->addWidget(m_parallel);
    line->addStretch();
    line->addWidget(calls);
    return row;
}

QWidget *ToolsDialog::buttonRow()
{
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    const auto add = [this, buttons](QAction *action, const QKeySequence &keys) {
        action->setShortcut(keys);
        addAction(action);
        auto *button = new QToolButton(buttons);
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        buttons->addButton(button, QDialogButtonBox::ResetRole);
    };
    add(m_undo.createUndoAction(this, tr("Undo")), QKeySequence::Undo);
    add(m_undo.createRedoAction(this, tr("Redo")), QKeySequence::Redo);
    m_ok = buttons->button(QDialogButtonBox::Ok);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    return buttons;
}

void ToolsDialog::fillList(int row)
{
    m_isFilling = true;
    m_list->clear();
    for (const LibraryTool &kept : m_state.collection.tools) {
        auto *item = new QListWidgetItem(kept.tool.name, m_list);
        item->setToolTip(kept.tool.description.toHtmlEscaped());
        item->setFlags(item->flags() | Qt::ItemIsUserCheckable);
        item->setCheckState(m_state.offered.contains(kept.tool.name) ? Qt::Checked : Qt::Unchecked);
    }
    m_list->setCurrentRow(std::clamp(row, -1, m_list->count() - 1));
    m_isFilling = false;
    fillChoices();
    refresh();
}

void ToolsDialog::fillChoices()
{
    const bool isFirst = m_choice->count() == 0;
    const std::optional<ToolChoice> wanted = isFirst ? m_settings.toolChoice : choice();
    m_choice->clear();
    m_choice->addItem(tr("not sent"));
    m_choice->addItem(tr("auto: the model decides"), QStringLiteral("auto"));
    m_choice->addItem(tr("none"), QStringLiteral("none"));
    m_choice->addItem(tr("required: some tool"), QStringLiteral("required"));
    for (const LibraryTool &kept : m_state.collection.tools) {
        if (m_state.offered.contains(kept.tool.name))
            m_choice->addItem(tr("only %1").arg(kept.tool.name), QString(u':' % kept.tool.name));
    }
    if (!wanted)
        return;
    static constexpr int plain[] = {1, 2, 3};
    if (wanted->mode != ToolChoice::Mode::Named)
        m_choice->setCurrentIndex(plain[static_cast<int>(wanted->mode)]);
    else
        m_choice->setCurrentIndex(std::max(0, m_choice->findData(QString(u':' % wanted->name))));
}

std::optional<ToolChoice> ToolsDialog::choice() const
{
    const QString word = m_choice->currentData().toString();
    if (word.isEmpty())
        return {};
    if (word.startsWith(u':'))
        return ToolChoice {.mode = ToolChoice::Mode::Named, .name = word.mid(1)};
    if (word == QLatin1String("none"))
        return ToolChoice {.mode = ToolChoice::Mode::None};
    return ToolChoice {.mode = word == QLatin1String("required") ? ToolChoice::Mode::Required : ToolChoice::Mode::Auto};
}

void ToolsDialog::restore(const State &state)
{
    const int row = m_list->currentRow();
    m_state = state;
    fillList(std::max(row, 0));
}

void ToolsDialog::commit(const QString &text, const State &after, int kind)
{
    if (after == m_state)
        return;
    const State before = m_state;
    m_state = after;
    m_undo.push(new StateCommand<State>(text, before, after, kind, [this](const State &state) { restore(state); }));
}

void ToolsDialog::takeEditor()
{
    const int row = m_list->currentRow();
    if (row < 0 || m_isFilling)
        return;
    State after = m_state;
    LibraryTool &kept = after.collection.tools[static_cast<std::size_t>(row)];
    if (after.offered.remove(kept.tool.name))
        after.offered.insert(m_editor->tool().tool.name);
    kept = m_editor->tool();
    commit(tr("edit %1").arg(kept.tool.name), after, row);
    m_isFilling = true;
    m_list->item(row)->setText(kept.tool.name);
    m_isFilling = false;
    fillChoices();
    refresh();
}

void ToolsDialog::takeCheck(QListWidgetItem *item)
{
    if (m_isFilling)
        return;
    State after = m_state;
    if (item->checkState() == Qt::Checked)
        after.offered.insert(item->text());
    else
        after.offered.remove(item->text());
    commit(tr("offer %1").arg(item->text()), after);
    fillChoices();
    refresh();
}

QString ToolsDialog::freshName(const QString &wanted) const
{
    QString name = wanted;
    for (int number = 2; m_state.collection.find(name); ++number)
        name = QStringLiteral("%1_%2").arg(wanted).arg(number);
    return name;
}

void ToolsDialog::addTool()
{
    State after = m_state;
    const QString name = freshName(QStringLiteral("my_tool"));
    after.collection.tools.push_back({.tool = {.name = name}});
    after.offered.insert(name);
    commit(tr("new tool"), after);
    fillList(static_cast<int>(after.collection.tools.size()) - 1);
    m_editor->setFocus();
}

void ToolsDialog::duplicateTool()
{
    const int row = m_list->currentRow();
    if (row < 0)
        return;
    State after = m_state;
    LibraryTool copy = after.collection.tools[static_cast<std::size_t>(row)];
    copy.tool.name = freshName(copy.tool.name);
    after.collection.tools.push_back(copy);
    commit(tr("duplicate"), after);
    fillList(static_cast<int>(after.collection.tools.size()) - 1);
}

void ToolsDialog::removeTool()
{
    const int row = m_list->currentRow();
    if (row < 0)
        return;
    State after = m_state;
    after.offered.remove(after.collection.tools[static_cast<std::size_t>(row)].tool.name);
    after.collection.tools.erase(after.collection.tools.begin() + row);
    commit(tr("remove"), after);
    fillList(row);
}

void ToolsDialog::importFile()
{
    auto *dialog = new QFileDialog(this, tr("Import tools"), {}, tr("JSON (*.json);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        constexpr qint64 largest = 4 * 1024 * 1024;
        QFile file(path);
        if (file.open(QIODevice::ReadOnly))
            importJson(file.read(largest));
        else
            m_problem->setText(tr("%1 can not be read: %2").arg(path, file.errorString()));
    });
    dialog->open();
}

void ToolsDialog::importJson(const QByteArray &json)
{
    const auto tools = toolsFromJson(json);
    if (!tools) {
        m_problem->setText(tools.error().message);
        m_problem->show();
        return;
    }
    State after = m_state;
    for (Tool tool : *tools) {
        const LibraryTool *known = after.collection.find(tool.name);
        if (!known || known->tool != tool) {
            // One of the same name is kept: nobody wants to lose it to a file.
            tool.name = freshName(tool.name);
            after.collection.tools.push_back({.tool = tool});
        }
        after.offered.insert(tool.name);
    }
    commit(tr("import"), after);
    fillList(m_list->count());
}

void ToolsDialog::showTool(int row)
{
    m_list->setCurrentRow(row);
}

QString ToolsDialog::problem() const
{
    QSet<QString> names;
    for (const LibraryTool &kept : m_state.collection.tools) {
        if (names.contains(kept.tool.name))
            return tr("There are two tools named %1.").arg(kept.tool.name);
        names.insert(kept.tool.name);
        const QString wrong = toolFormProblem(toolForm(kept.tool));
        if (!wrong.isEmpty())
            return tr("%1: %2").arg(kept.tool.name, wrong);
    }
    return {};
}

void ToolsDialog::refresh()
{
    if (m_isFilling)
        return;
    const int row = m_list->currentRow();
    const bool isShown = row >= 0 && row < static_cast<int>(m_state.collection.tools.size());
    m_editor->setVisible(isShown);
    m_empty->setVisible(!isShown);
    m_remove->setEnabled(isShown);
    m_duplicate->setEnabled(isShown);
    if (isShown && m_editor->tool() != m_state.collection.tools[static_cast<std::size_t>(row)])
        m_editor->setTool(m_state.collection.tools[static_cast<std::size_t>(row)]);
    const QString wrong = problem();
    m_problem->setText(wrong);
    m_problem->setVisible(!wrong.isEmpty());
    QPalette toned = QGuiApplication::palette();
    toned.setColor(QPalette::WindowText, themeColor(ThemeColor::Danger, toned));
    m_problem->setPalette(toned);
    m_ok->setEnabled(wrong.isEmpty());
}

RequestSettings ToolsDialog::settings() const
{
    RequestSettings changed = m_settings;
    std::vector<Tool> offered;
    for (const LibraryTool &kept : m_state.collection.tools) {
        if (m_state.offered.contains(kept.tool.name))
            offered.push_back(kept.tool);
    }
    if (offered.empty())
        changed.tools.reset();
    else
        changed.tools = offered;
    changed.toolChoice = choice();
    changed.parallelToolCalls.reset();
    if (m_parallel->currentIndex() > 0)
        changed.parallelToolCalls = m_parallel->currentIndex() == 1;
    return changed;
}

} // namespace diptych
