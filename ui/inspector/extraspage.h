// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/knownextra.h"
#include "api/provider.h"
#include "api/requestsettings.h"
#include "models/extrasmodel.h"

#include <QWidget>

#include <memory>

class QButtonGroup;

namespace diptych {

namespace Ui {
class ExtrasPage;
}

/// Parameters outside the common API, as JSON, in the layers that set them, and what becomes of them.
class ExtrasPage : public QWidget
{
    Q_OBJECT
public:
    explicit ExtrasPage(QWidget *parent = nullptr);
    ~ExtrasPage() override;

    /// `editsPane` chooses between session and pane; the layers of the endpoint stay open when one of them is.
    void setSettings(const RequestSettings &session, const RequestSettings &pane, bool editsPane);
    /// Null: there is no endpoint. `known`: the extras that it is known to take.
    void setEndpoint(const Endpoint *endpoint, const QString &model, const std::vector<KnownExtra> &known);
    /// Why the request can not be written with these extras; unset: it can.
    void setPreviewError(const std::optional<Error> &error);

Q_SIGNALS:
    void settingsEdited(const diptych::RequestSettings &settings, bool forPane);
    void layerChosen(bool editsPane); ///< session or pane
    /// The endpoint with other extras or another mode. Emitted when typing has paused or ended.
    void endpointEdited(const diptych::Endpoint &endpoint);
    void tryRequested(); ///< all three modes side by side

protected:
    void changeEvent(QEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    using Origin = ExtrasModel::Origin;

    void setUpLayers();
    void setUpEditor();
    void chooseLayer(Origin layer);
    void refresh(bool isOther); ///< `isOther`: the editor is about something else now
    void showLayerNames();
    void showMode();
    void showTable();
    void showRemarks();
    void takeJson(const QJsonValue &value);
    void takeMode(int row);
    void paintMessages();
    [[nodiscard]] QJsonObject extrasOf(Origin layer) const;
    [[nodiscard]] QString scopeText() const;
    [[nodiscard]] ExtrasMode effectiveMode() const;
    [[nodiscard]] QString modelKey() const;

    std::unique_ptr<Ui::ExtrasPage> m_ui;
    QButtonGroup *m_layers;
    ExtrasModel *m_table;
    Origin m_layer = Origin::Session;
    RequestSettings m_session;
    RequestSettings m_pane;
    std::optional<Endpoint> m_endpoint;
    QString m_modelName;
    std::vector<KnownExtra> m_known;
    std::optional<Error> m_previewError;
};

} // namespace diptych
