// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/paramspage.h"

#include "inspector/jsondialog.h"
#include "inspector/paramdelegate.h"
#include "models/formatting.h"
#include "models/jsontext.h"
#include "models/paramsmodel.h"
#include "theme/theme.h"
#include "ui_paramspage.h"
#include "widgets/jsonhighlighter.h"

#include <QEvent>
#include <QHeaderView>
#include <QJsonArray>
#include <QJsonDocument>
#include <QKeyEvent>
#include <QMenu>

namespace diptych {

namespace {

constexpr int stateColumnWidth = 54;

QString compact(const QJsonValue &value)
{
    const QJsonDocument document = value.isArray() ? QJsonDocument(value.toArray()) : QJsonDocument(value.toObject());
    return QString::fromUtf8(document.toJson(QJsonDocument::Compact));
}

/// What the editor starts with when there is no schema yet.
QJsonObject schemaTemplate()
{
    static const char json[] = R"({"type":"json_schema","json_schema":{"name":"answer","strict":true,"schema":{
        "type":"object","properties":{"answer":{"type":"string"}},"required":["answer"],"additionalProperties":false}}})";
    return QJsonDocument::fromJson(json).object();
}

QJsonArray toolsTemplate()
{
    static const char json[] =
        R"([{"type":"function","function":{"name":"get_weather","description":"Weather of a place",
        "parameters":{"type":"object","properties":{"place":{"type":"string"}},"required":["place"]}}}])";
    return QJsonDocument::fromJson(json).array();
}

} // namespace

ParamsPage::ParamsPage(QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::ParamsPage>())
    , m_model(new ParamsModel(this))
{
    m_ui->setupUi(this);
    m_ui->previewView->setFont(monospaceFont());
    new JsonHighlighter(m_ui->previewView->document());
    makeCaption(m_ui->previewCaption);
    m_ui->splitter->setStretchFactor(0, 3);
    m_ui->splitter->setStretchFactor(1, 2);
    setUpTable();
    connect(m_ui->paneScope, &QRadioButton::toggled, this, [this](bool editsPane) {
        if (editsPane != m_model->editsPane())
            Q_EMIT layerChosen(editsPane);
    });
    connect(m_ui->toolsButton, &QToolButton::clicked, this, [this] { Q_EMIT toolsRequested(m_model->editsPane()); });
    connect(m_ui->schemaButton, &QToolButton::clicked, this, [this] { Q_EMIT schemaRequested(m_model->editsPane()); });
    connect(m_model, &ParamsModel::edited, this, [this](const RequestSettings &settings, bool forPane) {
        m_rejection.clear();
        Q_EMIT settingsEdited(settings, forPane);
        showNotice();
    });
    connect(m_model, &ParamsModel::rejected, this, [this](int, const QString &message) {
        m_rejection = message;
        showNotice();
    });
    clearPreview();
    showNotice();
}

ParamsPage::~ParamsPage() = default;

void ParamsPage::setUpTable()
{
    auto *delegate = new ParamDelegate(this);
    m_ui->table->setModel(m_model);
    m_ui->table->setItemDelegate(delegate);
    m_ui->table->installEventFilter(this);
    QHeaderView *header = m_ui->table->header();
    header->setStretchLastSection(false);
    header->setSectionResizeMode(ParamsModel::NameColumn, QHeaderView::ResizeToContents);
    header->setSectionResizeMode(ParamsModel::ValueColumn, QHeaderView::Stretch);
    header->setSectionResizeMode(ParamsModel::StateColumn, QHeaderView::Fixed);
    header->resizeSection(ParamsModel::StateColumn, stateColumnWidth);
    connect(delegate, &ParamDelegate::schemaChosen, this, &ParamsPage::editAsJson);
    connect(delegate, &ParamDelegate::resetClicked, m_model, &ParamsModel::reset);
    connect(m_ui->table, &QTreeView::clicked, this, [this](const QModelIndex &index) {
        if (index.column() != ParamsModel::StateColumn)
            edit(index);
    });
    connect(m_ui->table, &QTreeView::activated, this, &ParamsPage::edit);
    m_ui->table->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_ui->table, &QWidget::customContextMenuRequested, this, &ParamsPage::openMenu);
}

void ParamsPage::edit(const QModelIndex &index)
{
    m_rejection.clear();
    showNotice();
    if (m_model->specAt(index.row()).kind == ParameterKind::Tools) {
        editAsJson(index.row());
        return;
    }
    const QModelIndex value = index.siblingAtColumn(ParamsModel::ValueColumn);
    m_ui->table->setCurrentIndex(value);
    m_ui->table->edit(value);
}

