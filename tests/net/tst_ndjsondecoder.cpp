// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/ndjsondecoder.h"

#include "decoderreplay.h"

#include <QTest>

using namespace diptych;

class TestNdjsonDecoder : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void endlessLineIsAnError();
    void decodes_data();
    void decodes();
    void tellsWhereLinesBegin();
};

void TestNdjsonDecoder::endlessLineIsAnError()
{
    NdjsonDecoder decoder;
    QByteArray line;
    qint64 offset = 0;
    const QByteArray piece(65536, 'x');
    qsizetype fed = 0;
    while (!decoder.error() && fed < 2 * NdjsonDecoder::maxFrame) {
        decoder.feed(piece);
        fed += piece.size();
        QVERIFY(!decoder.next(line, offset));
    }
    QVERIFY(decoder.error());
    QCOMPARE(decoder.error()->kind, Error::Kind::Protocol);
    QVERIFY(fed <= NdjsonDecoder::maxFrame + piece.size());
    decoder.feed("\n{}\n");
    QVERIFY(!decoder.next(line, offset));
    QCOMPARE(decoder.finish(), QByteArray());
}

void TestNdjsonDecoder::decodes_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<QByteArrayList>("expected");
    QTest::addColumn<QByteArray>("left");
    const auto row = [](const char *name, const QByteArray &stream, const QByteArrayList &lines,
                         const QByteArray &left = {}) { QTest::newRow(name) << stream << lines << left; };
    row("nothing", "", {});
    row("lines", "{\"a\":1}\n{\"b\":2}\n", {"{\"a\":1}", "{\"b\":2}"});
    row("CR LF", "{}\r\n[]\r\n", {"{}", "[]"});
    row("CR alone ends nothing", "{}\r[]\n", {"{}\r[]"});
    row("blank lines are skipped", "\n\r\n  \n{}\n\n\n", {"{}"});
    row("last line without its end", "{}\n[]", {"{}"}, "[]");
    row("last line with CR only", "{}\n[]\r", {"{}"}, "[]");
    row("only blanks at the end", "{}\n  ", {"{}"});
    row("byte order mark", "\xEF\xBB\xBF{}\n", {"{}"});
    row("UTF-8", "\"\xF0\x9F\x8E\x89\"\n", {"\"\xF0\x9F\x8E\x89\""});
    row("invalid UTF-8 is replaced", "\"\xC3\"\n\"\xFF", {"\"\xEF\xBF\xBD\""}, "\"\xEF\xBF\xBD");
}

void TestNdjsonDecoder::decodes()
{
    QFETCH(QByteArray, stream);
    for (const std::vector<QByteArray> &pieces : cuts(stream)) {
        NdjsonDecoder decoder;
        QByteArrayList lines;
        QByteArray line;
        qint64 offset = 0;
        for (const QByteArray &piece : pieces) {
            decoder.feed(piece);
            while (decoder.next(line, offset))
                lines.push_back(line);
        }
        QTEST(lines, "expected");
        QTEST(decoder.finish(), "left");
        QVERIFY(!decoder.error());
    }
}

void TestNdjsonDecoder::tellsWhereLinesBegin()
{
    const QByteArray stream = "\n{}\r\n\n[1]\n";
    NdjsonDecoder decoder;
    QByteArray line;
    qint64 offset = 0;
    decoder.feed(stream);
    QVERIFY(decoder.next(line, offset));
    QCOMPARE(offset, 1);
    QVERIFY(decoder.next(line, offset));
    QCOMPARE(offset, 6);
}

QTEST_GUILESS_MAIN(TestNdjsonDecoder)

#include "tst_ndjsondecoder.moc"
