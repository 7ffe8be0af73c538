// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/inspectorpane.h"

#include "inspector/codepage.h"
#include "inspector/extraspage.h"
#include "inspector/infopage.h"
#include "inspector/paramspage.h"
#include "inspector/wirepage.h"
#include "models/codesnippet.h"
#include "ui_inspectorpane.h"

namespace diptych {

namespace {

using namespace std::chrono_literals;
constexpr auto previewPause = 150ms;

} // namespace

InspectorPane::InspectorPane(Connections &connections, CapabilityBook &book, QWidget *parent)
    : QWidget(parent)
    , m_connections(connections)
    , m_book(book)
    , m_ui(std::make_unique<Ui::InspectorPane>())
    , m_info(new InfoPage(connections, this))
    , m_params(new ParamsPage(this))
    , m_extras(new ExtrasPage(this))
    , m_wire(new WirePage(this))
    , m_code(new CodePage(this))
{
    m_ui->setupUi(this);
    addPages();
    m_pause.setSingleShot(true);
    m_pause.setInterval(previewPause);
    connect(&m_pause, &QTimer::timeout, this, [this] {
        if (m_isStale)
            updatePreview();
    });
    connect(m_info, &InfoPage::replyStarted, this, &InspectorPane::replyStarted);
    connect(m_params, &ParamsPage::settingsEdited, this, &InspectorPane::takeSettings);
    connect(m_params, &ParamsPage::layerChosen, this, &InspectorPane::switchLayer);
    connect(m_extras, &ExtrasPage::settingsEdited, this, &InspectorPane::takeSettings);
    connect(&m_connections, &Connections::endpointChanged, this, [this](const QString &endpointId) {
        if (endpointId == m_model.endpointId)
            updatePages();
    });
    connect(&m_connections, &Connections::endpointRemoved, this, [this](const QString &endpointId) {
        if (endpointId == m_model.endpointId)
            showModel({});
    });
    updatePages();
}

InspectorPane::~InspectorPane() = default;

void InspectorPane::addPages()
{
    m_ui->tabs->addTab(m_info, tr("Info"));
    m_ui->tabs->addTab(m_params, tr("Params"));
    m_ui->tabs->addTab(m_extras, tr("Extras"));
    m_ui->tabs->addTab(m_wire, tr("Wire"));
    m_ui->tabs->addTab(m_code, tr("Code"));
}

void InspectorPane::showModel(const ModelRef &ref)
{
    if (ref == m_model)
        return;
    m_model = ref;
    m_info->showModel(ref);
    updatePages();
}

void InspectorPane::setSettings(const RequestSettings &session, const RequestSettings &paneOverrides, bool editsPane)
{
    m_session = session;
    m_pane = paneOverrides;
    m_editsPane = editsPane;
    updatePages();
}

void InspectorPane::setPreviewRequest(const ChatRequest &request)
{
    m_request = request;
    updatePreview();
}

void InspectorPane::watch(Reply *reply)
{
    m_wire->watch(reply);
}

void InspectorPane::showExchange(
    const Exchange &exchange, const ChangeLog &changeLog, const std::optional<Error> &error)
{
    m_wire->showExchange(exchange, changeLog, error);
    m_code->setCall(previewOf(exchange));
}

void InspectorPane::showPage(Page page)
{
    m_ui->tabs->setCurrentIndex(static_cast<int>(page));
}

void InspectorPane::takeSettings(const RequestSettings &settings, bool forPane)
{
    (forPane ? m_pane : m_session) = settings;
    updatePages();
    Q_EMIT settingsEdited(settings, forPane);
}

void InspectorPane::switchLayer(bool editsPane)
{
    m_editsPane = editsPane;
    updatePages();
}

void InspectorPane::updatePages()
{
    const Endpoint *endpoint = m_connections.find(m_model.endpointId);
    m_params->setSettings(m_session, m_pane, m_editsPane);
    m_extras->setSettings(m_session, m_pane, m_editsPane);
    m_extras->setEndpointMode(endpoint ? std::optional(endpoint->extrasMode) : std::nullopt);
    const QString variable = keyVariableFor(endpoint ? endpoint->name : QString());
    m_wire->setKeyVariable(variable);
    m_code->setKeyVariable(variable);
    updatePreview();
}

void InspectorPane::updatePreview()
{
    m_isStale = !isVisible() || m_pause.isActive();
    if (m_isStale)
        return;
    showPreview();
    m_pause.start();
}

void InspectorPane::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_isStale)
        updatePreview();
}

void InspectorPane::showPreview()
{
    const Provider *provider = m_connections.provider(m_model.endpointId);
    if (!m_request || !provider) {
        m_params->clearPreview();
        return;
    }
    ChatRequest request = *m_request;
    apply(merged(m_session, m_pane), request);
    const Result<WirePreview> preview = provider->preview(request);
    m_params->setPreview(preview);
    m_wire->setPreview(preview);
    m_code->setCall(preview);
}

} // namespace diptych
