// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/extraspage.h"

#include "inspector/extrasdelegate.h"
#include "models/extrashelp.h"
#include "models/jsonmembers.h"
#include "theme/theme.h"
#include "ui_extraspage.h"

#include <QButtonGroup>
#include <QEvent>
#include <QHeaderView>

namespace diptych {

namespace {

using namespace std::chrono_literals;
constexpr auto requestPause = 300ms;
constexpr auto endpointPause = 1500ms; // replies under way end when an endpoint changes
constexpr std::size_t shownRemarks = 3;
constexpr int shownRows = 6;
constexpr int originWidth = 110;

JsonEdit::Suggestion toSuggestion(const ExtrasSuggestion &suggestion)
{
    return {.name = suggestion.name,
        .type = suggestion.type,
        .description = suggestion.description,
        .start = suggestion.start,
        .end = suggestion.end,
        .insertion = suggestion.insertion,
        .selectionStart = suggestion.selectionStart,
        .selectionLength = suggestion.selectionLength};
}

/// What a mode does at this endpoint: Azure's service does it itself, elsewhere we do.
QString effectOf(ExtrasMode mode, const std::optional<Endpoint> &endpoint)
{
    const bool isService = endpoint && endpoint->provider() == QLatin1String("azure");
    switch (mode) {
    case ExtrasMode::Error:
        return isService ? ExtrasPage::tr("The service refuses the request (header extra-parameters: error).")
                         : ExtrasPage::tr("Diptych refuses the request before anything is sent.");
    case ExtrasMode::Drop:
        return isService ? ExtrasPage::tr("The service leaves them out (header extra-parameters: drop).")
                         : ExtrasPage::tr("Diptych leaves them out; the server does not see them.");
    case ExtrasMode::PassThrough:
        break;
    }
    return isService ? ExtrasPage::tr("The service hands them to the model (header extra-parameters: pass-through); "
                                      "the model may still refuse.")
                     : ExtrasPage::tr("Diptych writes them into the body; the server may still refuse.");
}

QString modeText(ExtrasMode mode)
{
    switch (mode) {
    case ExtrasMode::Error:
        return ExtrasPage::tr("error – refused");
    case ExtrasMode::Drop:
        return ExtrasPage::tr("drop – left out");
    case ExtrasMode::PassThrough:
        break;
    }
    return ExtrasPage::tr("pass-through");
}

QString tableTitle(int count, ExtrasMode mode)
{
    if (count == 0)
        return ExtrasPage::tr("No extras: nothing is added to requests");
    if (mode == ExtrasMode::Error)
        return ExtrasPage::tr("What is set: %1, refused").arg(count);
    return mode == ExtrasMode::Drop ? ExtrasPage::tr("What is set: %1, left out").arg(count)
                                    : ExtrasPage::tr("What takes effect: %1").arg(count);
}

} // namespace

ExtrasPage::ExtrasPage(QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::ExtrasPage>())
    , m_layers(new QButtonGroup(this))
    , m_table(new ExtrasModel(this))
{
    m_ui->setupUi(this);
    for (QLabel *caption : {m_ui->scopeCaption, m_ui->tableCaption, m_ui->modeCaption, m_ui->modeEffect})
        makeCaption(caption);
    setUpLayers();
    setUpEditor();
    m_ui->extrasTable->setModel(m_table);
    m_ui->extrasTable->setItemDelegate(new ExtrasDelegate(this));
    m_ui->extrasTable->header()->setStretchLastSection(false);
    m_ui->extrasTable->header()->setSectionResizeMode(ExtrasModel::KeyColumn, QHeaderView::ResizeToContents);
    m_ui->extrasTable->header()->setSectionResizeMode(ExtrasModel::ValueColumn, QHeaderView::Stretch);
    m_ui->extrasTable->header()->setSectionResizeMode(ExtrasModel::OriginColumn, QHeaderView::Fixed);
    m_ui->extrasTable->header()->resizeSection(ExtrasModel::OriginColumn, originWidth);
    connect(m_ui->extrasTable, &QTreeView::activated, this, [this](const QModelIndex &index) {
        chooseLayer(index.data(ExtrasModel::OriginRole).value<Origin>());
        m_ui->editor->setFocus();
    });
    connect(m_ui->modeBox, &QComboBox::activated, this, &ExtrasPage::takeMode);
    connect(m_ui->tryButton, &QPushButton::clicked, this, [this] {
        m_ui->editor->flush();
        Q_EMIT tryRequested();
    });
    paintMessages();
    refresh(true);
}

ExtrasPage::~ExtrasPage() = default;

void ExtrasPage::setUpLayers()
{
    const std::pair<QToolButton *, Origin> buttons[] {{m_ui->endpointLayer, Origin::Endpoint},
        {m_ui->modelLayer, Origin::Model}, {m_ui->sessionLayer, Origin::Session}, {m_ui->paneLayer, Origin::Pane}};
    for (const auto &[button, layer] : buttons) {
        button->setCheckable(true);
        button->setAutoRaise(true);
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        m_layers->addButton(button, static_cast<int>(layer));
    }
    m_ui->sessionLayer->setChecked(true);
    connect(m_layers, &QButtonGroup::idClicked, this, [this](int id) { chooseLayer(static_cast<Origin>(id)); });
}

void ExtrasPage::setUpEditor()
{
    m_ui->editor->setPlaceholderText(tr("{\n    \"key\": value\n}\n\nCtrl+Space lists what is known"));
    m_ui->editor->setSuggester([this](const QString &text, qsizetype caret) {
        std::vector<JsonEdit::Suggestion> suggestions;
        for (const ExtrasSuggestion &suggestion : suggestExtras(text, caret, m_known))
            suggestions.push_back(toSuggestion(suggestion));
        return suggestions;
    });
    m_ui->editor->setChecker([this](const QString &text) {
        std::vector<JsonEdit::Remark> remarks;
        for (const ExtrasRemark &remark : checkExtras(text, m_known, merged(m_session, m_pane)))
            remarks.push_back({.isError = remark.severity == ExtrasRemark::Severity::Error,
                .start = remark.start,
                .length = remark.length,
                .message = remark.message});
        return remarks;
    });
    connect(m_ui->editor, &JsonEdit::jsonEdited, this, &ExtrasPage::takeJson);
    connect(m_ui->editor, &JsonEdit::errorChanged, this, &ExtrasPage::showRemarks);
    connect(m_ui->editor, &JsonEdit::remarksChanged, this, &ExtrasPage::showRemarks);
}

void ExtrasPage::setSettings(const RequestSettings &session, const RequestSettings &pane, bool editsPane)
{
    const bool isOfRequest = m_layer == Origin::Session || m_layer == Origin::Pane;
    const Origin layer = !isOfRequest ? m_layer : editsPane ? Origin::Pane : Origin::Session;
    if (layer == m_layer && session == m_session && pane == m_pane)
        return;
    const bool isOther = layer != m_layer;
    if (isOther)
        m_ui->editor->flush(); // what was typed belongs to the layer that is left
    m_session = session;
    m_pane = pane;
    m_layer = layer;
    refresh(isOther);
}

void ExtrasPage::setEndpoint(const Endpoint *endpoint, const QString &model, const std::vector<KnownExtra> &known)
{
    const bool isOther =
        (endpoint ? endpoint->id : QString()) != (m_endpoint ? m_endpoint->id : QString()) || model != m_modelName;
    const bool isOfRequest = m_layer == Origin::Session || m_layer == Origin::Pane;
    if (isOther && !isOfRequest)
        m_ui->editor->flush();
    m_endpoint = endpoint ? std::optional(*endpoint) : std::nullopt;
    m_modelName = model;
    m_known = known;
    if (!m_endpoint && !isOfRequest)
        m_layer = Origin::Session;
    refresh(isOther && !isOfRequest);
}

void ExtrasPage::setPreviewError(const std::optional<Error> &error)
{
    // Other refusals are shown with the body; here only what an extra is to blame for.
    std::optional<Error> own;
    if (error && error->kind == Error::Kind::InvalidRequest && !error->parameter.isEmpty())
        own = error;
    if (own == m_previewError)
        return;
    m_previewError = own;
    showRemarks();
}

void ExtrasPage::chooseLayer(Origin layer)
{
    if (layer == m_layer)
        return;
    m_ui->editor->flush();
    m_layer = layer;
    refresh(true);
    if (layer == Origin::Session || layer == Origin::Pane)
        Q_EMIT layerChosen(layer == Origin::Pane);
}

QString ExtrasPage::modelKey() const
{
    return m_modelName.isEmpty() && m_endpoint ? m_endpoint->defaultModel : m_modelName;
}

QJsonObject ExtrasPage::extrasOf(Origin layer) const
{
    switch (layer) {
    case Origin::Endpoint:
        return m_endpoint ? m_endpoint->extras : QJsonObject();
    case Origin::Model:
        return m_endpoint ? m_endpoint->modelExtras.value(modelKey()) : QJsonObject();
    case Origin::Session:
        return m_session.extras.value_or(QJsonObject {});
    case Origin::Pane:
        break;
    }
    return m_pane.extras.value_or(QJsonObject {});
}

ExtrasMode ExtrasPage::effectiveMode() const
{
    const std::optional<ExtrasMode> asked = merged(m_session, m_pane).extrasMode;
    return asked.value_or(m_endpoint ? m_endpoint->extrasMode : ExtrasMode::PassThrough);
}

QString ExtrasPage::scopeText() const
{
    QString name = m_endpoint ? m_endpoint->name : QString();
    if (m_endpoint && m_endpoint->kind == Endpoint::Kind::BuiltIn)
        name = tr("%1 until the program ends").arg(name); // it is made anew at every start
    switch (m_layer) {
    case Origin::Endpoint:
        return tr("With every request to %1. Model, session and pane win over it.").arg(name);
    case Origin::Model:
        return tr("With every request to %1 at %2. Session and pane win over it.").arg(modelKey(), name);
    case Origin::Session:
        return tr("With the requests of all panes of this session. The pane wins over it.");
    case Origin::Pane:
        break;
    }
    return tr("With the requests of this pane only. null takes an inherited one away.");
}

void ExtrasPage::refresh(bool isOther)
{
    m_layers->button(static_cast<int>(m_layer))->setChecked(true);
    m_ui->scopeCaption->setText(scopeText());
    const bool isOfRequest = m_layer == Origin::Session || m_layer == Origin::Pane;
    m_ui->editor->setPause(isOfRequest ? requestPause : endpointPause);
    if (isOther)
        m_ui->editor->replaceJson(extrasOf(m_layer));
    else
        m_ui->editor->setJson(extrasOf(m_layer));
    m_ui->editor->recheck(); // what is set elsewhere may collide now
    showLayerNames();
    showMode();
    showTable();
    showRemarks();
}

void ExtrasPage::showLayerNames()
{
    const auto name = [this](Origin layer, const QString &title, const QString &toolTip) {
        const qsizetype count = extrasOf(layer).size();
        QAbstractButton *button = m_layers->button(static_cast<int>(layer));
        button->setText(count > 0 ? QStringLiteral("%1 %2").arg(title).arg(count) : title);
        button->setToolTip(toolTip);
        button->setAccessibleName(tr("Extras of the %1: %2").arg(extrasOriginName(layer)).arg(count));
        button->setEnabled(m_endpoint || layer == Origin::Session || layer == Origin::Pane);
    };
    name(Origin::Endpoint, tr("Endpoint"), tr("Extra parameters of every request to this endpoint"));
    name(Origin::Model, tr("Model"), tr("Extra parameters of every request to this model"));
    name(Origin::Session, tr("Session"), tr("Extra parameters of all panes of the session"));
    name(Origin::Pane, tr("Pane"), tr("Extra parameters of this pane only"));
}

void ExtrasPage::showMode()
{
    const bool isOfRequest = m_layer == Origin::Session || m_layer == Origin::Pane;
    m_ui->modeBox->clear();
    if (isOfRequest) {
        QString byDefault = tr("as endpoint");
        if (m_layer == Origin::Pane && m_session.extrasMode)
            byDefault = tr("as session: %1").arg(extrasModeName(*m_session.extrasMode));
        else if (m_endpoint)
            byDefault = tr("as endpoint: %1").arg(extrasModeName(m_endpoint->extrasMode));
        m_ui->modeBox->addItem(byDefault);
    }
    for (const ExtrasMode mode : {ExtrasMode::Error, ExtrasMode::Drop, ExtrasMode::PassThrough})
        m_ui->modeBox->addItem(modeText(mode), static_cast<int>(mode));
    const std::optional<ExtrasMode> set = m_layer == Origin::Pane ? m_pane.extrasMode
        : m_layer == Origin::Session                              ? m_session.extrasMode
        : m_endpoint                                              ? std::optional(m_endpoint->extrasMode)
                                                                  : std::nullopt;
    m_ui->modeBox->setCurrentIndex(set ? m_ui->modeBox->findData(static_cast<int>(*set)) : 0);
    m_ui->modeBox->setEnabled(m_layer != Origin::Model);
    m_ui->modeBox->setToolTip(
        m_layer == Origin::Model ? tr("The mode belongs to the endpoint, the session or the pane") : QString());
    const ExtrasMode mode = effectiveMode();
    m_ui->modeEffect->setText(tr("In effect: %1. %2").arg(extrasModeName(mode), effectOf(mode, m_endpoint)));
}

void ExtrasPage::showTable()
{
    m_table->setLayers({.endpoint = extrasOf(Origin::Endpoint),
        .model = extrasOf(Origin::Model),
        .session = extrasOf(Origin::Session),
        .pane = extrasOf(Origin::Pane),
        .mode = effectiveMode()});
    const int count = m_table->effectiveCount();
    m_ui->tableCaption->setText(tableTitle(count, effectiveMode()));
    const int rows = m_table->rowCount();
    m_ui->extrasTable->setVisible(rows > 0);
    const int rowHeight = m_ui->extrasTable->sizeHintForRow(0);
    m_ui->extrasTable->setFixedHeight(qMax(1, qMin(rows, shownRows) * rowHeight + spacing::tight));
    m_ui->tryButton->setEnabled(m_endpoint && count > 0);
    m_ui->tryButton->setToolTip(count > 0
            ? tr("Ask the last question with error, drop and pass-through side by side; nothing is stored")
            : tr("Needs at least one extra parameter in effect"));
}

void ExtrasPage::showRemarks()
{
    QStringList errors;
    QStringList warnings;
    if (!m_ui->editor->errorText().isEmpty())
        errors.append(m_ui->editor->errorText());
    for (const JsonEdit::Remark &remark : m_ui->editor->remarks())
        (remark.isError ? errors : warnings).append(remark.message);
    if (m_previewError && errors.isEmpty())
        errors.append(m_previewError->message);
    const auto fill = [](QLabel *label, const QStringList &lines) {
        const qsizetype hidden = lines.size() - static_cast<qsizetype>(shownRemarks);
        QString text = lines.mid(0, static_cast<qsizetype>(shownRemarks)).join(u'\n');
        if (hidden > 0)
            text += u'\n' + tr("and %1 more").arg(hidden);
        label->setText(text);
        label->setVisible(!lines.isEmpty());
    };
    fill(m_ui->errorLabel, errors);
    fill(m_ui->warningLabel, warnings);
}

void ExtrasPage::takeJson(const QJsonValue &value)
{
    const QJsonObject extras = value.toObject();
    if (m_layer == Origin::Session || m_layer == Origin::Pane) {
        RequestSettings &settings = m_layer == Origin::Pane ? m_pane : m_session;
        settings.extras = extras.isEmpty() ? std::nullopt : std::optional(extras);
        refresh(false);
        Q_EMIT settingsEdited(settings, m_layer == Origin::Pane);
        return;
    }
    if (!m_endpoint)
        return;
    if (m_layer == Origin::Endpoint)
        m_endpoint->extras = extras;
    else if (extras.isEmpty())
        m_endpoint->modelExtras.remove(modelKey());
    else
        m_endpoint->modelExtras.insert(modelKey(), extras);
    refresh(false);
    Q_EMIT endpointEdited(Endpoint(*m_endpoint));
}

void ExtrasPage::takeMode(int row)
{
    const QVariant chosen = m_ui->modeBox->itemData(row);
    const std::optional<ExtrasMode> mode =
        chosen.isValid() ? std::optional(static_cast<ExtrasMode>(chosen.toInt())) : std::nullopt;
    if (m_layer == Origin::Session || m_layer == Origin::Pane) {
        RequestSettings &settings = m_layer == Origin::Pane ? m_pane : m_session;
        settings.extrasMode = mode;
        refresh(false);
        Q_EMIT settingsEdited(settings, m_layer == Origin::Pane);
    } else if (m_endpoint && mode && m_endpoint->extrasMode != *mode) {
        m_endpoint->extrasMode = *mode;
        refresh(false);
        Q_EMIT endpointEdited(Endpoint(*m_endpoint));
    }
}

void ExtrasPage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        paintMessages();
}

void ExtrasPage::hideEvent(QHideEvent *event)
{
    m_ui->editor->flush();
    QWidget::hideEvent(event);
}

void ExtrasPage::paintMessages()
{
    const QPalette normal = QGuiApplication::palette();
    QPalette toned = normal;
    toned.setColor(QPalette::WindowText, themeColor(ThemeColor::Danger, normal));
    m_ui->errorLabel->setPalette(toned);
    toned.setColor(QPalette::WindowText, themeColor(ThemeColor::Warning, normal));
    m_ui->warningLabel->setPalette(toned);
}

} // namespace diptych
