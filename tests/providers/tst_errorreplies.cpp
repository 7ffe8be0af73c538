// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providerfixture.h"
#include "replywatch.h"

#include "providers/common/errordecoder.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace diptych;
using test::ProviderFixture;
using test::waitFor;

/// Every known shape of an error as the answer of every provider's server: a reply says what the decoder of errors
/// says, which has a test of its own, whatever was asked for.
class TestErrorReplies : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyShapeThroughEveryProvider_data();
    void everyShapeThroughEveryProvider();
};

void TestErrorReplies::everyShapeThroughEveryProvider_data()
{
    QTest::addColumn<int>("format");
    QTest::addColumn<QJsonObject>("shape");
    QFile file(QStringLiteral(TEST_DATA_DIR "/errors.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonArray shapes = QJsonDocument::fromJson(file.readAll()).array();
    for (int format = 0; format < int(test::wireFormats().size()); ++format) {
        for (const QJsonValue &shape : shapes) {
            QTest::addRow(
                "%s %s", test::wireFormats().at(std::size_t(format)).name, qPrintable(shape[u"id"].toString()))
                << format << shape.toObject();
        }
    }
}

void TestErrorReplies::everyShapeThroughEveryProvider()
{
    QFETCH(const int, format);
    QFETCH(const QJsonObject, shape);
    ErrorAnswer answer {.status = shape[u"status"].toInt(), .reason = "Reason"};
    if (shape[u"body"].isObject())
        answer.body = QJsonDocument(shape[u"body"].toObject()).toJson(QJsonDocument::Compact);
    QByteArray head = "HTTP/1.1 " + QByteArray::number(answer.status)
        + " Reason\r\nContent-Length: " + QByteArray::number(answer.body.size()) + "\r\n";
    const QJsonObject headers = shape[u"headers"].toObject();
    for (auto header = headers.begin(); header != headers.end(); ++header) {
        answer.headers.push_back({header.key().toLatin1(), header.value().toString().toLatin1()});
        head += header.key().toLatin1() + ": " + header.value().toString().toLatin1() + "\r\n";
    }
    const Error expected = decodeError(answer);
    for (const bool isStream : {true, false}) {
        ProviderFixture f(test::wireFormats().at(std::size_t(format)));
        f.request.stream = isStream;
        f.server.enqueue(FakeResponse::raw({head + "\r\n" + answer.body}));
        const auto reply = f.ask();
        QVERIFY(waitFor(*reply));
        QVERIFY(reply->error());
        QCOMPARE(reply->error()->kind, expected.kind);
        QCOMPARE(reply->error()->httpStatus, answer.status);
        QCOMPARE(reply->error()->message, expected.message);
        QCOMPARE(reply->error()->providerCode, expected.providerCode);
        QCOMPARE(reply->error()->parameter, expected.parameter);
        QCOMPARE(reply->error()->bodySample, answer.body);
        QCOMPARE(reply->response().text(), QString());
    }
}

QTEST_GUILESS_MAIN(TestErrorReplies)
#include "tst_errorreplies.moc"
