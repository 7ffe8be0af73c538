// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/connections.h"
#include "engines/transferrate.h"

#include <QDialog>
#include <QElapsedTimer>

#include <memory>

namespace diptych {

namespace Ui {
class ModelsDialog;
}

/// The models of a server that can fetch and delete them: what is there, what is in memory, fetch by name, delete.
class ModelsDialog : public QDialog
{
    Q_OBJECT
public:
    /// The endpoint's provider has a model manager.
    ModelsDialog(Connections &connections, const QString &endpointId, QWidget *parent = nullptr);
    ~ModelsDialog() override;

protected:
    void changeEvent(QEvent *event) override;

private:
    [[nodiscard]] ModelManager *manager() const;
    void setUpView();
    void connectFields();
    void refresh();
    void dropReplies();
    void showModels();
    void showRunning();
    void updateState();
    void pull();
    void showProgress(const PullProgress &progress);
    void takePull();
    void confirmRemove();
    void remove(const QString &model);
    void takeRemove();
    void showProblem(const QString &title, const Error &error);
    [[nodiscard]] QString currentModel() const;

    std::unique_ptr<Ui::ModelsDialog> m_ui;
    Connections &m_connections;
    const QString m_endpointId;
    std::unique_ptr<RunningModelsReply> m_runningReply;
    std::unique_ptr<PullReply> m_pullReply;
    std::unique_ptr<RemoveReply> m_removeReply;
    std::optional<std::vector<RunningModel>> m_running; ///< unset: not known
    QString m_pulled;
    TransferRate m_rate;
    QElapsedTimer m_clock;
};

} // namespace diptych
