// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/connections.h"
#include "api/requestsettings.h"
#include "api/replayfile.h"

#include <QTimer>
#include <QWidget>

#include <memory>

namespace diptych {

class CapabilityBook;
class CodePage;
class ExtrasPage;
class InfoPage;
class ParamsPage;
class PriceTable;
class WirePage;

namespace Ui {
class InspectorPane;
}

/// The right dock: what a model is, what is sent to it, and what went over the wire.
class InspectorPane : public QWidget
{
    Q_OBJECT
public:
    InspectorPane(Connections &connections, CapabilityBook &book, PriceTable &prices, QWidget *parent = nullptr);
    ~InspectorPane() override;

    /// The model that the pages are about. It is asked for its information when the Info page is visible.
    void showModel(const ModelRef &ref);
    /// `editsPane` chooses the layer that the Params and Extras pages edit.
    void setSettings(const RequestSettings &session, const RequestSettings &paneOverrides, bool editsPane);
    /// What would be sent if the person asked now; its settings are replaced by those of setSettings().
    void setPreviewRequest(const ChatRequest &request);
    /// Follows a reply on the Wire page until it is finished; the reply stays its owner's.
    /// `commonRequest` is what was asked for, before the adapter; empty: not known.
    void watch(Reply *reply, const QJsonObject &commonRequest = {});
    void showExchange(const RecordedExchange &recorded);

    enum class Page { Info, Params, Extras, Wire, Code };
    void showPage(Page page);

Q_SIGNALS:
    /// The new value of one layer: of the current pane's overrides, or of the session.
    void settingsEdited(const diptych::RequestSettings &settings, bool forPane);
    /// The model's endpoint with other extras.
    void endpointEdited(const diptych::Endpoint &endpoint);
    void pricesRequested(const diptych::ModelRef &model); ///< somebody wants to write a price down
    void toolsRequested(bool forPane); ///< to edit the tools of a layer
    void schemaRequested(bool forPane); ///< to edit the form of the answers of a layer
    void replyStarted(diptych::Reply *reply, const QString &label);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void addPages();
    void takeSettings(const RequestSettings &settings, bool forPane);
    void switchLayer(bool editsPane);
    void showCapabilities();
    void showEndpointExtras();
    void forget(const QStringList &abilities);
    void tryExtras();
    void updatePages();
    /// At most a few times a second, and only while it can be seen: a request may carry images.
    void updatePreview();
    void showPreview();

    Connections &m_connections;
    CapabilityBook &m_book;
    std::unique_ptr<Ui::InspectorPane> m_ui;
    InfoPage *m_info;
    ParamsPage *m_params;
    ExtrasPage *m_extras;
    WirePage *m_wire;
    CodePage *m_code;
    ModelRef m_model;
    RequestSettings m_session;
    RequestSettings m_pane;
    bool m_editsPane = false;
    std::optional<ChatRequest> m_request;
    QTimer m_pause; // between two previews
    bool m_isStale = false;
};

} // namespace diptych
