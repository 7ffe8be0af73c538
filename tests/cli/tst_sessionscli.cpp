// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "clifixture.h"

#include <QFile>
#include <QJsonObject>
#include <QTest>

using namespace diptych;

class TestSessionsCli : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void wrongUsageIsSaid_data();
    void wrongUsageIsSaid();
    void aFolderWithoutSessionsIsNamed();
    void importedSessionsAreListedSearchedAndExported();
    void whatCanNotBeReadIsNamed();
};

namespace {

const QByteArray chats = R"([{"id": "c1", "title": "Bread\u001b[2J", "chat": {"messages": [
    {"role": "user", "content": "How is rye bread baked?"}, {"role": "assistant", "content": "Slowly.", "model": "m"}]},
    "updated_at": 1720000000}])";

} // namespace

void TestSessionsCli::wrongUsageIsSaid_data()
{
    QTest::addColumn<QString>("line");
    for (const char *line : {"sessions", "sessions drop", "sessions import", "sessions search", "sessions export",
             "sessions export -o sessions.pdf", "sessions export -o sessions"})
        QTest::newRow(line) << QString::fromLatin1(line);
}

void TestSessionsCli::wrongUsageIsSaid()
{
    QFETCH(QString, line);
    const auto outcome = CliFixture::run(line);
    QCOMPARE(outcome.code, 2);
    QVERIFY(outcome.err.contains("error: "));
}

void TestSessionsCli::aFolderWithoutSessionsIsNamed()
{
    const CliFixture fixture;
    const auto outcome =
        CliFixture::run(QStringLiteral("sessions list --data"), {fixture.path(QStringLiteral("none"))});
    QVERIFY(outcome.code != 0);
    QVERIFY2(outcome.err.contains("none"), outcome.err.constData());
    QVERIFY(!QFile::exists(fixture.path(QStringLiteral("none"))));
}

void TestSessionsCli::importedSessionsAreListedSearchedAndExported()
{
    const CliFixture fixture;
    const QStringList data {QStringLiteral("--data"), fixture.path(QStringLiteral("data"))};
    const QString file = fixture.write(QStringLiteral("chats.json"), chats);
    const auto imported = CliFixture::run(QStringLiteral("sessions import"), QStringList {file} + data);
    QCOMPARE(imported.code, 0);
    QCOMPARE(imported.out, QByteArray("1 imported, 0 there already\n"));
    QCOMPARE(CliFixture::run(QStringLiteral("sessions import"), QStringList {file} + data).out,
        QByteArray("0 imported, 1 there already\n"));
    const auto listed = CliFixture::run(QStringLiteral("sessions list"), data);
    QVERIFY(!listed.out.contains('\x1b') && listed.out.contains("Bread"));
    const QList<QJsonObject> lines = [&] {
        const auto found = jsonLines(CliFixture::run(QStringLiteral("sessions list --json"), data).out);
        return QList<QJsonObject>(found.begin(), found.end());
    }();
    QCOMPARE(lines.size(), 1);
    QCOMPARE(lines[0][QStringLiteral("turns")].toInt(), 1);
    const auto found = CliFixture::run(QStringLiteral("sessions search rye bak"), data);
    QVERIFY2(found.out.contains("How is rye bread baked?"), found.out.constData());
    QCOMPARE(CliFixture::run(QStringLiteral("sessions search wheat"), data).out, QByteArray());

    const QString exported = fixture.path(QStringLiteral("all.json"));
    QCOMPARE(CliFixture::run(QStringLiteral("sessions export -o"), QStringList {exported} + data).code, 0);
    QVERIFY(fixture.read(QStringLiteral("all.json")).contains("Slowly."));
    const QStringList other {QStringLiteral("--data"), fixture.path(QStringLiteral("other"))};
    QCOMPARE(CliFixture::run(QStringLiteral("sessions import"), QStringList {exported} + other).out,
        QByteArray("1 imported, 0 there already\n"));
    const QString id = lines[0][QStringLiteral("id")].toString();
    QCOMPARE(CliFixture::run(QStringLiteral("sessions export"),
                 QStringList {id, QStringLiteral("-o"), fixture.path(QStringLiteral("one.md"))} + data)
                 .code,
        0);
    QVERIFY(fixture.read(QStringLiteral("one.md")).startsWith("# Bread"));
}

void TestSessionsCli::whatCanNotBeReadIsNamed()
{
    const CliFixture fixture;
    const QStringList data {QStringLiteral("--data"), fixture.path(QStringLiteral("data"))};
    const QString file = fixture.write(QStringLiteral("bad.json"), "[{]");
    const auto outcome = CliFixture::run(QStringLiteral("sessions import"), QStringList {file} + data);
    QVERIFY(outcome.code != 0);
    QVERIFY2(outcome.err.contains("bad.json, line 1, column "), outcome.err.constData());
}

QTEST_GUILESS_MAIN(TestSessionsCli)
#include "tst_sessionscli.moc"
