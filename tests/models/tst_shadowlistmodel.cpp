// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/shadowlistmodel.h"

#include "scriptedprovider.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace diptych;
using namespace std::chrono_literals;
using Column = ShadowListModel::Column;

class TestShadowListModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void aWrongRowIsNoPair();
    void oldPairsLeaveWithTheLog();
    void pairsThatMadeRoomAreNotShown();
    void clearingEmptiesTheList();
    void failuresAreSaid();
    void growingAnswersAreShownSeldom();
    void agreementWaitsForBoth();
    void sharedWordsAreCounted_data();
    void sharedWordsAreCounted();

private:
    [[nodiscard]] static ShadowAnswer answer(const QString &model, const QString &text, bool isFinished = true)
    {
        ShadowAnswer made {
            .model = {QStringLiteral("e"), model}, .isFinished = isFinished, .firstToken = 20ms, .duration = 1s};
        made.response.choices.push_back({.message = Message::fromText(Role::Assistant, text)});
        return made;
    }
    [[nodiscard]] QString text(int row, Column column) const { return m_model->index(row, column).data().toString(); }
    quint64 add(const QString &served, const QString &shadow)
    {
        return m_log->add({.askedModel = QStringLiteral("gpt-4o"),
            .at = QDateTime::currentDateTime(),
            .served = answer(QStringLiteral("a"), served),
            .shadow = answer(QStringLiteral("b"), shadow)});
    }

    std::unique_ptr<Connections> m_connections;
    std::unique_ptr<ShadowLog> m_log;
    std::unique_ptr<ShadowListModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void TestShadowListModel::init()
{
    m_tester.reset();
    m_model.reset();
    m_connections = std::make_unique<Connections>(
        [](const Endpoint &endpoint) { return std::make_unique<ScriptedProvider>(endpoint); });
    m_connections->add({.id = QStringLiteral("e"), .name = QStringLiteral("Lab")});
    m_log = std::make_unique<ShadowLog>();
    m_model = std::make_unique<ShadowListModel>(*m_log, *m_connections);
    m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get());
}

void TestShadowListModel::aWrongRowIsNoPair()
{
    QVERIFY(!m_model->pairAt(-1));
    QVERIFY(!m_model->pairAt(0));
}

void TestShadowListModel::oldPairsLeaveWithTheLog()
{
    const quint64 first = add(QStringLiteral("x"), QStringLiteral("x"));
    for (std::size_t i = 0; i < ShadowLog::most; ++i)
        add(QStringLiteral("x"), QStringLiteral("y"));
    QCOMPARE(m_model->rowCount(), int(ShadowLog::most));
    QVERIFY(!m_log->find(first));
    for (int row = 0; row < m_model->rowCount(); ++row)
        QVERIFY(m_model->pairAt(row));
    QCOMPARE(m_model->pairAt(0)->id, m_log->pairs().back().id);
}

void TestShadowListModel::pairsThatMadeRoomAreNotShown()
{
    add(QStringLiteral("one"), QStringLiteral("one"));
    const quint64 second = add(QStringLiteral("two"), QStringLiteral("two"));
    QCOMPARE(m_model->rowCount(), 2);
    m_log->update(second,
        [](ShadowPair &pair) { pair.shadow = answer(QStringLiteral("b"), QString(ShadowLog::mostBytes / 2, u'x')); });
    QCOMPARE(m_model->rowCount(), 1);
    QVERIFY(m_model->pairAt(0)->id == second);
}

void TestShadowListModel::clearingEmptiesTheList()
{
    add(QStringLiteral("x"), QStringLiteral("x"));
    m_log->clear();
    QCOMPARE(m_model->rowCount(), 0);
}

void TestShadowListModel::failuresAreSaid()
{
    const quint64 id = add(QStringLiteral("x"), {});
    QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
    m_log->update(id, [](ShadowPair &pair) {
        pair.shadow.error = Error {.kind = Error::Kind::Network, .message = QStringLiteral("refused")};
    });
    QVERIFY(changed.wait());
    const QModelIndex shadow = m_model->index(0, Column::ShadowTimeColumn);
    QCOMPARE(shadow.data().toString(), QStringLiteral("failed"));
    QCOMPARE(shadow.data(Qt::ToolTipRole).toString(), QStringLiteral("refused"));
    QVERIFY(shadow.data(ShadowListModel::HasErrorRole).toBool());
    QCOMPARE(text(0, Column::AgreementColumn), QString());
}

void TestShadowListModel::growingAnswersAreShownSeldom()
{
    const quint64 id = add(QStringLiteral("x"), QStringLiteral("x"));
    QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
    for (int i = 0; i < 1000; ++i)
        m_log->update(id, [](ShadowPair &pair) { pair.served.duration += 1us; });
    QVERIFY(changed.wait());
    QCOMPARE(changed.size(), 1);
}

void TestShadowListModel::agreementWaitsForBoth()
{
    add(QStringLiteral("one two three four"), QStringLiteral("one two 3 4"));
    QCOMPARE(text(0, Column::NameColumn), QStringLiteral("gpt-4o"));
    QCOMPARE(text(0, Column::ServedColumn), QStringLiteral("a — Lab"));
    QCOMPARE(text(0, Column::ShadowColumn), QStringLiteral("b — Lab"));
    QCOMPARE(text(0, Column::ServedTimeColumn), QStringLiteral("20 ms / 1.00 s"));
    QCOMPARE(text(0, Column::AgreementColumn), QStringLiteral("50 % of words"));
    add(QStringLiteral("one"), QStringLiteral("one"));
    QCOMPARE(text(0, Column::AgreementColumn), QStringLiteral("same text"));
    m_log->add({.served = answer(QStringLiteral("a"), QStringLiteral("one")),
        .shadow = answer(QStringLiteral("b"), QStringLiteral("one"), false)});
    QCOMPARE(text(0, Column::AgreementColumn), QString());
    QCOMPARE(text(0, Column::ShadowTimeColumn), QStringLiteral("20 ms / running"));
}

void TestShadowListModel::sharedWordsAreCounted_data()
{
    QTest::addColumn<QString>("left");
    QTest::addColumn<QString>("right");
    QTest::addColumn<double>("share");
    QTest::newRow("both empty") << QString() << QString() << 1.0;
    QTest::newRow("one empty") << QString() << QStringLiteral("a") << 0.0;
    QTest::newRow("only spaces differ") << QStringLiteral("a  b") << QStringLiteral("a\nb") << 1.0;
    QTest::newRow("repeated") << QStringLiteral("a a a") << QStringLiteral("a") << 0.5;
    QTest::newRow("half") << QStringLiteral("a b") << QStringLiteral("b c") << 0.5;
}

void TestShadowListModel::sharedWordsAreCounted()
{
    QFETCH(QString, left);
    QFETCH(QString, right);
    QFETCH(double, share);
    QCOMPARE(sharedWords(left, right), share);
    QCOMPARE(sharedWords(right, left), share);
}

QTEST_GUILESS_MAIN(TestShadowListModel)
#include "tst_shadowlistmodel.moc"
