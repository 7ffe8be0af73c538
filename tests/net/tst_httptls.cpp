// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakecertificate.h"
#include "fakeproxy.h"
#include "fakeserver.h"
#include "net/httptarget.h"
#include "streamwatcher.h"

#include <QTcpSocket>

using namespace diptych;
using namespace std::chrono_literals;

/// Certificates and proxies.
class TestHttpTls : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void refusesCertificates_data();
    void refusesCertificates();
    void reportsUnusableFiles_data();
    void reportsUnusableFiles();
    void saysWhenTheSchemeIsWrong();
    void handshakeCountsToTheConnectDeadline();
    void acceptsAnAddedCertificate();
    void showsItsCertificate();
    void proxyFailuresNameTheProxy_data();
    void proxyFailuresNameTheProxy();
    void tunnelsThroughAProxy();
    void plainRequestsAreForwardedByAProxy();
    void loopbackBypassesTheSystemProxy_data();
    void loopbackBypassesTheSystemProxy();

private:
    [[nodiscard]] static HttpRequest get(const FakeServer &server, const TlsOptions &tls)
    {
        return {.url = server.url(), .connection = {.tls = tls}};
    }
    std::unique_ptr<FakeCertificate> m_good;
};

void TestHttpTls::initTestCase()
{
    m_good = std::make_unique<FakeCertificate>(QStringLiteral("DNS:localhost,IP:127.0.0.1"));
    QVERIFY2(m_good->isValid(), "the openssl command is needed");
}

void TestHttpTls::refusesCertificates_data()
{
    QTest::addColumn<QString>("names");
    QTest::addColumn<bool>("expired");
    QTest::addColumn<bool>("trusted");
    QTest::addColumn<QString>("says");
    const QString here = QStringLiteral("IP:127.0.0.1");
    QTest::newRow("self-signed") << here << false << false << QStringLiteral("self-signed");
    QTest::newRow("expired") << here << true << true << QStringLiteral("expired on");
    QTest::newRow("other host") << QStringLiteral("DNS:example.com") << false << true << QStringLiteral("example.com");
}

void TestHttpTls::refusesCertificates()
{
    QFETCH(QString, names);
    QFETCH(bool, expired);
    QFETCH(bool, trusted);
    QFETCH(QString, says);
    const FakeCertificate certificate(names, expired ? FakeCertificate::Kind::Expired : FakeCertificate::Kind::Valid);
    QVERIFY(certificate.isValid());
    FakeServer server;
    server.useTls(certificate.certificate(), certificate.key());
    HttpClient client;
    StreamWatcher watcher(client, get(server, {.caFile = trusted ? certificate.certificateFile() : QString()}));
    QVERIFY(watcher.isFinished());
    QCOMPARE(watcher.error().kind, Error::Kind::Tls);
    QVERIFY2(watcher.error().message.contains(says), qPrintable(watcher.error().message));
    QVERIFY(watcher.error().message.contains(server.url().authority()));
    QVERIFY(server.requests().empty()); // no key was sent
}

void TestHttpTls::reportsUnusableFiles_data()
{
    QTest::addColumn<TlsOptions>("tls");
    const QString missing = QStringLiteral("/nowhere/file.pem");
    const QString good = m_good->certificateFile();
    QTest::newRow("no authority") << TlsOptions {.caFile = missing};
    QTest::newRow("key instead of authority") << TlsOptions {.caFile = m_good->keyFile()};
    QTest::newRow("no client certificate") << TlsOptions {.clientCertificateFile = missing};
    QTest::newRow("no key") << TlsOptions {.clientCertificateFile = good, .clientKeyFile = missing};
    QTest::newRow("certificate instead of key") << TlsOptions {.clientCertificateFile = good, .clientKeyFile = good};
}

void TestHttpTls::reportsUnusableFiles()
{
    QFETCH(TlsOptions, tls);
    FakeServer server;
    server.useTls(m_good->certificate(), m_good->key());
    HttpClient client;
    StreamWatcher watcher(client, get(server, tls));
    QVERIFY(watcher.isFinished());
    QCOMPARE(watcher.error().kind, Error::Kind::Tls);
    QVERIFY(!watcher.error().message.isEmpty());
    QCOMPARE(server.connectionCount(), 0);
}

