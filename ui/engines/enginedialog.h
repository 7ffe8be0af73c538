// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include <memory>

namespace diptych {

namespace Ui {
class EngineDialog;
}

class LlamaServer;

/// Starts and stops llama-server with a model file and shows its log. The server goes on when the dialog is closed.
class EngineDialog : public QDialog
{
    Q_OBJECT
public:
    explicit EngineDialog(LlamaServer &server, QWidget *parent = nullptr);
    ~EngineDialog() override;

    /// Where the file dialog begins as long as no model file is named.
    void setModelFolder(const QString &folder) { m_modelFolder = folder; }

Q_SIGNALS:
    void programChosen(const QString &program);
    void modelFolderChosen(const QString &folder);

protected:
    void changeEvent(QEvent *event) override;

private:
    void setUpFields();
    void chooseProgram();
    void chooseModel();
    void toggle();
    void appendLog(const QStringList &lines);
    void showState();

    std::unique_ptr<Ui::EngineDialog> m_ui;
    LlamaServer &m_server;
    QString m_modelFolder;
};

} // namespace diptych
