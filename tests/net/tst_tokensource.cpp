// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/httpclient.h"
#include "net/tokensource.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace diptych;
using namespace std::chrono_literals;

namespace {

const QDateTime noon(QDate(2026, 1, 2), QTime(12, 0), Qt::UTC);

QByteArray webToken(qint64 expiry)
{
    const QByteArray claims = "{\"exp\":" + QByteArray::number(expiry) + "}";
    const auto encoded = [](const QByteArray &text) {
        return text.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    };
    return encoded("{\"alg\":\"none\"}") + "." + encoded(claims) + ".c2ln";
}

} // namespace

/// Tokens that programs print.
class TestTokenSource : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void whatIsNoTokenIsRefused_data();
    void whatIsNoTokenIsRefused();
    void printedTokens_data();
    void printedTokens();
    void outputIsRedacted_data();
    void outputIsRedacted();
    void failuresSayWhatHappened_data();
    void failuresSayWhatHappened();
    void aCommandThatHangsIsEnded();
    void oneRunServesAllWhoWait();
    void tokensAreKeptForTheirLife_data();
    void tokensAreKeptForTheirLife();
    void aForgottenTokenIsAskedForAgain();
    void scopesAreDifferentTokens();
    void noShellIsInvolved();
    void requestsMayDieAnyTime();
    void theSourceMayDieInASlot();
    void programsGoWithTheClient();

private:
    /// A command that writes a line to `log` each time it runs and then does what the script says.
    [[nodiscard]] TokenCommand script(const QByteArray &text, const QString &scope = {});
    [[nodiscard]] int runs() const;
    [[nodiscard]] static Result<Secret> ask(TokenSource &source, const TokenCommand &command);

    std::unique_ptr<QTemporaryDir> m_directory;
};

void TestTokenSource::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
}

TokenCommand TestTokenSource::script(const QByteArray &text, const QString &scope)
{
    QFile file(m_directory->filePath(QStringLiteral("get token"))); // a space: quotes have to work
    if (file.open(QIODevice::WriteOnly))
        file.write("#!/bin/sh\necho run >>\"$(dirname \"$0\")/log\"\n" + text + "\n");
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    return {.command = QStringLiteral("\"%1\" {scope}").arg(file.fileName()), .scope = scope};
}

int TestTokenSource::runs() const
{
    QFile file(m_directory->filePath(QStringLiteral("log")));
    return file.open(QIODevice::ReadOnly) ? int(file.readAll().count('\n')) : 0;
}

