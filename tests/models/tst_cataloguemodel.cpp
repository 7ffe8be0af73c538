// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cataloguemodel.h"

#include "scriptedprovider.h"

#include <QAbstractItemModelTester>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>

using namespace diptych;

class TestCatalogueModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void followsTheConnections();
    void failureIsShownAtTheEndpoint();
    void modelWrittenDownStaysInTheList();
    void shrinkingListRemovesRows();
    void modelTravelsByDragAndDrop();

private:
    static QStringList dump(const CatalogueModel &model);

    std::vector<ModelDescription> m_models;
    std::optional<Error> m_error;
    std::unique_ptr<Connections> m_connections;
};

void TestCatalogueModel::init()
{
    m_models = {{.id = QStringLiteral("guide"), .type = ModelType::Chat},
        {.id = QStringLiteral("wordmap"), .type = ModelType::TextEmbeddings}};
    m_error.reset();
    m_connections = std::make_unique<Connections>([this](const Endpoint &endpoint) {
        auto provider = std::make_unique<ScriptedProvider>(endpoint);
        provider->models = m_models;
        provider->listError = m_error;
        return provider;
    });
}

QStringList TestCatalogueModel::dump(const CatalogueModel &model)
{
    QStringList lines;
    for (int row = 0; row < model.rowCount(); ++row) {
        const QModelIndex endpoint = model.index(row, 0);
        lines.push_back(endpoint.data().toString());
        for (int child = 0; child < model.rowCount(endpoint); ++child)
            lines.push_back(QString(u' ' + model.index(child, 0, endpoint).data().toString()));
    }
    return lines;
}

void TestCatalogueModel::followsTheConnections()
{
    CatalogueModel model(*m_connections);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    m_connections->add({.id = QStringLiteral("e"), .name = QStringLiteral("Here")});
    QVERIFY(model.index(0, 0).data(CatalogueModel::IsLoadingRole).toBool());
    QSignalSpy changed(m_connections.get(), &Connections::modelsChanged);
    m_connections->refreshModels(QStringLiteral("e"));
    QVERIFY(changed.wait());
    QCOMPARE(dump(model), QStringList({QStringLiteral("Here"), QStringLiteral(" guide"), QStringLiteral(" wordmap")}));
    QVERIFY(!model.index(0, 0).data(CatalogueModel::IsLoadingRole).toBool());
    QCOMPARE(model.modelAt(model.index(1, 0, model.index(0, 0))),
        (ModelRef {QStringLiteral("e"), QStringLiteral("wordmap")}));
    QVERIFY(!model.modelAt(model.index(0, 0)).isValid());
    m_connections->update({.id = QStringLiteral("e"), .name = QStringLiteral("There")});
    QCOMPARE(dump(model).front(), QStringLiteral("There"));
    m_connections->remove(QStringLiteral("e"));
    QVERIFY(dump(model).isEmpty());
}

void TestCatalogueModel::failureIsShownAtTheEndpoint()
{
    m_error = Error {.kind = Error::Kind::Network, .message = QStringLiteral("refused")};
    CatalogueModel model(*m_connections);
    m_connections->add({.id = QStringLiteral("e"), .name = QStringLiteral("Here")});
    QSignalSpy failed(m_connections.get(), &Connections::modelsFailed);
    m_connections->refreshModels(QStringLiteral("e"));
    QVERIFY(failed.wait());
    QCOMPARE(model.index(0, 0).data(CatalogueModel::ErrorRole).toString(), QStringLiteral("refused"));
    QCOMPARE(model.index(0, 0).data(CatalogueModel::ErrorStateRole).toString(), QStringLiteral("not reachable"));
    // A server that answers is not called unreachable.
    m_error = Error {.kind = Error::Kind::NotFound, .httpStatus = 404, .message = QStringLiteral("no such route")};
    m_connections->update({.id = QStringLiteral("e"), .name = QStringLiteral("Here again")});
    m_connections->refreshModels(QStringLiteral("e"));
    QVERIFY(failed.wait());
    QCOMPARE(model.index(0, 0).data(CatalogueModel::ErrorStateRole).toString(), QStringLiteral("lists no models"));
}

void TestCatalogueModel::modelWrittenDownStaysInTheList()
{
    CatalogueModel model(*m_connections);
    QSignalSpy changed(m_connections.get(), &Connections::modelsChanged);
    for (const char *written : {"unlisted", "guide"}) {
        m_connections->add({.id = QString::fromLatin1(written), .defaultModel = QString::fromLatin1(written)});
        m_connections->refreshModels(QString::fromLatin1(written));
        QVERIFY(changed.wait());
    }
    QCOMPARE(model.rowCount(model.index(0, 0)), 3);
    QCOMPARE(model.rowCount(model.index(1, 0)), 2); // listed anyway
}

void TestCatalogueModel::shrinkingListRemovesRows()
{
    CatalogueModel model(*m_connections);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    m_connections->add({.id = QStringLiteral("e"), .name = QStringLiteral("Here")});
    QSignalSpy changed(m_connections.get(), &Connections::modelsChanged);
    m_connections->refreshModels(QStringLiteral("e"));
    QVERIFY(changed.wait());
    m_models.pop_back();
    m_connections->update({.id = QStringLiteral("e"), .name = QStringLiteral("Here again")});
    m_connections->refreshModels(QStringLiteral("e"));
    QVERIFY(changed.wait());
    QCOMPARE(dump(model), QStringList({QStringLiteral("Here again"), QStringLiteral(" guide")}));
}

void TestCatalogueModel::modelTravelsByDragAndDrop()
{
    CatalogueModel model(*m_connections);
    m_connections->add({.id = QStringLiteral("e"), .name = QStringLiteral("Here")});
    m_connections->addModel(QStringLiteral("e"), {.id = QStringLiteral("by-hand")});
    const ModelRef wanted {QStringLiteral("e"), QStringLiteral("by-hand")};
    const std::unique_ptr<QMimeData> data(model.mimeData({model.indexOf(wanted)}));
    QCOMPARE(CatalogueModel::modelFromMime(*data), wanted);
    QMimeData nothing;
    QVERIFY(!CatalogueModel::modelFromMime(nothing).isValid());
}

QTEST_GUILESS_MAIN(TestCatalogueModel)
#include "tst_cataloguemodel.moc"
