// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/connections.h"

#include <QObject>

#include <memory>

class QMenu;
class QWidget;

namespace diptych {

class ApplicationKeys;
class CataloguePane;
class EndpointStore;
class FallbackSecretStore;
class LlamaEndpoint;
class LlamaServer;

/// Everything that a person does with endpoints: add, change and remove them, import and export, the models of a local
/// server, and a server of our own. Opens the dialogs and keeps what they give.
class ApplicationEndpoints : public QObject
{
    Q_OBJECT
public:
    struct Services {
        Connections &connections;
        EndpointStore &store;
        FallbackSecretStore &secrets;
        ApplicationKeys &keys;
        Connections::ProviderFactory factory; ///< for providers that are tried only
    };

    /// `window`: what the dialogs belong to.
    ApplicationEndpoints(Services services, CataloguePane &catalogue, QWidget &window);
    ~ApplicationEndpoints() override;

    void add();
    void edit(const QString &endpointId);
    /// A change outside the dialog: neither the key nor the model list is touched.
    void change(const Endpoint &endpoint);
    void remove(const QString &endpointId);
    void askToRemove(const QString &endpointId); ///< what only this program knows of it would be lost
    void importFromEnvironment();
    void importFile(const QString &path);
    void exportFile(const QString &path, const std::vector<Endpoint> &endpoints);
    void convert(const QString &endpointId);
    void manageModels(const QString &endpointId);
    void runEngine();
    /// Says in the catalogue that the environment has something to offer, while there are no endpoints of the user's.
    void offerEnvironment();
    /// What was chosen in earlier runs of the program; see Settings.
    void setEngineChoices(const QString &program, const QString &modelFolder);
    [[nodiscard]] LlamaServer &llamaServer() { return *m_llamaServer; }

Q_SIGNALS:
    void engineProgramChosen(const QString &program);
    void modelFolderChosen(const QString &folder);
    void failed(const diptych::Error &error);

private:
    void openDialog(const Endpoint *endpoint);
    void take(const Endpoint &endpoint);
    void chooseImportFile();
    void chooseExport();
    void fillAddMenu(QMenu &menu);
    void fillEndpointMenu(QMenu &menu, const QString &endpointId);
    [[nodiscard]] std::vector<Endpoint> storedEndpoints() const;

    Services m_services;
    CataloguePane &m_catalogue;
    QWidget &m_window;
    QString m_modelFolder;
    std::unique_ptr<LlamaServer> m_llamaServer;
    std::unique_ptr<LlamaEndpoint> m_llamaEndpoint; // after the server: goes first
};

} // namespace diptych
