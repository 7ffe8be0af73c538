// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/capabilitiesmodel.h"

#include "api/capabilitybook.h"
#include "models/cataloguemodel.h"
#include "models/modeltraits.h"
#include "scriptedprovider.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace diptych;

namespace {

using State = CapabilityState::State;
using Source = CapabilityState::Source;

CapabilityState state(State value, const QString &evidence, Source source = Source::Declared)
{
    return {.state = value,
        .evidence = evidence,
        .seenAt = source == Source::Declared ? QDateTime() : QDateTime(QDate(2026, 2, 3), QTime(12, 0), Qt::UTC),
        .source = source};
}

ModelDescription modelOf(ModelType type, const QStringList &modalities = {})
{
    return {.id = QStringLiteral("m"), .type = type, .facts = {.inputModalities = modalities}};
}

} // namespace

class TestCapabilitiesModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void emptyWithoutModel();
    void learntCountsMoreThanDeclared();
    void unclearDoesNotHideWhatIsDeclared();
    void forgetting();
    void otherModelsDoNotMatter();
    void traitsOfModels_data();
    void traitsOfModels();
    void catalogueFollows();

private:
    const ModelRef m_model {QStringLiteral("e"), QStringLiteral("m")};
};

void TestCapabilitiesModel::emptyWithoutModel()
{
    CapabilityBook book;
    CapabilitiesModel model(book);
    const QAbstractItemModelTester tester(&model);
    QCOMPARE(model.rowCount(), 0);
    QVERIFY(model.summary().isEmpty() && !model.canForgetAny());
    model.forget({});
    model.forgetAll();
    book.note({}, QStringLiteral("tools"), state(State::Refused, QStringLiteral("x"), Source::Seen));
}

void TestCapabilitiesModel::learntCountsMoreThanDeclared()
{
    CapabilityBook book;
    book.note(m_model, QStringLiteral("tools"), state(State::Refused, QStringLiteral("422: tools"), Source::Seen));
    CapabilitiesModel model(book);
    const QAbstractItemModelTester tester(&model);
    model.setModel(m_model,
        {{QStringLiteral("tools"), state(State::Supported, QStringLiteral("capabilities.tools"))},
            {QStringLiteral("chat"), state(State::Supported, QStringLiteral("capabilities.chat"))}});
    QCOMPARE(model.rowCount(), 2);
    const QModelIndex chat = model.index(0);
    const QModelIndex tools = model.index(1);
    QCOMPARE(chat.data(CapabilitiesModel::OriginRole).toString(), QStringLiteral("declared"));
    QVERIFY(!chat.data(CapabilitiesModel::CanForgetRole).toBool());
    QCOMPARE(tools.data(CapabilitiesModel::StateRole).toInt(), static_cast<int>(State::Refused));
    QCOMPARE(tools.data(CapabilitiesModel::EvidenceRole).toString(), QStringLiteral("422: tools"));
    QVERIFY(tools.data(CapabilitiesModel::OriginRole).toString().startsWith(QLatin1String("seen ")));
    QVERIFY(tools.data(CapabilitiesModel::CanForgetRole).toBool());
    QCOMPARE(model.summary(), QStringLiteral("1 yes, 1 no, 0 unclear"));
}

void TestCapabilitiesModel::unclearDoesNotHideWhatIsDeclared()
{
    const Capabilities declared {{QStringLiteral("tools"), state(State::Supported, QStringLiteral("declared"))}};
    const Capabilities unclear {
        {QStringLiteral("tools"), state(State::Unknown, QStringLiteral("text"), Source::Probed)}};
    QCOMPARE(mergedCapabilities(declared, unclear), declared);
    QCOMPARE(mergedCapabilities({}, unclear), unclear);
}

void TestCapabilitiesModel::forgetting()
{
    CapabilityBook book;
    book.note(m_model, QStringLiteral("tools"), state(State::Refused, QStringLiteral("422"), Source::Seen));
    book.note(m_model, QStringLiteral("seed"), state(State::Refused, QStringLiteral("422"), Source::Seen));
    CapabilitiesModel model(book);
    const QAbstractItemModelTester tester(&model);
    model.setModel(m_model, {{QStringLiteral("tools"), state(State::Supported, QStringLiteral("declared"))}});
    model.forget(model.index(1));
    QCOMPARE(model.index(0).data(CapabilitiesModel::StateRole).toInt(), static_cast<int>(State::Supported));
    model.forget(model.index(0)); // declared: nothing to forget
    QCOMPARE(model.rowCount(), 2);
    model.forgetAll();
    QCOMPARE(model.rowCount(), 1);
    QVERIFY(book.entries().empty() && !model.canForgetAny());
}

