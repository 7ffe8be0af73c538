// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/completiondraft.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace diptych;

class TestCompletionDraft : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void noFileIsAnEmptyDraft();
    void damagedFileIsMovedAside();
    void wrongTypesAreIgnored();
    void rangesBeyondTheTextAreLeftOut();
    void failureIsReportedOnce();
    void everythingComesBack();
    void savedWithoutFlush();
    void onlyTheOwnerReads();

private:
    [[nodiscard]] QString path() const { return m_folder.filePath(QStringLiteral("completion.json")); }
    [[nodiscard]] static CompletionDraft full();

    QTemporaryDir m_folder;
};

CompletionDraft TestCompletionDraft::full()
{
    return {.text = QStringLiteral("Once upon a time"),
        .caret = 4,
        .generated = {{.start = 4, .length = 5}},
        .columns = {{.model = {QStringLiteral("e"), QStringLiteral("m")}, .route = QStringLiteral("chat")}},
        .parameters = {{QStringLiteral("temperature"), QStringLiteral("0.5")}},
        .sweepTemperature = QStringLiteral("0, 1"),
        .sweepTopP = QStringLiteral("0..1"),
        .isSplit = true,
        .showsProbabilities = true};
}

void TestCompletionDraft::noFileIsAnEmptyDraft()
{
    const auto draft = CompletionDraftStore(m_folder.filePath(QStringLiteral("none.json"))).load();
    QVERIFY(draft);
    QCOMPARE(*draft, CompletionDraft {});
}

void TestCompletionDraft::damagedFileIsMovedAside()
{
    QFile file(path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"text\": \"On");
    file.close();
    CompletionDraftStore store(path());
    const auto draft = store.load();
    QVERIFY(!draft);
    QCOMPARE(draft.error().kind, Error::Kind::Storage);
    QVERIFY(QFile::exists(path() + QStringLiteral(".damaged")));
    store.save(full());
    store.flush();
    QCOMPARE(*store.load(), full());
}

void TestCompletionDraft::wrongTypesAreIgnored()
{
    const QJsonObject wrong {{QStringLiteral("text"), 7}, {QStringLiteral("caret"), QStringLiteral("x")},
        {QStringLiteral("generated"), QJsonArray {1, QJsonArray {QStringLiteral("a")}, QJsonObject()}},
        {QStringLiteral("columns"), QJsonArray {QJsonValue(), QJsonObject()}},
        {QStringLiteral("parameters"), QJsonArray()}, {QStringLiteral("split"), 1}};
    QCOMPARE(completionDraftFromJson(wrong), CompletionDraft {});
}

void TestCompletionDraft::rangesBeyondTheTextAreLeftOut()
{
    QJsonObject json = toJson(full());
    json[QStringLiteral("caret")] = 99;
    json[QStringLiteral("generated")] = QJsonArray {
        QJsonArray {0, 17}, QJsonArray {-1, 2}, QJsonArray {16, 1}, QJsonArray {3, 9.2e18}, QJsonArray {0, 16}};
    const CompletionDraft draft = completionDraftFromJson(json);
    QCOMPARE(draft.caret, 16);
    QCOMPARE(draft.generated, (std::vector<CompletionDraft::Range> {{.start = 0, .length = 16}}));
}

void TestCompletionDraft::failureIsReportedOnce()
{
    CompletionDraftStore store(m_folder.filePath(QStringLiteral("no/such/folder/completion.json")));
    QSignalSpy failed(&store, &CompletionDraftStore::failed);
    for (int i = 0; i < 2; ++i) {
        store.save(full());
        store.flush();
        QCoreApplication::processEvents();
    }
    QCOMPARE(failed.size(), 1);
    QCOMPARE(failed[0][0].value<Error>().kind, Error::Kind::Storage);
}

void TestCompletionDraft::everythingComesBack()
{
    const QString file = m_folder.filePath(QStringLiteral("full.json"));
    CompletionDraftStore(file).save(full()); // the destructor writes
    QCOMPARE(*CompletionDraftStore(file).load(), full());
}

void TestCompletionDraft::savedWithoutFlush()
{
    const QString file = m_folder.filePath(QStringLiteral("soon.json"));
    CompletionDraftStore store(file);
    store.save(full());
    QVERIFY(!QFile::exists(file));
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(file), 2'000);
}

void TestCompletionDraft::onlyTheOwnerReads()
{
    const QString file = m_folder.filePath(QStringLiteral("private.json"));
    CompletionDraftStore(file).save(full());
    QVERIFY(!(QFile::permissions(file) & (QFile::ReadGroup | QFile::ReadOther)));
}

QTEST_GUILESS_MAIN(TestCompletionDraft)
#include "tst_completiondraft.moc"
