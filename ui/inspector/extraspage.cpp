// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/extraspage.h"

#include "models/parameters.h"
#include "theme/theme.h"
#include "ui_extraspage.h"

#include <QButtonGroup>
#include <QEvent>

namespace diptych {

namespace {

constexpr int defaultId = -2; // -1 means "no button" to QButtonGroup

} // namespace

ExtrasPage::ExtrasPage(QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::ExtrasPage>())
    , m_modes(new QButtonGroup(this))
{
    m_ui->setupUi(this);
    makeCaption(m_ui->scopeCaption);
    makeCaption(m_ui->modeCaption);
    m_ui->editor->setCompletions(knownExtras());
    m_ui->editor->setPlaceholderText(QStringLiteral("{\n    \"safe_prompt\": true\n}"));
    m_modes->addButton(m_ui->defaultMode, defaultId);
    m_modes->addButton(m_ui->errorMode, static_cast<int>(ExtrasMode::Error));
    m_modes->addButton(m_ui->dropMode, static_cast<int>(ExtrasMode::Drop));
    m_modes->addButton(m_ui->passThroughMode, static_cast<int>(ExtrasMode::PassThrough));
    m_ui->defaultMode->setChecked(true);
    connect(m_modes, &QButtonGroup::idClicked, this, &ExtrasPage::takeMode);
    connect(m_ui->editor, &JsonEdit::jsonEdited, this, &ExtrasPage::takeJson);
    connect(m_ui->editor, &JsonEdit::errorChanged, this, [this](const QString &text) {
        m_ui->errorLabel->setText(text);
        m_ui->errorLabel->setVisible(!text.isEmpty());
    });
    connect(m_ui->editor, &QPlainTextEdit::textChanged, this, &ExtrasPage::showWarning);
    m_ui->errorLabel->hide();
    setEndpointMode({});
    paintMessages();
    showLayer();
}

ExtrasPage::~ExtrasPage() = default;

void ExtrasPage::setSettings(const RequestSettings &session, const RequestSettings &pane, bool editsPane)
{
    if (editsPane != m_editsPane)
        m_ui->editor->flush(); // what was typed belongs to the layer that is left
    m_session = session;
    m_pane = pane;
    m_editsPane = editsPane;
    showLayer();
}

void ExtrasPage::setEndpointMode(std::optional<ExtrasMode> mode)
{
    m_endpointMode = mode;
    showLayer();
}

void ExtrasPage::showLayer()
{
    const RequestSettings &edited = layer();
    const QStringList inherited = m_editsPane ? m_session.extras.value_or(QJsonObject {}).keys() : QStringList();
    QString caption = m_editsPane ? tr("Extra parameters of this pane") : tr("Extra parameters of the session");
    if (!inherited.isEmpty())
        caption =
            tr("Extra parameters of this pane; from the session come %1").arg(inherited.join(QLatin1String(", ")));
    m_ui->scopeCaption->setText(caption);
    m_ui->editor->setJson(edited.extras.value_or(QJsonObject {}));
    QString byDefault = tr("default – as the endpoint is set up");
    if (m_editsPane && m_session.extrasMode)
        byDefault = tr("default – %1, as in the session").arg(extrasModeName(*m_session.extrasMode));
    else if (m_endpointMode)
        byDefault = tr("default – %1 at this endpoint").arg(extrasModeName(*m_endpointMode));
    m_ui->defaultMode->setText(byDefault);
    m_modes->button(edited.extrasMode ? static_cast<int>(*edited.extrasMode) : defaultId)->setChecked(true);
    showWarning();
}

void ExtrasPage::showWarning()
{
    const QStringList colliding = collidingExtras(m_ui->editor->json().value_or(QJsonValue()).toObject());
    m_ui->warningLabel->setVisible(!colliding.isEmpty());
    m_ui->warningLabel->setText(
        tr("%1: a parameter of its own. Set it on the Params page; here it collides and the request is refused.")
            .arg(colliding.join(QLatin1String(", "))));
}

void ExtrasPage::takeJson(const QJsonValue &value)
{
    const QJsonObject extras = value.toObject();
    layer().extras = extras.isEmpty() ? std::nullopt : std::optional(extras);
    Q_EMIT settingsEdited(layer(), m_editsPane);
}

void ExtrasPage::takeMode(int id)
{
    layer().extrasMode = id == defaultId ? std::nullopt : std::optional(static_cast<ExtrasMode>(id));
    Q_EMIT settingsEdited(layer(), m_editsPane);
}

void ExtrasPage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        paintMessages();
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
