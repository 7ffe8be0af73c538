// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "applicationendpoints.h"

#include "application.h"
#include "applicationwindow.h"
#include "catalogue/cataloguepane.h"
#include "endpoints/conversiondialog.h"
#include "endpoints/endpointlistdialog.h"
#include "engines/llamaserver.h"
#include "engines/modelsdialog.h"
#include "fakeserver.h"
#include "mainwindow/mainwindow.h"
#include "widgets/banner.h"

#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>

using namespace diptych;

/// The real program: what its menus offer, what they change, and what is written to disk.
class TestApplicationEndpoints : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void theEnvironmentIsOfferedAndNothingIsAdded();
    void withoutAKeychainAnImportSaysSo();
    void aDamagedFileIsSaid();
    void whatIsExportedCanBeImportedWithoutKeys();
    void anUnwritableFileIsSaid();
    void menusOfferWhatAnEndpointCanDo();
    void aConversionReplacesOnlyIfTold();
    void modelsOfAnOllamaAreManagedOverHttp();
    void removingIsAsked();
    void aServerOfOursIsNeverStored();

private:
    template <typename Widget>
    Widget *child(const char *name) const
    {
        return m_application->window().window().findChild<Widget *>(QString::fromLatin1(name));
    }
    template <typename Dialog>
    Dialog *dialog() const
    {
        return m_application->window().window().findChild<Dialog *>();
    }
    [[nodiscard]] QStringList menuOf(const QString &endpointId) const;
    [[nodiscard]] bool isOnDisk(const QByteArray &bytes) const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Application> m_application;
    std::unique_ptr<QSignalSpy> m_failed;
};

void TestApplicationEndpoints::init()
{
    for (const QString &name : QProcessEnvironment::systemEnvironment().keys()) {
        if (name.endsWith(u"_KEY") || name.endsWith(u"_ENDPOINT") || name.endsWith(u"_HOST"))
            qunsetenv(name.toLatin1().constData());
    }
    qputenv("AZURE_INFERENCE_ENDPOINT", "http://127.0.0.1:1/models");
    qputenv("AZURE_INFERENCE_CREDENTIAL", "s3cret-key");
    m_folder = std::make_unique<QTemporaryDir>();
    m_application = std::make_unique<Application>(*qApp, m_folder->path());
    m_failed = std::make_unique<QSignalSpy>(&m_application->endpoints(), &ApplicationEndpoints::failed);
    m_application->start();
    QTRY_VERIFY(child<QToolButton>("importOfferButton")->isVisible());
}

void TestApplicationEndpoints::cleanup()
{
    m_failed.reset();
    m_application.reset();
}

QStringList TestApplicationEndpoints::menuOf(const QString &endpointId) const
{
    QMenu menu;
    Q_EMIT m_application->window().catalogue().endpointMenuRequested(&menu, endpointId);
    QStringList texts;
    for (const QAction *action : menu.actions())
        texts.append(action->isEnabled() ? action->text() : QString(u'(' + action->text() + u')'));
    return texts;
}

bool TestApplicationEndpoints::isOnDisk(const QByteArray &bytes) const
{
    for (const QFileInfo &info : QDir(m_folder->path()).entryInfoList(QDir::Files)) {
        QFile file(info.filePath());
        if (file.open(QIODevice::ReadOnly) && file.readAll().contains(bytes))
            return true;
    }
    return false;
}

void TestApplicationEndpoints::theEnvironmentIsOfferedAndNothingIsAdded()
{
    QCOMPARE(m_application->connections().endpoints().size(), std::size_t(1)); // the built-in one
    auto *menu = child<QMenu>("addMenu");
    Q_EMIT menu->aboutToShow();
    QStringList texts;
    for (const QAction *action : menu->actions())
        texts.append(action->text());
    QVERIFY(texts.contains(QStringLiteral("Import from environment…")));
    QVERIFY(texts.contains(QStringLiteral("Export endpoints…")));
    QVERIFY(texts.contains(QStringLiteral("Run a model with llama-server…")));
}

void TestApplicationEndpoints::withoutAKeychainAnImportSaysSo()
{
    child<QToolButton>("importOfferButton")->click();
    auto *list = dialog<EndpointListDialog>();
    QVERIFY(list);
    QTest::mouseClick(list->findChild<QPushButton *>(QStringLiteral("acceptButton")), Qt::LeftButton);
    QCOMPARE(m_application->connections().endpoints().size(), std::size_t(2));
    const Endpoint endpoint = m_application->connections().endpoints().back();
    QCOMPARE(endpoint.credential.reveal(), QByteArray("s3cret-key"));
    QVERIFY(!child<QToolButton>("importOfferButton")->isVisible());
    QVERIFY(isOnDisk("127.0.0.1:1/models"));
    QVERIFY(!isOnDisk("s3cret-key")); // there is no keychain here, and nobody allowed a file
}