void TestHttpTls::saysWhenTheSchemeIsWrong()
{
    QTcpServer plain;
    QVERIFY(plain.listen(QHostAddress::LocalHost));
    connect(&plain, &QTcpServer::newConnection, this, [&plain] {
        QTcpSocket *socket = plain.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [socket] {
            socket->write("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
            socket->disconnectFromHost();
        });
    });
    HttpClient client;
    StreamWatcher watcher(client, {.url = QUrl(u"https://127.0.0.1:" + QString::number(plain.serverPort()))});
    QVERIFY(watcher.isFinished());
    QCOMPARE(watcher.error().kind, Error::Kind::Tls);
    QVERIFY2(watcher.error().message.contains(QLatin1String("use http://")), qPrintable(watcher.error().message));

    FakeServer secure;
    secure.useTls(m_good->certificate(), m_good->key());
    QUrl url = secure.url();
    url.setScheme(QStringLiteral("http"));
    StreamWatcher other(client, {.url = url});
    QVERIFY(other.isFinished());
    QVERIFY2(other.stream->error(), "a TLS server does not answer plain HTTP");
}

void TestHttpTls::handshakeCountsToTheConnectDeadline()
{
    QTcpServer mute; // accepts and says nothing
    QVERIFY(mute.listen(QHostAddress::LocalHost));
    HttpClient client;
    StreamWatcher watcher(client,
        {.url = QUrl(u"https://127.0.0.1:" + QString::number(mute.serverPort())),
            .connection = {.deadlines = {.connect = 60ms}}});
    QVERIFY(watcher.isFinished());
    QCOMPARE(watcher.error().kind, Error::Kind::Timeout);
    QVERIFY2(watcher.error().message.contains(QLatin1String("connect deadline")), qPrintable(watcher.error().message));
    QVERIFY(watcher.stream->exchange().phases.connected);
    QVERIFY(!watcher.stream->exchange().phases.encrypted);
}

