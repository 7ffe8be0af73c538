// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/inspectorpane.h"

#include "api/capabilitybook.h"
#include "api/servervariant.h"
#include "inspector/codepage.h"
#include "inspector/extrasexperimentview.h"
#include "inspector/extraspage.h"
#include "inspector/infopage.h"
#include "inspector/paramspage.h"
#include "inspector/wirepage.h"
#include "models/codesnippet.h"
#include "models/extrashelp.h"
#include "models/requestjson.h"
#include "ui_inspectorpane.h"

namespace diptych {

namespace {

using namespace std::chrono_literals;
constexpr auto previewPause = 150ms;

} // namespace

InspectorPane::InspectorPane(Connections &connections, CapabilityBook &book, PriceTable &prices, QWidget *parent)
    : QWidget(parent)
    , m_connections(connections)
    , m_book(book)
    , m_ui(std::make_unique<Ui::InspectorPane>())
    , m_info(new InfoPage(connections, book, prices, this))
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
    connect(m_info, &InfoPage::pricesRequested, this, &InspectorPane::pricesRequested);
    connect(m_info, &InfoPage::replyStarted, this, &InspectorPane::replyStarted);
    connect(m_params, &ParamsPage::settingsEdited, this, &InspectorPane::takeSettings);
    connect(m_params, &ParamsPage::toolsRequested, this, &InspectorPane::toolsRequested);
    connect(m_params, &ParamsPage::schemaRequested, this, &InspectorPane::schemaRequested);
    connect(m_params, &ParamsPage::layerChosen, this, &InspectorPane::switchLayer);
    connect(m_params, &ParamsPage::forgetRequested, this, &InspectorPane::forget);
    connect(m_extras, &ExtrasPage::settingsEdited, this, &InspectorPane::takeSettings);
    connect(m_extras, &ExtrasPage::layerChosen, this, &InspectorPane::switchLayer);
    connect(m_extras, &ExtrasPage::endpointEdited, this, &InspectorPane::endpointEdited);
    connect(m_extras, &ExtrasPage::tryRequested, this, &InspectorPane::tryExtras);
    connect(&m_book, &CapabilityBook::changed, this, [this](const ModelRef &ref) {
        if (ref == m_model)
            showCapabilities();
    });
    connect(&m_connections, &Connections::endpointChanged, this, [this](const QString &endpointId) {
        if (endpointId == m_model.endpointId)
            updatePages();
    });
    connect(&m_connections, &Connections::modelsChanged, this, [this](const QString &endpointId) {
        if (endpointId == m_model.endpointId)
            showEndpointExtras(); // who owns the models tells which server it is
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

void InspectorPane::watch(Reply *reply, const QJsonObject &commonRequest)
{
    m_wire->watch(reply, commonRequest);
}

void InspectorPane::showExchange(const RecordedExchange &recorded)
{
    m_wire->showExchange(recorded);
    if (!recorded.attempts.empty())
        m_code->setCall(previewOf(recorded.attempts.back()));
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
    showEndpointExtras();
    showCapabilities();
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
        m_extras->setPreviewError({});
        return;
    }
    ChatRequest request = *m_request;
    request.model = m_model.model; // the pane's own, or the one that is looked at in the catalogue
    apply(merged(m_session, m_pane), request);
    const Result<WirePreview> preview = provider->preview(request);
    m_params->setPreview(preview);
    m_extras->setPreviewError(preview ? std::nullopt : std::optional(preview.error()));
    m_wire->setPreview(preview, requestJson(request));
    m_code->setCall(preview);
}

void InspectorPane::showCapabilities()
{
    m_params->setCapabilities(m_book.capabilities(m_model));
}

void InspectorPane::showEndpointExtras()
{
    const QString &id = m_model.endpointId;
    const Endpoint *endpoint = m_connections.find(id);
    const ProviderDescriptor *descriptor = m_connections.descriptor(id);
    std::vector<KnownExtra> known;
    if (endpoint && descriptor)
        known = knownExtrasOf(*descriptor, variantOf(*descriptor, *endpoint, m_connections.models(id)));
    m_extras->setEndpoint(endpoint, m_model.model, known);
}

void InspectorPane::forget(const QStringList &abilities)
{
    for (const QString &ability : abilities)
        m_book.forget(m_model, ability);
}

void InspectorPane::tryExtras()
{
    if (!m_connections.provider(m_model.endpointId))
        return;
    ChatRequest request = m_request.value_or(ChatRequest {});
    request.model = m_model.model;
    apply(merged(m_session, m_pane), request);
    auto *view = new ExtrasExperimentView(m_connections, m_model, request, window());
    connect(view, &ExtrasExperimentView::replyStarted, this, &InspectorPane::replyStarted);
    view->open();
}

} // namespace diptych