void TestApplicationEndpoints::aDamagedFileIsSaid()
{
    const QString path = m_folder->filePath(QStringLiteral("friends.json"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"endpoints\": [");
    file.close();
    m_application->endpoints().importFile(path);
    auto *list = dialog<EndpointListDialog>();
    auto *banner = list->findChild<Banner *>(QStringLiteral("banner"));
    QVERIFY(banner->isVisible());
    QVERIFY2(banner->title().contains(u"friends.json"), qPrintable(banner->title()));
    QVERIFY(!banner->text().isEmpty());
    QVERIFY(!list->findChild<QPushButton *>(QStringLiteral("acceptButton"))->isEnabled());
}

void TestApplicationEndpoints::whatIsExportedCanBeImportedWithoutKeys()
{
    child<QToolButton>("importOfferButton")->click();
    QTest::mouseClick(
        dialog<EndpointListDialog>()->findChild<QPushButton *>(QStringLiteral("acceptButton")), Qt::LeftButton);
    QTRY_VERIFY(!dialog<EndpointListDialog>());
    const Endpoint original = m_application->connections().endpoints().back();
    const QString path = m_folder->filePath(QStringLiteral("out.json"));
    m_application->endpoints().exportFile(path, {original});
    QCOMPARE(m_failed->size(), 0);
    QVERIFY(!isOnDisk("s3cret-key"));
    m_application->endpoints().importFile(path);
    auto *list = dialog<EndpointListDialog>();
    QCOMPARE(list->chosen().size(), std::size_t(0)); // it is there already
    list->findChild<QTreeWidget *>()->topLevelItem(0)->setCheckState(0, Qt::Checked);
    QTest::mouseClick(list->findChild<QPushButton *>(QStringLiteral("acceptButton")), Qt::LeftButton);
    const Endpoint imported = m_application->connections().endpoints().back();
    QCOMPARE(imported.baseUrl, original.baseUrl);
    QVERIFY(imported.id != original.id);
    QVERIFY(imported.credential.isEmpty());
}

void TestApplicationEndpoints::anUnwritableFileIsSaid()
{
    m_application->endpoints().exportFile(m_folder->filePath(QStringLiteral("no/such/folder.json")), {});
    QCOMPARE(m_failed->size(), 1);
    QCOMPARE(m_failed->at(0).at(0).value<Error>().kind, Error::Kind::Storage);
}

void TestApplicationEndpoints::menusOfferWhatAnEndpointCanDo()
{
    Connections &connections = m_application->connections();
    Endpoint endpoint {.id = QStringLiteral("a"), .kind = Endpoint::Kind::AzureFoundry};
    endpoint.baseUrl = QUrl(QStringLiteral("https://my.services.ai.azure.com/models"));
    connections.add(endpoint);
    QCOMPARE(menuOf(QStringLiteral("a")), QStringList {QStringLiteral("Convert to OpenAI v1…")});
    endpoint.id = QStringLiteral("g");
    endpoint.kind = Endpoint::Kind::GitHubModels;
    connections.add(endpoint);
    QCOMPARE(menuOf(QStringLiteral("g")), QStringList {QStringLiteral("(Convert to OpenAI v1…)")});
    Endpoint local {.id = QStringLiteral("o"), .kind = Endpoint::Kind::Native, .native = QStringLiteral("ollama")};
    local.baseUrl = QUrl(QStringLiteral("http://127.0.0.1:11434"));
    connections.add(local);
    QCOMPARE(menuOf(QStringLiteral("o")), QStringList {QStringLiteral("Manage models…")});
    QVERIFY(menuOf(QStringLiteral("builtin")).isEmpty());
}

void TestApplicationEndpoints::aConversionReplacesOnlyIfTold()
{
    Connections &connections = m_application->connections();
    Endpoint endpoint {.id = QStringLiteral("a"), .name = QStringLiteral("A"), .kind = Endpoint::Kind::AzureFoundry};
    endpoint.baseUrl = QUrl(QStringLiteral("https://my.services.ai.azure.com/models"));
    // Nothing leaves this machine.
    endpoint.connection.proxy = {.mode = ProxyOptions::Mode::Http, .host = QStringLiteral("127.0.0.1"), .port = 1};
    connections.add(endpoint);
    const auto convert = [this](const char *choice) {
        m_application->endpoints().convert(QStringLiteral("a"));
        auto *conversion = dialog<ConversionDialog>();
        conversion->findChild<QAbstractButton *>(QString::fromLatin1(choice))->click();
        QTest::mouseClick(conversion->findChild<QPushButton *>(QStringLiteral("acceptButton")), Qt::LeftButton);
    };
    convert("addButton");
    QCOMPARE(connections.find(QStringLiteral("a"))->kind, Endpoint::Kind::AzureFoundry);
    QCOMPARE(connections.endpoints().back().kind, Endpoint::Kind::AzureOpenAiV1);
    QTRY_VERIFY(!dialog<ConversionDialog>());
    convert("replaceButton");
    QCOMPARE(connections.find(QStringLiteral("a"))->kind, Endpoint::Kind::AzureOpenAiV1);
}

void TestApplicationEndpoints::modelsOfAnOllamaAreManagedOverHttp()
{
    FakeServer server;
    server.route("/api/tags",
        FakeResponse::json(200,
            R"({"models":[{"name":"llama3.2:latest","model":"llama3.2:latest","size":2019393189,)"
            R"("details":{"parameter_size":"3.2B","quantization_level":"Q4_K_M"}}]})"));
    server.route("/api/ps", FakeResponse::json(200, R"({"models":[{"name":"llama3.2:latest","size":100}]})"));
    server.route("/api/pull",
        FakeResponse::chunked("application/x-ndjson",
            {"{\"status\":\"pulling manifest\"}\n", "{\"status\":\"pulling abc\",\"total\":1000,\"completed\":500}\n"})
            .thenStall());
    Endpoint endpoint {.id = QStringLiteral("o"), .kind = Endpoint::Kind::Native, .native = QStringLiteral("ollama")};
    endpoint.baseUrl = server.url(QString());
    endpoint.auth = Endpoint::Auth::None;
    m_application->connections().add(endpoint);
    m_application->endpoints().manageModels(QStringLiteral("o"));
    const auto *models = dialog<ModelsDialog>();
    const auto *view = models->findChild<QTreeWidget *>(QStringLiteral("modelsView"));
    QTRY_COMPARE(view->topLevelItemCount(), 1);
    QCOMPARE(view->topLevelItem(0)->text(3), QStringLiteral("Q4_K_M"));
    QTRY_VERIFY(view->topLevelItem(0)->text(4).contains(u"in memory"));
    models->findChild<QLineEdit *>(QStringLiteral("pullEdit"))->setText(QStringLiteral("mistral"));
    auto *pullButton = models->findChild<QPushButton *>(QStringLiteral("pullButton"));
    QTest::mouseClick(pullButton, Qt::LeftButton);
    const auto *progress = models->findChild<QLabel *>(QStringLiteral("progressLabel"));
    QTRY_VERIFY2(progress->text().contains(u"pulling abc"), qPrintable(progress->text()));
    server.closeConnections(); // in the middle
    const auto *banner = models->findChild<Banner *>(QStringLiteral("banner"));
    QTRY_VERIFY(banner->isVisible());
    QCOMPARE(banner->title(), QStringLiteral("mistral could not be fetched."));
    // Stopping reaches the server.
    QTest::mouseClick(pullButton, Qt::LeftButton);
    QTRY_VERIFY(progress->text().contains(u"pulling abc"));
    QSignalSpy left(&server, &FakeServer::clientLeft);
    QTest::mouseClick(models->findChild<QPushButton *>(QStringLiteral("cancelPullButton")), Qt::LeftButton);
    QTRY_VERIFY(left.size() > 0);
}

void TestApplicationEndpoints::removingIsAsked()
{
    Connections &connections = m_application->connections();
    connections.add({.id = QStringLiteral("e"),
        .name = QStringLiteral("Mine"),
        .baseUrl = QUrl(QStringLiteral("http://127.0.0.1:9"))});
    const auto answer = [this](const char *button) {
        m_application->endpoints().askToRemove(QStringLiteral("e"));
        auto *question =
            m_application->window().window().findChild<QMessageBox *>(QStringLiteral("removeEndpointQuestion"));
        QVERIFY(question);
        QVERIFY(question->text().contains(QStringLiteral("Mine")));
        if (button)
            question->findChild<QPushButton *>(QString::fromLatin1(button))->click();
        else
            QTest::keyClick(question, Qt::Key_Escape);
        QTRY_VERIFY(!m_application->window().window().findChild<QMessageBox *>());
    };
    answer(nullptr);
    QVERIFY(connections.find(QStringLiteral("e")));
    answer("confirmRemoveEndpointButton");
    QVERIFY(!connections.find(QStringLiteral("e")));
}

void TestApplicationEndpoints::aServerOfOursIsNeverStored()
{
    const QString model = m_folder->filePath(QStringLiteral("tiny.gguf"));
    QFile file(model);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("GGUF");
    file.close();
    ApplicationEndpoints &endpoints = m_application->endpoints();
    endpoints.llamaServer().setProgram(QStringLiteral(FAKE_LLAMA_SERVER));
    endpoints.llamaServer().start({.modelFile = model});
    const QString id = QLatin1String(LlamaServer::endpointId);
    QTRY_VERIFY(m_application->connections().find(id));
    QTRY_COMPARE(m_application->connections().models(id).size(), std::size_t(1)); // asked with its key
    QVERIFY(menuOf(id).isEmpty());
    Endpoint changed = *m_application->connections().find(id);
    changed.extrasMode = ExtrasMode::Drop;
    endpoints.change(changed);
    QCOMPARE(m_application->connections().find(id)->extrasMode, ExtrasMode::Drop);
    QVERIFY(!isOnDisk("llama-server"));
    endpoints.remove(id);
    QVERIFY(!m_application->connections().find(id));
    QTRY_COMPARE(endpoints.llamaServer().state(), LlamaServer::State::Stopped);
}

QTEST_MAIN(TestApplicationEndpoints)
#include "tst_applicationendpoints.moc"