void TestCapabilitiesModel::otherModelsDoNotMatter()
{
    CapabilityBook book;
    CapabilitiesModel model(book);
    model.setModel(m_model, {});
    const QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    book.note({QStringLiteral("e"), QStringLiteral("other")}, QStringLiteral("tools"),
        state(State::Refused, QStringLiteral("422"), Source::Seen));
    QCOMPARE(reset.count(), 0);
}

void TestCapabilitiesModel::traitsOfModels_data()
{
    QTest::addColumn<ModelDescription>("model");
    QTest::addColumn<Capabilities>("capabilities");
    QTest::addColumn<int>("present");
    QTest::addColumn<int>("unknown");
    using Trait = ModelTrait;
    const ModelTraits chatOnly = Trait::ImagesIn | Trait::Tools | Trait::JsonSchema | Trait::Thinking;
    const ModelTraits types = Trait::Chat | Trait::Completion | Trait::Embeddings;
    const auto row = [](const char *name, const ModelDescription &model, const Capabilities &capabilities,
                         ModelTraits present, ModelTraits unknown) {
        QTest::newRow(name) << model << capabilities << static_cast<int>(present)
                            << static_cast<int>(unknown | Trait::Free);
    };
    row("nothing known", modelOf(ModelType::Unknown), {}, {}, types | chatOnly);
    row("chat", modelOf(ModelType::Chat), {}, Trait::Chat, chatOnly);
    row("embeddings", modelOf(ModelType::TextEmbeddings), {}, Trait::Embeddings, {});
    row("pictures to numbers", modelOf(ModelType::ImageEmbeddings), {}, Trait::Embeddings | Trait::ImagesIn, {});
    row("modalities say no", modelOf(ModelType::Chat, {QStringLiteral("text")}), {}, Trait::Chat,
        Trait::Tools | Trait::JsonSchema | Trait::Thinking);
    row("abilities say more than the type", modelOf(ModelType::Chat),
        {{QStringLiteral("text_embeddings"), state(State::Supported, {})},
            {QStringLiteral("tools"), state(State::Refused, {})}},
        Trait::Chat | Trait::Embeddings, Trait::ImagesIn | Trait::JsonSchema | Trait::Thinking);
}

void TestCapabilitiesModel::traitsOfModels()
{
    QFETCH(ModelDescription, model);
    QFETCH(Capabilities, capabilities);
    QFETCH(int, present);
    QFETCH(int, unknown);
    const Endpoint endpoint {.baseUrl = QUrl(QStringLiteral("https://example.com/v1"))};
    const KnownTraits traits = traitsOf(endpoint, model, capabilities, {});
    QCOMPARE(static_cast<int>(traits.present), present);
    QCOMPARE(static_cast<int>(traits.unknown), unknown);
}

void TestCapabilitiesModel::catalogueFollows()
{
    Connections connections([](const Endpoint &endpoint) { return std::make_unique<ScriptedProvider>(endpoint); });
    CapabilityBook book;
    PriceTable prices;
    CatalogueModel catalogue(connections);
    const QAbstractItemModelTester tester(&catalogue);
    catalogue.follow(book, prices);
    connections.add({.id = QStringLiteral("e"), .baseUrl = QUrl(QStringLiteral("http://127.0.0.1:9"))});
    connections.addModel(QStringLiteral("e"), modelOf(ModelType::Chat));
    const QModelIndex index = catalogue.indexOf(m_model);
    const auto present = [&index] { return ModelTraits(index.data(CatalogueModel::TraitsRole).toInt()); };
    QCOMPARE(present(), ModelTraits(ModelTrait::Chat | ModelTrait::Local));
    const QSignalSpy changed(&catalogue, &QAbstractItemModel::dataChanged);
    book.note(m_model, QStringLiteral("tools"), state(State::Supported, QStringLiteral("x"), Source::Probed));
    QCOMPARE(changed.count(), 1);
    prices.setPrices({{.model = QStringLiteral("m"), .input = 0.0, .output = 0.0}});
    QCOMPARE(changed.count(), 2);
    QCOMPARE(present(), ModelTrait::Chat | ModelTrait::Local | ModelTrait::Tools | ModelTrait::Free);
}

QTEST_GUILESS_MAIN(TestCapabilitiesModel)
#include "tst_capabilitiesmodel.moc"
