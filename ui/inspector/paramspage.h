// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/model.h"
#include "api/provider.h"
#include "api/requestsettings.h"

#include <QWidget>

#include <memory>

class QModelIndex;

namespace diptych {

class ParamsModel;

namespace Ui {
class ParamsPage;
}

/// The parameters of a session or of one pane, each unset, inherited or set, and the body that they make.
class ParamsPage : public QWidget
{
    Q_OBJECT
public:
    explicit ParamsPage(QWidget *parent = nullptr);
    ~ParamsPage() override;

    void setSettings(const RequestSettings &session, const RequestSettings &pane, bool editsPane);
    /// What is known of the model: parameters that it refused are marked.
    void setCapabilities(const Capabilities &capabilities);
    void setPreview(const Result<WirePreview> &preview);
    void clearPreview();

Q_SIGNALS:
    void toolsRequested(bool forPane); ///< to edit the tools of the layer
    void schemaRequested(bool forPane); ///< to edit the form of the answers of the layer
    void settingsEdited(const diptych::RequestSettings &settings, bool forPane);
    void layerChosen(bool editsPane);
    /// The refusals of these abilities are not to be remembered any longer.
    void forgetRequested(const QStringList &abilities);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void setUpTable();
    void edit(const QModelIndex &index);
    void editAsJson(int row);
    void openMenu(const QPoint &position);
    void showNotice();
    void paintNotice();

    std::unique_ptr<Ui::ParamsPage> m_ui;
    ParamsModel *m_model;
    QString m_rejection; // of the last value typed
};

} // namespace diptych
