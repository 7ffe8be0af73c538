// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/schemadialog.h"

#include "api/schema/jsonschema.h"
#include "theme/theme.h"
#include "tools/schemahelp.h"
#include "tools/toolsundo.h"
#include "widgets/jsonedit.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QJsonArray>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>

#include <algorithm>

namespace diptych {

namespace {

enum TypeIndex { NotSent, Text, AnyJson, BySchema };

QJsonObject firstSchema()
{
    return {{QStringLiteral("type"), QStringLiteral("object")},
        {QStringLiteral("properties"),
            QJsonObject {{QStringLiteral("answer"), QJsonObject {{QStringLiteral("type"), QStringLiteral("string")}}}}},
        {QStringLiteral("required"), QJsonArray {QStringLiteral("answer")}},
        {QStringLiteral("additionalProperties"), false}};
}

void setTone(QLabel *label, ThemeColor color)
{
    QPalette toned = QGuiApplication::palette();
    toned.setColor(QPalette::WindowText, themeColor(color, toned));
    label->setPalette(toned);
}

} // namespace

SchemaDialog::SchemaDialog(
    const ToolCollection &collection, const RequestSettings &settings, const QString &scope, QWidget *parent)
    : QDialog(parent)
    , m_collection(collection)
    , m_settings(settings)
    , m_type(new QComboBox(this))
    , m_library(new QComboBox(this))
    , m_name(new QLineEdit(this))
    , m_strict(new QCheckBox(tr("strict: the provider is to enforce it"), this))
    , m_schema(new JsonEdit(this))
    , m_sample(new QPlainTextEdit(this))
    , m_verdict(new QLabel(this))
    , m_problem(new QLabel(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Form of the answers — %1").arg(scope));
    resize(760, 600);
    m_type->setObjectName(QStringLiteral("formatBox"));
    m_type->addItems({tr("not sent"), tr("text"), tr("any JSON object"), tr("JSON by a schema")});
    auto *form = new QFormLayout;
    form->addRow(tr("Answers are"), m_type);
    m_schemaPart = editorColumn();
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    m_ok = buttons->button(QDialogButtonBox::Ok);
    auto *column = new QVBoxLayout(this);
    column->addLayout(form);
    column->addWidget(m_schemaPart, 1);
    column->addStretch();
    column->addWidget(m_problem);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        m_schema->flush();
        accept();
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_type, &QComboBox::currentIndexChanged, this, &SchemaDialog::refresh);
    connect(m_name, &QLineEdit::textChanged, this, &SchemaDialog::refresh);
    connect(m_schema, &QPlainTextEdit::textChanged, this, &SchemaDialog::refresh);
    connect(m_sample, &QPlainTextEdit::textChanged, this, &SchemaDialog::refresh);
    fillLibrary();
    const std::optional<ResponseFormat> now = settings.responseFormat;
    showFormat(now && now->type == ResponseFormat::Type::JsonSchema
            ? *now
            : ResponseFormat {.type = ResponseFormat::Type::JsonSchema,
                .name = QStringLiteral("answer"),
                .schema = firstSchema(),
                .strict = true});
    m_type->setCurrentIndex(now ? static_cast<int>(now->type) + 1 : NotSent);
    refresh();
}

QWidget *SchemaDialog::libraryRow()
{
    auto *row = new QWidget(this);
    m_library->setObjectName(QStringLiteral("schemaLibraryBox"));
    m_library->setAccessibleName(tr("Schemas of the library"));
    m_keep = new QPushButton(tr("Keep in the library"), row);
    m_keep->setObjectName(QStringLiteral("keepButton"));
    m_forget = new QPushButton(tr("Remove"), row);
    m_forget->setObjectName(QStringLiteral("forgetButton"));
    m_forget->setToolTip(tr("Take the schema of this name out of the library"));
    auto *undo = new QToolButton(row);
    QAction *undoAction = m_undo.createUndoAction(this, tr("Undo"));
    undo->setDefaultAction(undoAction);
    for (QPushButton *button : {m_keep, m_forget})
        button->setAutoDefault(false);
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->addWidget(m_library, 1);
    line->addWidget(m_keep);
    line->addWidget(m_forget);
    line->addWidget(undo);
    connect(m_library, &QComboBox::activated, this, [this](int index) {
        if (index > 0)
            showFormat(m_collection.schemas[static_cast<std::size_t>(index - 1)]);
    });
    connect(m_keep, &QPushButton::clicked, this, &SchemaDialog::keep);
    connect(m_forget, &QPushButton::clicked, this, &SchemaDialog::forget);
    return row;
}

QWidget *SchemaDialog::editorColumn()
{
    auto *part = new QWidget(this);
    m_name->setObjectName(QStringLiteral("schemaNameEdit"));
    m_name->setFont(monospaceFont());
    m_strict->setObjectName(QStringLiteral("strictBox"));
    m_schema->setObjectName(QStringLiteral("schemaEdit"));
    m_schema->setAccessibleName(tr("JSON schema"));
    m_schema->setSuggester(schemaSuggestions);
    m_schema->setChecker(schemaRemarks);
    m_sample->setObjectName(QStringLiteral("sampleEdit"));
    m_sample->setAccessibleName(tr("An answer to try the schema on"));
    m_sample->setPlaceholderText(tr("Try it: paste an answer here"));
    m_sample->setFont(monospaceFont());
    m_sample->setTabChangesFocus(true);
    m_sample->setMaximumHeight(72);
    for (QLabel *label : {m_verdict, m_problem}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
    }
    auto *form = new QFormLayout;
    form->addRow(tr("Library"), libraryRow());
    form->addRow(tr("Name"), m_name);
    form->addRow(QString(), m_strict);
    auto *column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(form);
    column->addWidget(m_schema, 1);
    column->addWidget(m_sample);
    column->addWidget(m_verdict);
    return part;
}

void SchemaDialog::showFormat(const ResponseFormat &format)
{
    m_name->setText(format.name);
    m_strict->setTristate(!format.strict.has_value());
    m_strict->setCheckState(!format.strict ? Qt::PartiallyChecked : (*format.strict ? Qt::Checked : Qt::Unchecked));
    m_schema->replaceJson(format.schema);
    refresh();
}

ResponseFormat SchemaDialog::format() const
{
    ResponseFormat format {.type = ResponseFormat::Type::JsonSchema,
        .name = m_name->text().trimmed(),
        .schema = m_schema->json().value_or(QJsonObject()).toObject()};
    if (m_strict->checkState() != Qt::PartiallyChecked)
        format.strict = m_strict->isChecked();
    return format;
}

void SchemaDialog::fillLibrary()
{
    m_library->clear();
    m_library->addItem(m_collection.schemas.empty() ? tr("nothing kept yet") : tr("choose a schema…"));
    for (const ResponseFormat &kept : m_collection.schemas)
        m_library->addItem(kept.name);
}

void SchemaDialog::setCollection(const ToolCollection &collection)
{
    m_collection = collection;
    fillLibrary();
    refresh();
}

void SchemaDialog::keep()
{
    ToolCollection after = m_collection;
    const ResponseFormat now = format();
    const auto known = std::find_if(after.schemas.begin(), after.schemas.end(),
        [&now](const ResponseFormat &kept) { return kept.name == now.name; });
    if (known == after.schemas.end())
        after.schemas.push_back(now);
    else
        *known = now;
    m_undo.push(new StateCommand<ToolCollection>(tr("keep %1").arg(now.name), m_collection, after, -1,
        [this](const ToolCollection &collection) { setCollection(collection); }));
    setCollection(after);
}

void SchemaDialog::forget()
{
    ToolCollection after = m_collection;
    std::erase_if(after.schemas, [this](const ResponseFormat &kept) { return kept.name == m_name->text().trimmed(); });
    m_undo.push(new StateCommand<ToolCollection>(tr("remove %1").arg(m_name->text()), m_collection, after, -1,
        [this](const ToolCollection &collection) { setCollection(collection); }));
    setCollection(after);
}

void SchemaDialog::refresh()
{
    static const QRegularExpression validName(QStringLiteral("^[A-Za-z0-9_-]{1,64}$"));
    const bool hasSchema = m_type->currentIndex() == BySchema;
    m_schemaPart->setVisible(hasSchema);
    const QString name = m_name->text().trimmed();
    QString problem;
    QString verdict;
    if (hasSchema) {
        const Result<JsonSchema> schema = JsonSchema::compile(format().schema);
        if (!m_schema->errorText().isEmpty())
            problem = m_schema->errorText();
        else if (!schema)
            problem = schema.error().message;
        else if (!validName.match(name).hasMatch())
            problem = tr("The name of a schema has 1 to 64 letters, digits, _ or -.");
        if (schema && !m_sample->toPlainText().trimmed().isEmpty()) {
            const auto fault = schema->faultOf(m_sample->toPlainText());
            verdict = fault ? tr("violates %1").arg(schemaFaultText(*fault)) : tr("valid");
            setTone(m_verdict, fault ? ThemeColor::Danger : ThemeColor::Success);
        } else if (schema && !schema->unchecked().isEmpty()) {
            verdict = tr("Sent, but not checked here: %1").arg(schema->unchecked().join(QStringLiteral(", ")));
            setTone(m_verdict, ThemeColor::Warning);
        }
    }
    const bool isKept = std::any_of(m_collection.schemas.begin(), m_collection.schemas.end(),
        [&name](const ResponseFormat &kept) { return kept.name == name; });
    m_forget->setEnabled(isKept);
    m_keep->setText(isKept ? tr("Replace in the library") : tr("Keep in the library"));
    m_keep->setEnabled(problem.isEmpty());
    m_verdict->setText(verdict);
    m_verdict->setVisible(!verdict.isEmpty());
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    setTone(m_problem, ThemeColor::Danger);
    m_ok->setEnabled(problem.isEmpty());
}

RequestSettings SchemaDialog::settings() const
{
    RequestSettings changed = m_settings;
    const int type = m_type->currentIndex();
    if (type == NotSent)
        changed.responseFormat.reset();
    else if (type == BySchema)
        changed.responseFormat = format();
    else
        changed.responseFormat = ResponseFormat {.type = static_cast<ResponseFormat::Type>(type - 1)};
    return changed;
}

} // namespace diptych
