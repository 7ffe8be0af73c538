// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/capabilitystore.h"
#include "store/pricestore.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace diptych;

class TestCapabilityStore : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void damagedFileIsMovedAside();
    void nonsenseIsLeftOut();
    void failureToWriteIsTold();
    void survivesARestart();
    void writesSoonAndTogether();
    void keepsWhatOthersWrote();
    void forgottenModelsLeaveTheFile();
    void damagedPrices();
    void wrongPricesAreLeftOut();
    void pricesSurviveARestart();

private:
    void write(const QByteArray &text) const;
    [[nodiscard]] QJsonArray models() const;
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
    const ModelRef m_model {QStringLiteral("e"), QStringLiteral("m")};
    const CapabilityState m_refused {.state = CapabilityState::State::Refused,
        .evidence = QStringLiteral("422: „seed“ geht nicht"),
        .seenAt = QDateTime(QDate(2026, 1, 2), QTime(3, 4, 5, 678), Qt::UTC),
        .source = CapabilityState::Source::Probed};
};

void TestCapabilityStore::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->filePath(QStringLiteral("file.json"));
}

void TestCapabilityStore::write(const QByteArray &text) const
{
    QFile file(m_path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
}

QJsonArray TestCapabilityStore::models() const
{
    QFile file(m_path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QJsonDocument::fromJson(file.readAll()).object()[QStringLiteral("models")].toArray();
}

void TestCapabilityStore::damagedFileIsMovedAside()
{
    write("{\"models\": [");
    CapabilityBook book;
    CapabilityStore store(m_path);
    const Result<void> opened = store.open(book);
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, Error::Kind::Storage);
    QVERIFY(QFile::exists(QString(m_path + QStringLiteral(".damaged"))));
    book.note(m_model, QStringLiteral("seed"), m_refused);
    store.flush();
    QCOMPARE(models().size(), 1);
}

void TestCapabilityStore::nonsenseIsLeftOut()
{
    write(R"({"models": [7, {"endpoint": "", "model": "m", "abilities": {"a": {"state": "refused", "source": "seen"}}},
        {"endpoint": "e", "model": "m", "abilities": {"a": 1, "b": {"state": "maybe", "source": "seen"},
            "c": {"state": "refused", "source": "seen", "at": "yesterday"}}},
        {"endpoint": "e", "model": "none", "abilities": []}]})");
    CapabilityBook book;
    CapabilityStore store(m_path);
    QVERIFY(store.open(book));
    QCOMPARE(book.entries().size(), std::size_t(1));
    QCOMPARE(book.capabilities(m_model).keys(), QStringList(QStringLiteral("c")));
}

void TestCapabilityStore::failureToWriteIsTold()
{
    CapabilityBook book;
    CapabilityStore store(m_folder->filePath(QStringLiteral("no/such/folder/file.json")));
    QVERIFY(store.open(book));
    const QSignalSpy failed(&store, &CapabilityStore::failed);
    book.note(m_model, QStringLiteral("seed"), m_refused);
    store.flush();
    QCOMPARE(failed.count(), 1);
}

void TestCapabilityStore::survivesARestart()
{
    {
        CapabilityBook book;
        CapabilityStore store(m_path);
        QVERIFY(store.open(book));
        book.note(m_model, QStringLiteral("seed"), m_refused);
    }
    CapabilityBook book;
    CapabilityStore store(m_path);
    QVERIFY(store.open(book));
    QCOMPARE(book.capabilities(m_model).value(QStringLiteral("seed")), m_refused);
}

void TestCapabilityStore::writesSoonAndTogether()
{
    CapabilityBook book;
    CapabilityStore store(m_path);
    QVERIFY(store.open(book));
    book.note(m_model, QStringLiteral("seed"), m_refused);
    book.note(m_model, QStringLiteral("stop"), m_refused);
    QVERIFY(!QFile::exists(m_path));
    QTRY_VERIFY(QFile::exists(m_path));
    QCOMPARE(models().at(0)[QStringLiteral("abilities")].toObject().size(), 2);
}

void TestCapabilityStore::keepsWhatOthersWrote()
{
    CapabilityBook book;
    CapabilityStore store(m_path);
    QVERIFY(store.open(book));
    CapabilityBook otherBook;
    CapabilityStore other(m_path);
    QVERIFY(other.open(otherBook));
    otherBook.note({QStringLiteral("e"), QStringLiteral("other")}, QStringLiteral("tools"), m_refused);
    other.flush();
    book.note(m_model, QStringLiteral("seed"), m_refused);
    store.flush();
    QCOMPARE(models().size(), 2);
}

void TestCapabilityStore::forgottenModelsLeaveTheFile()
{
    CapabilityBook book;
    CapabilityStore store(m_path);
    QVERIFY(store.open(book));
    book.note(m_model, QStringLiteral("seed"), m_refused);
    store.flush();
    QCOMPARE(models().size(), 1);
    book.forgetEndpoint(QStringLiteral("e"));
    store.flush();
    QVERIFY(models().isEmpty());
}

void TestCapabilityStore::damagedPrices()
{
    write("[]");
    const PriceStore store(m_path);
    QCOMPARE(store.load().error().kind, Error::Kind::Storage);
    QVERIFY(store.load()->empty());
}

void TestCapabilityStore::wrongPricesAreLeftOut()
{
    write(R"({"prices": [{"input": 1}, {"model": "a", "input": -1}, {"model": "b", "input": "1"}, 4,
        {"model": " c ", "output": 2, "date": "soon"}]})");
    const Result<std::vector<Price>> prices = PriceStore(m_path).load();
    QVERIFY(prices);
    QCOMPARE(prices->size(), std::size_t(1));
    QCOMPARE(prices->front(), (Price {.model = QStringLiteral("c"), .output = 2.0}));
}

void TestCapabilityStore::pricesSurviveARestart()
{
    const std::vector<Price> prices {{.endpointId = QStringLiteral("e"),
                                         .model = QStringLiteral("gpt-*"),
                                         .input = 2.5,
                                         .output = 10.0,
                                         .cachedInput = 0.0,
                                         .images = 0.1,
                                         .currency = QStringLiteral("EUR"),
                                         .source = QStringLiteral("https://example.com/prices"),
                                         .date = QDate(2026, 1, 2)},
        {.provider = QStringLiteral("anthropic"), .model = QStringLiteral("*")}};
    QVERIFY(PriceStore(m_path).save(prices));
    QCOMPARE(*PriceStore(m_path).load(), prices);
}

QTEST_GUILESS_MAIN(TestCapabilityStore)
#include "tst_capabilitystore.moc"
