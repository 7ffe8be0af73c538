// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/requestsettings.h"

#include <QWidget>

#include <memory>

class QButtonGroup;

namespace diptych {

namespace Ui {
class ExtrasPage;
}

/// Parameters outside the common API, as JSON, and what happens to them.
class ExtrasPage : public QWidget
{
    Q_OBJECT
public:
    explicit ExtrasPage(QWidget *parent = nullptr);
    ~ExtrasPage() override;

    void setSettings(const RequestSettings &session, const RequestSettings &pane, bool editsPane);
    /// What the endpoint does when the request does not say; unset when there is no endpoint.
    void setEndpointMode(std::optional<ExtrasMode> mode);

Q_SIGNALS:
    void settingsEdited(const diptych::RequestSettings &settings, bool forPane);

protected:
    void changeEvent(QEvent *event) override;

private:
    void takeJson(const QJsonValue &value);
    void takeMode(int id);
    void showLayer();
    void showWarning();
    void paintMessages();
    [[nodiscard]] RequestSettings &layer() { return m_editsPane ? m_pane : m_session; }

    std::unique_ptr<Ui::ExtrasPage> m_ui;
    QButtonGroup *m_modes;
    RequestSettings m_session;
    RequestSettings m_pane;
    bool m_editsPane = false;
    std::optional<ExtrasMode> m_endpointMode;
};

} // namespace diptych