Result<Secret> TestTokenSource::ask(TokenSource &source, const TokenCommand &command)
{
    const std::unique_ptr<TokenRequest> request = source.request(command);
    QSignalSpy finished(request.get(), &TokenRequest::finished);
    if (!finished.wait(20'000))
        return Failure(Error {.message = QStringLiteral("nothing happened")});
    return request->result();
}

void TestTokenSource::whatIsNoTokenIsRefused_data()
{
    QTest::addColumn<QByteArray>("printed");
    for (const char *printed :
        {"", " \n", "two words", "line\nline", "{}", "{\"accessToken\":\"\"}", "{\"accessToken\":7}",
            "{\"accessToken\":\"a b\"}", "{\"accessToken\":", "t\xC3\xB6ken", "\x01", "Bearer "})
        QTest::newRow(printed) << QByteArray(printed);
}

void TestTokenSource::whatIsNoTokenIsRefused()
{
    QFETCH(QByteArray, printed);
    const auto token = readAccessToken(printed, noon);
    QVERIFY(!token);
    QCOMPARE(token.error().kind, Error::Kind::Authentication);
    QVERIFY(!token.error().message.isEmpty());
}

void TestTokenSource::printedTokens_data()
{
    QTest::addColumn<QByteArray>("printed");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QDateTime>("expiry");
    const QDateTime later = noon.addSecs(3600);
    const QByteArray seconds = QByteArray::number(later.toSecsSinceEpoch());
    const QByteArray local = later.toLocalTime().toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz000")).toUtf8();
    QTest::newRow("plain") << QByteArray("ya29.tok\n") << QByteArray("ya29.tok") << QDateTime();
    QTest::newRow("quoted") << QByteArray("\"tok\"\n") << QByteArray("tok") << QDateTime();
    QTest::newRow("bearer") << QByteArray("Bearer tok") << QByteArray("tok") << QDateTime();
    QTest::newRow("web token") << webToken(later.toSecsSinceEpoch()) << webToken(later.toSecsSinceEpoch()) << later;
    QTest::newRow("not a web token") << QByteArray("a.b.c") << QByteArray("a.b.c") << QDateTime();
    QTest::newRow("az") << QByteArray("{\"accessToken\":\"tok\",\"expiresOn\":\"" + local
        + "\",\"expires_on\":" + seconds + ",\"tokenType\":\"Bearer\"}")
                        << QByteArray("tok") << later;
    QTest::newRow("older az") << QByteArray("{\"accessToken\":\"tok\",\"expiresOn\":\"" + local + "\"}")
                              << QByteArray("tok") << later;
    QTest::newRow("azd") << QByteArray("{\"token\":\"tok\",\"expiresOn\":\"2026-01-02T13:00:00Z\"}")
                         << QByteArray("tok") << later;
    QTest::newRow("OAuth") << QByteArray("{\"access_token\":\"tok\",\"expires_in\":3600}") << QByteArray("tok")
                           << later;
    QTest::newRow("seconds as text") << QByteArray("{\"access_token\":\"tok\",\"expires_in\":\"3600\"}")
                                     << QByteArray("tok") << later;
    QTest::newRow("within status") << QByteArray(
        "{\"status\":{\"token\":\"tok\",\"expirationTimestamp\":\"2026-01-02T13:00:00Z\"}}")
                                   << QByteArray("tok") << later;
    QTest::newRow("nonsense expiry") << QByteArray(
        "{\"access_token\":\"tok\",\"expires_in\":-1,\"expiresOn\":\"soon\"}")
                                     << QByteArray("tok") << QDateTime();
}

void TestTokenSource::printedTokens()
{
    QFETCH(QByteArray, printed);
    QFETCH(QByteArray, value);
    QFETCH(QDateTime, expiry);
    const auto token = readAccessToken(printed, noon);
    QVERIFY2(token, qPrintable(token ? QString() : token.error().message));
    QCOMPARE(token->value.reveal(), value);
    QCOMPARE(token->expiresAt, expiry);
}

void TestTokenSource::outputIsRedacted_data()
{
    QTest::addColumn<QByteArray>("text");
    const QByteArray secret = "s3cretAAAABBBBCCCC1234";
    QTest::newRow("bare") << secret;
    QTest::newRow("named") << QByteArray("token: " + secret);
    QTest::newRow("in JSON") << QByteArray("{\"secret\": \"" + secret + "\"}");
    QTest::newRow("web token") << QByteArray("got eyJhbGciOi.s3cretAAAABBBBCCCC1234.x1");
    QTest::newRow("in a URL") << QByteArray("GET https://a.example/?key=" + secret);
}

void TestTokenSource::outputIsRedacted()
{
    QFETCH(QByteArray, text);
    const QString shown = redactedOutput("ERROR: Please run 'az login' to set up an account. " + text);
    QVERIFY(shown.contains(u"Please run 'az login' to set up an account."));
    QVERIFY2(!shown.contains(u"s3cret"), qPrintable(shown));
    QVERIFY(redactedOutput(QByteArray(100'000, 'x')).size() < 1000);
}

void TestTokenSource::failuresSayWhatHappened_data()
{
    QTest::addColumn<QByteArray>("text"); // of the script; empty: there is no program
    QTest::addColumn<QString>("said");
    QTest::newRow("no program") << QByteArray() << QStringLiteral("could not be started");
    QTest::newRow("exit code") << QByteArray("echo 'run az login' >&2; exit 3")
                               << QStringLiteral("code 3: run az login");
    QTest::newRow("crash") << QByteArray("kill -9 $$") << QStringLiteral("crashed");
    QTest::newRow("nothing") << QByteArray("true") << QStringLiteral("printed nothing");
    QTest::newRow("too much") << QByteArray("yes aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa") << QStringLiteral("too much");
}

void TestTokenSource::failuresSayWhatHappened()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, said);
    TokenSource source;
    const TokenCommand command =
        text.isEmpty() ? TokenCommand {.command = m_directory->filePath(QStringLiteral("missing"))} : script(text);
    for (int round = 0; round < 2; ++round) { // a failure is not kept
        const Result<Secret> token = ask(source, command);
        QVERIFY(!token);
        QCOMPARE(token.error().kind, Error::Kind::Authentication);
        QCOMPARE(token.error().providerCode, QStringLiteral("TokenCommandFailed"));
        QVERIFY2(token.error().message.contains(said), qPrintable(token.error().message));
    }
    QVERIFY(!ask(source, {.command = QStringLiteral("  ")}));
}

void TestTokenSource::aCommandThatHangsIsEnded()
{
    TokenSource source(100ms);
    const Result<Secret> token = ask(source, script("sleep 60; echo tok"));
    QVERIFY(!token);
    QVERIFY2(token.error().message.contains(u"0.1 s"), qPrintable(token.error().message));
}

void TestTokenSource::oneRunServesAllWhoWait()
{
    TokenSource source;
    const TokenCommand command = script("sleep 0.1; echo tok");
    const auto first = source.request(command);
    const auto second = source.request(command);
    QSignalSpy firstFinished(first.get(), &TokenRequest::finished);
    QSignalSpy secondFinished(second.get(), &TokenRequest::finished);
    QVERIFY(firstFinished.isEmpty());
    QVERIFY(secondFinished.wait(20'000));
    QCOMPARE(firstFinished.size(), 1);
    QCOMPARE(first->result(), Result<Secret>(Secret("tok")));
    QCOMPARE(second->result(), first->result());
    QCOMPARE(runs(), 1);
}

void TestTokenSource::tokensAreKeptForTheirLife_data()
{
    QTest::addColumn<QByteArray>("printed");
    QTest::addColumn<int>("runs"); // for two requests one after the other
    QTest::newRow("unknown life") << QByteArray("tok") << 1;
    QTest::newRow("an hour") << QByteArray("{\"access_token\":\"tok\",\"expires_in\":3600}") << 1;
    QTest::newRow("its last moments") << QByteArray("{\"access_token\":\"tok\",\"expires_in\":100}") << 2;
    QTest::newRow("over") << webToken(1'600'000'000) << 2;
}

void TestTokenSource::tokensAreKeptForTheirLife()
{
    QFETCH(QByteArray, printed);
    QFETCH(int, runs);
    TokenSource source;
    const TokenCommand command = script("printf '%s' '" + printed + "'");
    QVERIFY(ask(source, command));
    QVERIFY(ask(source, command));
    QCOMPARE(this->runs(), runs);
}

void TestTokenSource::aForgottenTokenIsAskedForAgain()
{
    TokenSource source;
    const TokenCommand command = script("echo tok");
    QVERIFY(ask(source, command));
    source.forget(command, Secret("an older one"));
    QVERIFY(ask(source, command));
    QCOMPARE(runs(), 1);
    source.forget(command, Secret("tok"));
    QVERIFY(ask(source, command));
    QCOMPARE(runs(), 2);
}

void TestTokenSource::scopesAreDifferentTokens()
{
    TokenSource source;
    QCOMPARE(ask(source, script("echo \"tok-$1\"", QStringLiteral("a"))), Result<Secret>(Secret("tok-a")));
    QCOMPARE(ask(source, script("echo \"tok-$1\"", QStringLiteral("b"))), Result<Secret>(Secret("tok-b")));
}

void TestTokenSource::noShellIsInvolved()
{
    TokenSource source;
    TokenCommand command = script("echo \"$#\"", QStringLiteral("a; echo $HOME `id` | cat"));
    QCOMPARE(ask(source, command), Result<Secret>(Secret("1")));
    command = script("echo \"$1\"");
    command.command.replace(QStringLiteral("{scope}"), QStringLiteral("$HOME"));
    QCOMPARE(ask(source, command), Result<Secret>(Secret("$HOME")));
}

void TestTokenSource::requestsMayDieAnyTime()
{
    TokenSource source;
    const TokenCommand command = script("echo tok");
    (void)source.request(command); // before it starts
    auto first = source.request(command);
    auto second = source.request(command);
    int finished = 0;
    connect(first.get(), &TokenRequest::finished, this, [&] {
        ++finished;
        second.reset();
        first.reset();
    });
    connect(second.get(), &TokenRequest::finished, this, [&] { finished += 100; });
    QTRY_COMPARE(finished, 1);
    auto kept = source.request(command);
    kept.reset();
    QVERIFY(ask(source, command));
    QCOMPARE(runs(), 1);
}

void TestTokenSource::theSourceMayDieInASlot()
{
    auto source = std::make_unique<TokenSource>();
    const TokenCommand command = script("echo tok");
    const auto first = source->request(command);
    const auto second = source->request(command);
    int finished = 0;
    connect(first.get(), &TokenRequest::finished, this, [&] {
        ++finished;
        source.reset();
    });
    connect(second.get(), &TokenRequest::finished, this, [&] { ++finished; });
    QTRY_COMPARE(finished, 2);
    QVERIFY(!source);
}

void TestTokenSource::programsGoWithTheClient()
{
    auto client = std::make_unique<HttpClient>();
    // What the script starts goes too.
    const auto request =
        client->tokens().request(script("sleep 300 & echo $! >\"$(dirname \"$0\")/child\"; wait; echo tok"));
    QSignalSpy finished(request.get(), &TokenRequest::finished);
    QFile child(m_directory->filePath(QStringLiteral("child")));
    QTRY_VERIFY(child.exists() && child.size() > 1);
    QVERIFY(child.open(QIODevice::ReadOnly));
    const int pid = child.readAll().trimmed().toInt();
    QVERIFY(pid > 1);
    QCOMPARE(::kill(pid, 0), 0);
    client.reset();
    // A zombie that nobody has reaped yet is as good as gone.
    const auto isGone = [pid] {
        QFile status(QStringLiteral("/proc/%1/stat").arg(pid));
        return !status.open(QIODevice::ReadOnly) || status.readAll().contains(") Z");
    };
    QTRY_VERIFY(isGone());
    QVERIFY(finished.isEmpty());
}

QTEST_GUILESS_MAIN(TestTokenSource)
#include "tst_tokensource.moc"