void ParamsPage::openMenu(const QPoint &position)
{
    const QModelIndex index = m_ui->table->indexAt(position);
    if (!index.isValid())
        return;
    const int row = index.row();
    const auto state = index.data(ParamsModel::StateRole).value<ParamsModel::State>();
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("paramsMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction *reset = menu->addAction(state == ParamsModel::State::Withheld ? tr("Inherit again") : tr("Reset"), this,
        [this, row] { m_model->reset(row); });
    reset->setEnabled(state != ParamsModel::State::Unset && state != ParamsModel::State::Inherited);
    const QStringList refused = m_model->refusedAbilities(row);
    if (!refused.isEmpty()) {
        QAction *forget = menu->addAction(
            tr("Forget that it was refused"), this, [this, refused] { Q_EMIT forgetRequested(refused); });
        forget->setObjectName(QStringLiteral("forgetAction"));
    }
    menu->popup(m_ui->table->viewport()->mapToGlobal(position));
}

void ParamsPage::setCapabilities(const Capabilities &capabilities)
{
    m_model->setCapabilities(capabilities);
    showNotice();
}

void ParamsPage::editAsJson(int row)
{
    const ParameterSpec &spec = m_model->specAt(row);
    const QModelIndex index = m_model->index(row, ParamsModel::ValueColumn);
    const bool isList = spec.kind == ParameterKind::Tools;
    const QJsonValue start = isList ? QJsonValue(toolsTemplate()) : QJsonValue(schemaTemplate());
    const QJsonValue current = index.data(ParamsModel::JsonRole).value<QJsonValue>();
    const bool hasValue = current.isArray() || current.toObject().contains(QLatin1String("json_schema"));
    auto *dialog = new JsonDialog(spec.name, spec.hint, hasValue ? current : start, this);
    dialog->setCheck([spec](const QJsonValue &value) {
        const auto parsed = parseParameter(spec, compact(value));
        return parsed ? QString() : parsed.error().message;
    });
    connect(dialog, &QDialog::accepted, this, [this, dialog, row] {
        m_model->setData(m_model->index(row, ParamsModel::ValueColumn), compact(dialog->value()));
    });
    dialog->open();
}

bool ParamsPage::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_ui->table && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        const QModelIndex index = m_ui->table->currentIndex();
        if (index.isValid() && (key == Qt::Key_Delete || key == Qt::Key_Backspace)) {
            m_model->reset(index.row());
            return true;
        }
        if (index.isValid() && key == Qt::Key_F2) {
            edit(index);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void ParamsPage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() != QEvent::PaletteChange)
        return;
    if (auto *highlighter = m_ui->previewView->document()->findChild<JsonHighlighter *>())
        highlighter->refresh();
    paintNotice();
}

void ParamsPage::setSettings(const RequestSettings &session, const RequestSettings &pane, bool editsPane)
{
    m_model->setSettings(session, pane, editsPane);
    (editsPane ? m_ui->paneScope : m_ui->sessionScope)->setChecked(true);
    showNotice();
}

void ParamsPage::setPreview(const Result<WirePreview> &preview)
{
    m_ui->previewView->setVisible(preview.has_value());
    if (!preview) {
        m_ui->previewBanner->showMessage(Banner::Tone::Error, preview.error().message, whatToDo(preview.error()));
        return;
    }
    m_ui->previewBanner->hide();
    const QString text = shortenedLines(prettyJson(preview->body));
    if (text != m_ui->previewView->toPlainText())
        m_ui->previewView->setPlainText(text);
}

void ParamsPage::clearPreview()
{
    m_ui->previewBanner->hide();
    m_ui->previewView->show();
    m_ui->previewView->clear();
    m_ui->previewView->setPlaceholderText(tr("Choose a model and write a prompt to see what would be sent."));
}

void ParamsPage::showNotice()
{
    const QStringList lines = m_rejection.isEmpty() ? m_model->warnings() : QStringList {m_rejection};
    m_ui->noticeLabel->setText(lines.join(u'\n'));
    m_ui->noticeLabel->setVisible(!lines.isEmpty());
    paintNotice();
}

void ParamsPage::paintNotice()
{
    const QPalette normal = QGuiApplication::palette();
    QPalette toned = normal;
    toned.setColor(
        QPalette::WindowText, themeColor(m_rejection.isEmpty() ? ThemeColor::Warning : ThemeColor::Danger, normal));
    m_ui->noticeLabel->setPalette(toned);
}

} // namespace diptych
