// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/ssedecoder.h"

#include "decoderreplay.h"

#include <QTest>

using namespace diptych;

namespace {

using Events = std::vector<SseEvent>;

Events decode(SseDecoder &decoder, const std::vector<QByteArray> &pieces)
{
    Events events;
    SseEvent event;
    for (const QByteArray &piece : pieces) {
        decoder.feed(piece);
        while (decoder.next(event))
            events.push_back(event);
    }
    return events;
}

/// name|data|error per event; easier to read in a failure than structs.
QByteArrayList summary(const Events &events)
{
    QByteArrayList lines;
    for (const SseEvent &event : events)
        lines.push_back(event.name + '|' + event.data + '|' + event.error);
    return lines;
}

} // namespace

class TestSseDecoder : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tooLongEventEndsTheStream_data();
    void tooLongEventEndsTheStream();
    void manyEventsInOnePieceAreNotTooLong();
    void unfinishedEventIsNoticed_data();
    void unfinishedEventIsNoticed();
    void decodes_data();
    void decodes();
    void keepsIdAndRetry_data();
    void keepsIdAndRetry();
    void tellsWhereEventsLie();
};

void TestSseDecoder::tooLongEventEndsTheStream_data()
{
    QTest::addColumn<QByteArray>("start");
    QTest::addColumn<QByteArray>("piece");
    QTest::newRow("endless line") << QByteArray("data: ") << QByteArray(65536, 'x');
    QTest::newRow("endless line without a field") << QByteArray() << QByteArray(65536, 'x');
    QTest::newRow("endless data lines") << QByteArray() << QByteArray("data: abc\n").repeated(5000);
    QTest::newRow("endless comment") << QByteArray(":") << QByteArray(65536, ' ');
}

void TestSseDecoder::tooLongEventEndsTheStream()
{
    QFETCH(QByteArray, start);
    QFETCH(QByteArray, piece);
    SseDecoder decoder;
    SseEvent event;
    decoder.feed("data: good\n\n");
    QVERIFY(decoder.next(event));
    decoder.feed(start);
    qsizetype fed = 0;
    while (!decoder.error() && fed < 2 * SseDecoder::maxFrame) {
        decoder.feed(piece);
        fed += piece.size();
        QVERIFY(!decoder.next(event));
    }
    QVERIFY(decoder.error());
    QCOMPARE(decoder.error()->kind, Error::Kind::Protocol);
    QVERIFY2(fed <= SseDecoder::maxFrame + piece.size(), QByteArray::number(fed).constData());
    decoder.feed("\n\ndata: late\n\n");
    QVERIFY(!decoder.next(event));
    QVERIFY(!decoder.hasPartialEvent());
}

void TestSseDecoder::manyEventsInOnePieceAreNotTooLong()
{
    const QByteArray event = "data: " + QByteArray(1000, 'x') + "\n\n";
    const int count = int(SseDecoder::maxFrame / event.size()) + 1000;
    SseDecoder decoder;
    QCOMPARE(int(decode(decoder, {event.repeated(count)}).size()), count);
    QVERIFY(!decoder.error());
}

void TestSseDecoder::unfinishedEventIsNoticed_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<bool>("partial");
    QTest::newRow("nothing") << QByteArray() << false;
    QTest::newRow("whole event") << QByteArray("data: a\n\n") << false;
    QTest::newRow("whole event, CR LF") << QByteArray("data: a\r\n\r\n") << false;
    QTest::newRow("no blank line") << QByteArray("data: a\n\ndata: b\n") << true;
    QTest::newRow("cut in a line") << QByteArray("data: a\n\ndat") << true;
    QTest::newRow("only a comment follows") << QByteArray("data: a\n\n: ping\n: pi") << false;
    QTest::newRow("event name without data") << QByteArray("event: a\n") << true;
}

void TestSseDecoder::unfinishedEventIsNoticed()
{
    QFETCH(QByteArray, stream);
    for (const std::vector<QByteArray> &pieces : cuts(stream)) {
        SseDecoder decoder;
        const Events events = decode(decoder, pieces);
        QTEST(decoder.hasPartialEvent(), "partial");
    }
}

