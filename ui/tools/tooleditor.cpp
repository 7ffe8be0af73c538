// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/tooleditor.h"

#include "api/schema/jsonschema.h"
#include "models/parametervalues.h"
#include "models/toolform.h"
#include "theme/theme.h"
#include "tools/mocktable.h"
#include "tools/parametertable.h"
#include "widgets/jsonedit.h"

#include <QFormLayout>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTabWidget>

namespace diptych {

namespace {

QJsonValue jsonOf(const Tool &tool)
{
    return parameterToJson(std::vector<Tool> {tool}).toArray().first();
}

void setTone(QLabel *label, ThemeColor color)
{
    QPalette toned = QGuiApplication::palette();
    toned.setColor(QPalette::WindowText, themeColor(color, toned));
    label->setPalette(toned);
}

QLabel *noteLabel(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->hide();
    return label;
}

} // namespace

ToolEditor::ToolEditor(QWidget *parent)
    : QWidget(parent)
    , m_tabs(new QTabWidget(this))
    , m_name(new QLineEdit(this))
    , m_description(new QPlainTextEdit(this))
    , m_parameters(new ParameterTable(this))
    , m_hidden(noteLabel(this))
    , m_problem(noteLabel(this))
    , m_json(new JsonEdit(this))
    , m_jsonProblem(noteLabel(this))
    , m_answer(new MockTable(this))
{
    m_tabs->setObjectName(QStringLiteral("toolTabs"));
    m_tabs->addTab(formPage(), tr("Form"));
    m_tabs->addTab(jsonPage(), tr("JSON"));
    m_tabs->addTab(m_answer, tr("Answers"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_tabs);
    connect(m_name, &QLineEdit::textEdited, this, &ToolEditor::takeForm);
    connect(m_description, &QPlainTextEdit::textChanged, this, &ToolEditor::takeForm);
    connect(m_parameters, &ParameterTable::edited, this, &ToolEditor::takeForm);
    connect(m_json, &JsonEdit::jsonEdited, this, &ToolEditor::takeJson);
    connect(m_json, &JsonEdit::errorChanged, this, &ToolEditor::report);
    connect(m_tabs, &QTabWidget::currentChanged, this, [this] { m_json->flush(); });
    connect(m_answer, &MockTable::edited, this, [this] {
        if (m_isRefreshing || m_tool.answer == m_answer->answer())
            return;
        m_tool.answer = m_answer->answer();
        Q_EMIT edited();
    });
}

QWidget *ToolEditor::formPage()
{
    auto *page = new QWidget(m_tabs);
    m_name->setObjectName(QStringLiteral("toolNameEdit"));
    m_name->setAccessibleName(tr("Name of the tool"));
    m_name->setFont(monospaceFont());
    m_description->setObjectName(QStringLiteral("toolDescriptionEdit"));
    m_description->setAccessibleName(tr("Description of the tool"));
    m_description->setTabChangesFocus(true);
    m_description->setPlaceholderText(tr("What it does and when it is of use; the model reads this"));
    m_description->setMaximumHeight(64);
    auto *form = new QFormLayout;
    form->addRow(tr("Name"), m_name);
    form->addRow(tr("Description"), m_description);
    auto *column = new QVBoxLayout(page);
    column->addLayout(form);
    column->addWidget(m_parameters, 1);
    column->addWidget(m_hidden);
    column->addWidget(m_problem);
    makeCaption(m_hidden);
    return page;
}

QWidget *ToolEditor::jsonPage()
{
    auto *page = new QWidget(m_tabs);
    m_json->setObjectName(QStringLiteral("toolJsonEdit"));
    m_json->setAccessibleName(tr("The tool as JSON"));
    auto *column = new QVBoxLayout(page);
    column->addWidget(m_json, 1);
    column->addWidget(m_jsonProblem);
    return page;
}

void ToolEditor::setTool(const LibraryTool &tool)
{
    m_tool = tool;
    refresh();
}

void ToolEditor::showAnswerPage()
{
    m_tabs->setCurrentWidget(m_answer);
}

void ToolEditor::showJsonPage()
{
    m_tabs->setCurrentIndex(1);
}

void ToolEditor::refresh()
{
    m_isRefreshing = true;
    const ToolForm form = toolForm(m_tool.tool);
    if (m_name->text() != form.name)
        m_name->setText(form.name);
    if (m_description->toPlainText() != form.description)
        m_description->setPlainText(form.description);
    m_parameters->setParameters(form.parameters);
    m_json->setJson(jsonOf(m_tool.tool));
    m_answer->setAnswer(m_tool.answer);
    m_isRefreshing = false;
    report();
}

void ToolEditor::takeForm()
{
    if (m_isRefreshing)
        return;
    const ToolForm form {
        .name = m_name->text(), .description = m_description->toPlainText(), .parameters = m_parameters->parameters()};
    const Tool changed = withForm(m_tool.tool, form);
    if (changed == m_tool.tool)
        return;
    m_tool.tool = changed;
    m_isRefreshing = true;
    m_json->setJson(jsonOf(m_tool.tool));
    m_isRefreshing = false;
    report();
    Q_EMIT edited();
}

void ToolEditor::takeJson(const QJsonValue &value)
{
    if (m_isRefreshing)
        return;
    const auto tools = toolsFromJson(QJsonDocument(value.toObject()).toJson());
    if (tools && tools->front() != m_tool.tool) {
        m_tool.tool = tools->front();
        refresh();
        Q_EMIT edited();
    }
    report();
}

void ToolEditor::report()
{
    const ToolForm form = toolForm(m_tool.tool);
    m_hidden->setText(
        tr("Not shown here, kept as it is: %1. See the JSON page.").arg(form.hidden.join(QStringLiteral(", "))));
    m_hidden->setVisible(!form.hidden.isEmpty());
    QString problem = toolFormProblem(form);
    QString warning;
    const Result<JsonSchema> schema = JsonSchema::compile(m_tool.tool.parameters);
    if (!schema && problem.isEmpty())
        problem = schema.error().message;
    else if (schema && !schema->unchecked().isEmpty())
        warning = tr("Arguments are not checked for %1.").arg(schema->unchecked().join(QStringLiteral(", ")));
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    setTone(m_problem, ThemeColor::Danger);
    QString jsonProblem = m_json->errorText();
    if (jsonProblem.isEmpty() && m_json->json()) {
        const auto tools = toolsFromJson(QJsonDocument(m_json->json()->toObject()).toJson());
        jsonProblem = tools ? problem : tools.error().message;
    }
    m_jsonProblem->setText(jsonProblem.isEmpty() ? warning : jsonProblem);
    m_jsonProblem->setVisible(!m_jsonProblem->text().isEmpty());
    setTone(m_jsonProblem, jsonProblem.isEmpty() ? ThemeColor::Warning : ThemeColor::Danger);
}

} // namespace diptych
