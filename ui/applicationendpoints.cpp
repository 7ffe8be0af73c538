// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "applicationendpoints.h"

#include "api/environmentimport.h"
#include "api/v1conversion.h"
#include "applicationkeys.h"
#include "catalogue/cataloguepane.h"
#include "endpoints/conversiondialog.h"
#include "endpoints/endpointdialog.h"
#include "endpoints/endpointlistdialog.h"
#include "engines/enginedialog.h"
#include "engines/llamaendpoint.h"
#include "engines/llamaserver.h"
#include "engines/modelsdialog.h"
#include "store/endpointexport.h"
#include "store/endpointstore.h"
#include "store/fallbacksecretstore.h"
#include "theme/theme.h"

#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QSaveFile>

namespace diptych {

namespace {

constexpr qint64 maxFileSize = 16 * 1024 * 1024; // a list of endpoints is never that long

Error storageError(const QString &message)
{
    return {.kind = Error::Kind::Storage, .message = message};
}

/// The built-in endpoint and that of a server of ours are made anew each time.
bool isStored(const Endpoint &endpoint)
{
    return endpoint.kind != Endpoint::Kind::BuiltIn && endpoint.id != QLatin1String(LlamaServer::endpointId);
}

QString jsonFilter()
{
    return ApplicationEndpoints::tr("Endpoints (*.json)");
}

} // namespace

ApplicationEndpoints::ApplicationEndpoints(Services services, CataloguePane &catalogue, QWidget &window)
    : m_services(std::move(services))
    , m_catalogue(catalogue)
    , m_window(window)
    , m_llamaServer(std::make_unique<LlamaServer>())
    , m_llamaEndpoint(std::make_unique<LlamaEndpoint>(*m_llamaServer, m_services.connections))
{
    connect(&catalogue, &CataloguePane::addMenuRequested, this, [this](QMenu *menu) { fillAddMenu(*menu); });
    connect(&catalogue, &CataloguePane::endpointMenuRequested, this,
        [this](QMenu *menu, const QString &endpointId) { fillEndpointMenu(*menu, endpointId); });
    connect(&catalogue, &CataloguePane::importOfferAccepted, this, &ApplicationEndpoints::importFromEnvironment);
    connect(&m_services.connections, &Connections::endpointAdded, this, &ApplicationEndpoints::offerEnvironment);
}

ApplicationEndpoints::~ApplicationEndpoints()
{
    disconnect(&m_services.connections, nullptr, this, nullptr);
}

std::vector<Endpoint> ApplicationEndpoints::storedEndpoints() const
{
    std::vector<Endpoint> endpoints = m_services.connections.endpoints();
    std::erase_if(endpoints, [](const Endpoint &endpoint) { return !isStored(endpoint); });
    return endpoints;
}

void ApplicationEndpoints::add()
{
    openDialog(nullptr);
}

void ApplicationEndpoints::edit(const QString &endpointId)
{
    const Endpoint *endpoint = m_services.connections.find(endpointId);
    if (endpointId == QLatin1String(LlamaServer::endpointId))
        runEngine();
    else if (endpoint && endpoint->kind != Endpoint::Kind::BuiltIn)
        openDialog(endpoint);
}

void ApplicationEndpoints::openDialog(const Endpoint *endpoint)
{
    FallbackSecretStore &secrets = m_services.secrets;
    auto *dialog =
        new EndpointDialog(m_services.factory, m_services.connections.descriptors(), secrets.describe(), &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    if (endpoint) {
        dialog->setEndpoint(*endpoint);
    } else {
        std::vector<QUrl> known;
        for (const Endpoint &existing : m_services.connections.endpoints())
            known.push_back(existing.baseUrl);
        dialog->findLocalServers(known);
    }
    connect(dialog, &EndpointDialog::endpointAccepted, this, &ApplicationEndpoints::take);
    connect(&secrets, &FallbackSecretStore::placeChanged, dialog,
        [&secrets, dialog] { dialog->setKeyPlace(secrets.describe()); });
    secrets.check(); // only now: it may ask the user to unlock the keychain
    dialog->open();
}

void ApplicationEndpoints::take(const Endpoint &endpoint)
{
    Connections &connections = m_services.connections;
    if (const Result<void> saved = m_services.store.save(endpoint); !saved)
        Q_EMIT failed(saved.error());
    m_services.keys.save(endpoint);
    if (connections.find(endpoint.id))
        connections.update(endpoint);
    else
        connections.add(endpoint);
    if (!endpoint.defaultModel.isEmpty())
        connections.addModel(endpoint.id, {.id = endpoint.defaultModel});
    connections.refreshModels(endpoint.id);
}

void ApplicationEndpoints::change(const Endpoint &endpoint)
{
    if (!m_services.connections.find(endpoint.id))
        return;
    if (isStored(endpoint)) {
        if (const Result<void> saved = m_services.store.save(endpoint); !saved)
            Q_EMIT failed(saved.error());
    }
    m_services.connections.update(endpoint);
}

void ApplicationEndpoints::remove(const QString &endpointId)
{
    if (endpointId == QLatin1String(LlamaServer::endpointId)) {
        m_llamaServer->stop();
        return;
    }
    const Endpoint *known = m_services.connections.find(endpointId);
    if (!known || known->kind == Endpoint::Kind::BuiltIn)
        return;
    const Endpoint endpoint = *known;
    if (const Result<void> removed = m_services.store.remove(endpointId); !removed)
        Q_EMIT failed(removed.error());
    m_services.keys.remove(endpoint);
    m_services.connections.remove(endpointId);
}

void ApplicationEndpoints::askToRemove(const QString &endpointId)
{
    const Endpoint *endpoint = m_services.connections.find(endpointId);
    if (!endpoint || !isStored(*endpoint)) {
        remove(endpointId);
        return;
    }
    auto *question = new QMessageBox(QMessageBox::Warning, tr("Remove endpoint"), tr("Remove %1?").arg(endpoint->name),
        QMessageBox::NoButton, &m_window);
    question->setObjectName(QStringLiteral("removeEndpointQuestion"));
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setTextFormat(Qt::PlainText);
    question->setInformativeText(tr("Its key, its extras and what was learnt of its models are forgotten. "
                                    "Conversations stay."));
    QPushButton *removeButton = question->addButton(tr("Remove"), QMessageBox::DestructiveRole);
    removeButton->setObjectName(QStringLiteral("confirmRemoveEndpointButton"));
    question->setDefaultButton(question->addButton(tr("Keep"), QMessageBox::RejectRole));
    connect(removeButton, &QPushButton::clicked, this, [this, endpointId] { remove(endpointId); });
    question->open();
}

void ApplicationEndpoints::offerEnvironment()
{
    const bool isOffered = storedEndpoints().empty()
        && !importEnvironment(QProcessEnvironment::systemEnvironment(), m_services.connections.descriptors())
                .proposals.empty();
    m_catalogue.setImportOffer(isOffered ? tr("Import from environment…") : QString());
}

void ApplicationEndpoints::importFromEnvironment()
{
    auto *dialog = new EndpointListDialog(m_services.connections.descriptors(), &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->showEnvironment(
        importEnvironment(QProcessEnvironment::systemEnvironment(), m_services.connections.descriptors()),
        storedEndpoints(), m_services.secrets.describe());
    connect(dialog, &EndpointListDialog::endpointsAccepted, this, [this](const std::vector<Endpoint> &endpoints) {
        for (const Endpoint &endpoint : endpoints)
            take(endpoint);
    });
    FallbackSecretStore &secrets = m_services.secrets;
    connect(&secrets, &FallbackSecretStore::placeChanged, dialog,
        [&secrets, dialog] { dialog->setKeyPlace(secrets.describe()); });
    secrets.check();
    dialog->open();
}

void ApplicationEndpoints::chooseImportFile()
{
    auto *dialog = new QFileDialog(&m_window, tr("Import endpoints"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({jsonFilter(), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, &ApplicationEndpoints::importFile);
    dialog->open();
}

void ApplicationEndpoints::importFile(const QString &path)
{
    auto *dialog = new EndpointListDialog(m_services.connections.descriptors(), &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    const QString name = QFileInfo(path).fileName();
    QFile file(path);
    const bool isOpen = file.open(QIODevice::ReadOnly);
    const Result<EndpointImport> read = isOpen ? importEndpoints(file.read(maxFileSize))
                                               : Result<EndpointImport>(Failure(storageError(file.errorString())));
    dialog->showFile(read.value_or(EndpointImport()), storedEndpoints(), name);
    if (!read)
        dialog->showError(tr("%1 can not be imported.").arg(name), read.error());
    connect(dialog, &EndpointListDialog::endpointsAccepted, this, [this](const std::vector<Endpoint> &endpoints) {
        for (const Endpoint &endpoint : endpoints)
            take(endpoint);
    });
    dialog->open();
}

void ApplicationEndpoints::chooseExport()
{
    auto *list = new EndpointListDialog(m_services.connections.descriptors(), &m_window);
    list->setAttribute(Qt::WA_DeleteOnClose);
    list->showExport(storedEndpoints());
    connect(list, &EndpointListDialog::endpointsAccepted, this, [this](const std::vector<Endpoint> &endpoints) {
        auto *dialog = new QFileDialog(&m_window, tr("Export endpoints"));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setAcceptMode(QFileDialog::AcceptSave);
        dialog->setDefaultSuffix(QStringLiteral("json"));
        dialog->setNameFilter(jsonFilter());
        dialog->selectFile(QStringLiteral("endpoints.json"));
        connect(dialog, &QFileDialog::fileSelected, this,
            [this, endpoints](const QString &path) { exportFile(path, endpoints); });
        dialog->open();
    });
    list->open();
}

void ApplicationEndpoints::exportFile(const QString &path, const std::vector<Endpoint> &endpoints)
{
    QSaveFile file(path);
    const QByteArray json = exportEndpoints(endpoints);
    if (!file.open(QIODevice::WriteOnly) || file.write(json) != json.size() || !file.commit())
        Q_EMIT failed(storageError(tr("%1 can not be written: %2.").arg(path, file.errorString())));
}

void ApplicationEndpoints::convert(const QString &endpointId)
{
    const Endpoint *endpoint = m_services.connections.find(endpointId);
    if (!endpoint)
        return;
    const Result<V1Conversion> conversion = convertToV1(*endpoint);
    if (!conversion) {
        Q_EMIT failed(conversion.error());
        return;
    }
    auto *dialog = new ConversionDialog(*endpoint, *conversion, &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ConversionDialog::endpointAccepted, this, &ApplicationEndpoints::take);
    dialog->open();
}

void ApplicationEndpoints::manageModels(const QString &endpointId)
{
    Provider *provider = m_services.connections.provider(endpointId);
    if (!provider || !provider->modelManager())
        return;
    auto *dialog = new ModelsDialog(m_services.connections, endpointId, &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->show();
}

void ApplicationEndpoints::runEngine()
{
    auto *dialog = new EngineDialog(*m_llamaServer, &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setModelFolder(m_modelFolder);
    connect(dialog, &EngineDialog::programChosen, this, &ApplicationEndpoints::engineProgramChosen);
    connect(dialog, &EngineDialog::modelFolderChosen, this, [this](const QString &folder) {
        m_modelFolder = folder;
        Q_EMIT modelFolderChosen(folder);
    });
    dialog->show();
}

void ApplicationEndpoints::setEngineChoices(const QString &program, const QString &modelFolder)
{
    if (QFileInfo(program).isExecutable()) // it may be gone since: then that on PATH is as good
        m_llamaServer->setProgram(program);
    m_modelFolder = modelFolder;
}

void ApplicationEndpoints::fillAddMenu(QMenu &menu)
{
    menu.addAction(themeIcon(QStringLiteral("key")), tr("Import from environment…"), this,
        &ApplicationEndpoints::importFromEnvironment);
    menu.addSeparator();
    menu.addAction(
        themeIcon(QStringLiteral("folder")), tr("Import endpoints…"), this, &ApplicationEndpoints::chooseImportFile);
    menu.addAction(
        themeIcon(QStringLiteral("download")), tr("Export endpoints…"), this, &ApplicationEndpoints::chooseExport);
    menu.addSeparator();
    menu.addAction(themeIcon(QStringLiteral("server")), tr("Run a model with llama-server…"), this,
        &ApplicationEndpoints::runEngine);
}

void ApplicationEndpoints::fillEndpointMenu(QMenu &menu, const QString &endpointId)
{
    const Endpoint *endpoint = m_services.connections.find(endpointId);
    Provider *provider = m_services.connections.provider(endpointId);
    if (!endpoint || endpoint->kind == Endpoint::Kind::BuiltIn)
        return;
    if (provider && provider->modelManager())
        menu.addAction(themeIcon(QStringLiteral("model")), tr("Manage models…"), this,
            [this, endpointId] { manageModels(endpointId); });
    if (endpoint->provider() != u"azure")
        return;
    QAction *action = menu.addAction(themeIcon(QStringLiteral("swap")), tr("Convert to OpenAI v1…"), this,
        [this, endpointId] { convert(endpointId); });
    if (const Result<V1Conversion> conversion = convertToV1(*endpoint); !conversion) {
        action->setEnabled(false);
        action->setToolTip(conversion.error().message);
        menu.setToolTipsVisible(true);
    }
}

} // namespace diptych