void TestSseDecoder::decodes_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<QByteArrayList>("expected");
    const auto row = [](const char *name, const QByteArray &stream, const QByteArrayList &expected) {
        QTest::newRow(name) << stream << expected;
    };
    row("nothing", "", {});
    row("one event", "data: hello\n\n", {"|hello|"});
    row("no space after the colon", "data:hello\n\n", {"|hello|"});
    row("only one space is taken away", "data:  hello \n\n", {"| hello |"});
    row("several data lines are joined", "data: a\ndata: b\ndata:\n\n", {"|a\nb\n|"});
    row("data without a colon is empty data", "data\n\n", {"||"});
    row("two data lines without a colon", "data\ndata\n\n", {"|\n|"});
    row("colon in the value stays", "data: {\"a\":1}\n\n", {"|{\"a\":1}|"});
    row("event names", "event: start\ndata: 1\n\ndata: 2\n\n", {"start|1|", "|2|"});
    row("last event name wins", "event: a\nevent: b\ndata: 1\n\n", {"b|1|"});
    row("event name without data is dropped", "event: a\n\ndata: 1\n\n", {"|1|"});
    row("comments are skipped", ": ping\n\n:\n\ndata: a\n: in between\ndata: b\n\n", {"|a\nb|"});
    row("unknown fields are skipped", "foo: bar\nDATA: no\n data: no\ndata: yes\n\n", {"|yes|"});
    row("CR LF", "data: a\r\ndata: b\r\n\r\ndata: c\r\n\r\n", {"|a\nb|", "|c|"});
    row("CR alone", "data: a\rdata: b\r\rdata: c\r\r", {"|a\nb|", "|c|"});
    row("mixed ends", "data: a\rdata: b\ndata: c\r\n\ndata: d\n\r\n", {"|a\nb\nc|", "|d|"});
    row("LF CR is two ends", "data: a\n\rdata: b\n\n", {"|a|", "|b|"});
    row("byte order mark",
        "\xEF\xBB\xBF"
        "data: a\n\n",
        {"|a|"});
    row("only the first byte order mark",
        "\xEF\xBB\xBF\xEF\xBB\xBF"
        "data: a\n\ndata: b\n\n",
        {"|b|"});
    row("starts like a byte order mark", "\xEF\xBB: x\ndata: a\n\n", {"|a|"});
    row("blank lines at the start", "\n\n\r\ndata: a\n\n", {"|a|"});
    row("error field", "error: {\"code\":500}\n\n", {"||{\"code\":500}"});
    row("error field with data", "data: a\nerror: b\n\n", {"|a|b"});
    row("empty error field is no event", "error:\n\n", {});
    row("unfinished event is not delivered", "data: a\n\ndata: b", {"|a|"});
    row("UTF-8", "data: h\xC3\xA9llo \xE2\x82\xAC \xF0\x9F\x8E\x89\n\n",
        {"|h\xC3\xA9llo \xE2\x82\xAC \xF0\x9F\x8E\x89|"});
    row("invalid UTF-8 is replaced", "event: \xFF\ndata: a\xC3(b\xE2\x82\n\n",
        {"\xEF\xBF\xBD|a\xEF\xBF\xBD(b\xEF\xBF\xBD\xEF\xBF\xBD|"});
    row("NUL in data stays", QByteArray("data: a\0b\n\n", 11), {QByteArray("|a\0b|", 5)});
}

void TestSseDecoder::decodes()
{
    QFETCH(QByteArray, stream);
    QFETCH(QByteArrayList, expected);
    SseDecoder whole;
    const Events reference = decode(whole, {stream});
    QCOMPARE(summary(reference), expected);
    for (const std::vector<QByteArray> &pieces : cuts(stream)) {
        SseDecoder decoder;
        const Events events = decode(decoder, pieces);
        QCOMPARE(summary(events), expected);
        QCOMPARE(events, reference); // offsets and sizes too
        QVERIFY(!decoder.error());
    }
}

void TestSseDecoder::keepsIdAndRetry_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<int>("retry");
    QTest::newRow("none") << QByteArray("data: a\n\n") << QByteArray() << -1;
    QTest::newRow("both") << QByteArray("id: 7\nretry: 1500\ndata: a\n\n") << QByteArray("7") << 1500;
    QTest::newRow("without data") << QByteArray("id: 7\n\n") << QByteArray("7") << -1;
    QTest::newRow("id counts from its blank line") << QByteArray("id: 7\n\nid: 8\n") << QByteArray("7") << -1;
    QTest::newRow("empty id resets") << QByteArray("id: 7\n\nid\n\n") << QByteArray() << -1;
    QTest::newRow("id with NUL") << QByteArray("id: 7\n\nid: 8\0\n\n", 16) << QByteArray("7") << -1;
    QTest::newRow("retry with letters") << QByteArray("retry: 15s\n\n") << QByteArray() << -1;
    QTest::newRow("negative retry") << QByteArray("retry: -1\n\n") << QByteArray() << -1;
    QTest::newRow("huge retry") << QByteArray("retry: 99999999999999\n\n") << QByteArray() << -1;
    QTest::newRow("empty retry") << QByteArray("retry\n\n") << QByteArray() << -1;
}

void TestSseDecoder::keepsIdAndRetry()
{
    QFETCH(QByteArray, stream);
    for (const std::vector<QByteArray> &pieces : cuts(stream)) {
        SseDecoder decoder;
        const Events events = decode(decoder, pieces);
        QTEST(decoder.lastEventId(), "id");
        QTEST(decoder.retryMilliseconds().value_or(-1), "retry");
    }
}

void TestSseDecoder::tellsWhereEventsLie()
{
    const QByteArray stream = "\xEF\xBB\xBF: c\n\nevent: a\ndata: one\n\n\ndata: two\r\n\r\ndata: three\n\n";
    SseDecoder decoder;
    const Events events = decode(decoder, {stream});
    QByteArrayList pieces;
    for (const SseEvent &event : events)
        pieces.push_back(stream.mid(event.offset, event.size));
    QCOMPARE(pieces, QByteArrayList({"event: a\ndata: one\n\n", "data: two\r\n\r", "data: three\n\n"}));
}

QTEST_GUILESS_MAIN(TestSseDecoder)

#include "tst_ssedecoder.moc"