void TestHttpTls::acceptsAnAddedCertificate()
{
    FakeServer server;
    server.useTls(m_good->certificate(), m_good->key());
    const QByteArray body = QByteArray("0123456789").repeated(500'000);
    server.route("/", FakeResponse::json(200, body));
    HttpClient client;
    const TlsOptions tls {.caFile = m_good->certificateFile()};
    StreamWatcher first(client, get(server, tls));
    QVERIFY(first.isFinished());
    QVERIFY2(!first.stream->error(), qPrintable(first.error().message));
    QCOMPARE(first.body, body);
    const Exchange &exchange = first.stream->exchange();
    QCOMPARE(exchange.tlsProtocol, QStringLiteral("TLS 1.3"));
    QVERIFY(exchange.phases.encrypted && *exchange.phases.connected <= *exchange.phases.encrypted);
    QVERIFY(*exchange.phases.encrypted <= *exchange.phases.sent);

    StreamWatcher second(client, get(server, tls));
    QVERIFY(second.isFinished());
    QVERIFY(second.stream->exchange().reusedConnection);
    QVERIFY(!second.stream->exchange().phases.encrypted);
    StreamWatcher stranger(client, get(server, {})); // does not get the connection of one who trusts
    QVERIFY(stranger.isFinished());
    QCOMPARE(stranger.error().kind, Error::Kind::Tls);
}

void TestHttpTls::showsItsCertificate()
{
    FakeServer server;
    server.useTls(m_good->certificate(), m_good->key());
    server.requireClientCertificate(m_good->certificate());
    server.route("/", FakeResponse::json(200, "{}"));
    HttpClient client;
    StreamWatcher without(client, get(server, {.caFile = m_good->certificateFile()}));
    QVERIFY(without.isFinished());
    QVERIFY(without.stream->error());
    StreamWatcher with(client,
        get(server,
            {.caFile = m_good->certificateFile(),
                .clientCertificateFile = m_good->certificateFile(),
                .clientKeyFile = m_good->keyFile()}));
    QVERIFY(with.isFinished());
    QVERIFY2(!with.stream->error(), qPrintable(with.error().message));
}

void TestHttpTls::proxyFailuresNameTheProxy_data()
{
    QTest::addColumn<QByteArray>("credentials");
    QTest::addColumn<int>("refuseWith");
    QTest::addColumn<bool>("listening");
    QTest::newRow("wrong password") << QByteArray("me:right") << 0 << true;
    QTest::newRow("refused") << QByteArray() << 403 << true;
    QTest::newRow("unreachable target") << QByteArray() << 502 << true;
    QTest::newRow("not there") << QByteArray() << 0 << false;
}

void TestHttpTls::proxyFailuresNameTheProxy()
{
    QFETCH(QByteArray, credentials);
    QFETCH(int, refuseWith);
    QFETCH(bool, listening);
    FakeProxy proxy(1);
    proxy.credentials = credentials;
    proxy.refuseWith = refuseWith;
    const quint16 port = proxy.serverPort();
    if (!listening)
        proxy.close();
    HttpClient client;
    StreamWatcher watcher(client,
        {.url = QUrl(QStringLiteral("https://api.example.com/")),
            .connection = {.proxy = {.mode = ProxyOptions::Mode::Http,
                               .host = QStringLiteral("127.0.0.1"),
                               .port = port,
                               .user = QStringLiteral("me"),
                               .password = Secret("wrong")}}});
    QVERIFY(watcher.isFinished());
    QCOMPARE(watcher.error().kind, Error::Kind::Network);
    const QString name = u"127.0.0.1:" + QString::number(port);
    QVERIFY2(watcher.error().message.contains(name), qPrintable(watcher.error().message));
    QVERIFY(!watcher.error().message.contains(QLatin1String("wrong\"")));
}

void TestHttpTls::tunnelsThroughAProxy()
{
    FakeServer server;
    server.useTls(m_good->certificate(), m_good->key());
    server.route("/", FakeResponse::json(200, "{}"));
    FakeProxy proxy(server.serverPort());
    proxy.credentials = "me:right";
    HttpClient client;
    StreamWatcher watcher(client,
        {.url = QUrl(QStringLiteral("https://localhost:4443/")),
            .connection = {.proxy = {.mode = ProxyOptions::Mode::Http,
                               .host = QStringLiteral("127.0.0.1"),
                               .port = proxy.serverPort(),
                               .user = QStringLiteral("me"),
                               .password = Secret("right")},
                .tls = {.caFile = m_good->certificateFile()}}});
    QVERIFY(watcher.isFinished());
    QVERIFY2(!watcher.stream->error(), qPrintable(watcher.error().message));
    QVERIFY(proxy.requests().contains("CONNECT localhost:4443 HTTP/1.1"));
    QCOMPARE(server.requests().at(0).header("Host"), "localhost:4443");
    QCOMPARE(server.requests().at(0).header("Proxy-Authorization"), QByteArray());
}

void TestHttpTls::plainRequestsAreForwardedByAProxy()
{
    FakeServer proxy; // a proxy for plain HTTP is a server that is asked for whole URLs
    proxy.enqueue(FakeResponse::json(200, "{}"));
    HttpClient client;
    StreamWatcher watcher(client,
        {.url = QUrl(QStringLiteral("http://api.example.com/v1?x=1")),
            .connection = {.proxy = {.mode = ProxyOptions::Mode::Http,
                               .host = QStringLiteral("127.0.0.1"),
                               .port = proxy.serverPort(),
                               .user = QStringLiteral("me"),
                               .password = Secret("right")}}});
    QVERIFY(watcher.isFinished());
    QVERIFY2(!watcher.stream->error(), qPrintable(watcher.error().message));
    const FakeRequest &request = proxy.requests().at(0);
    QCOMPARE(request.target, "http://api.example.com:80/v1?x=1");
    QCOMPARE(request.header("Host"), "api.example.com");
    QCOMPARE(request.header("Proxy-Authorization"), "Basic " + QByteArray("me:right").toBase64());
    QCOMPARE(headerValue(watcher.stream->exchange().requestHeaders, "Proxy-Authorization"), "***");
}

void TestHttpTls::loopbackBypassesTheSystemProxy_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("direct");
    for (const char *host : {"localhost", "LOCALHOST", "api.localhost", "127.0.0.1", "127.1.2.3", "[::1]"})
        QTest::newRow(host) << QString::fromLatin1(host) << true;
    for (const char *host : {"example.com", "192.168.1.1", "localhost.example.com"})
        QTest::newRow(host) << QString::fromLatin1(host) << false;
}

void TestHttpTls::loopbackBypassesTheSystemProxy()
{
    QFETCH(QString, host);
    QFETCH(bool, direct);
    const QByteArray before = qgetenv("http_proxy");
    qputenv("http_proxy", "http://127.0.0.1:3128");
    const QUrl url(u"http://" + host + u":8080/");
    const HttpTarget system = targetOf(url, {});
    const HttpTarget none = targetOf(url, {.proxy = {.mode = ProxyOptions::Mode::None}});
    qputenv("http_proxy", before);
    QCOMPARE(system.proxy.type() == QNetworkProxy::NoProxy, direct);
    QCOMPARE(system.isForwardedByProxy(), !direct);
    QCOMPARE(none.proxy.type(), QNetworkProxy::NoProxy);
}

QTEST_GUILESS_MAIN(TestHttpTls)

#include "tst_httptls.moc"
