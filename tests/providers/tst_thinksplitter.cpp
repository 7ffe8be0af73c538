// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/openai/thinksplitter.h"

#include <QTest>

using diptych::openai::ThinkSplitter;

class TestThinkSplitter : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void split_data();
    void split();
    void nothingIsHeldBackLongerThanNeeded();
};

void TestThinkSplitter::split_data()
{
    QTest::addColumn<QString>("input");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("reasoning");
    const auto row = [](const char *name, const char *input, const char *text, const char *reasoning) {
        QTest::newRow(name) << QString::fromUtf8(input) << QString::fromUtf8(text) << QString::fromUtf8(reasoning);
    };
    row("empty", "", "", "");
    row("plain", "Hello", "Hello", "");
    row("space before text stays", "  Hello", "  Hello", "");
    row("thoughts", "<think>a b</think>c", "c", "a b");
    row("space around", "\n<think>\na\n</think>\n\nc\n", "c\n", "a\n");
    row("no thoughts", "<think></think>c", "c", "");
    row("only thoughts", "<think>a", "", "a");
    row("half a close tag at the end", "<think>a</thin", "", "a</thin");
    row("half an open tag at the end", "<thin", "<thin", "");
    row("other tag", "<thinker>a", "<thinker>a", "");
    row("later tags are text", "x <think>a</think>", "x <think>a</think>", "");
    row("second block is text", "<think>a</think>b<think>c</think>", "b<think>c</think>", "a");
    row("angle brackets in thoughts", "<think>1 < 2 </b> </think>ok", "ok", "1 < 2 </b> ");
    row("close tag twice begun", "<think>a<</think>b", "b", "a<");
    row("outside the BMP", "<think>\xF0\x9F\x98\x80</think>\xF0\x9F\x98\x80", "\xF0\x9F\x98\x80", "\xF0\x9F\x98\x80");
}

void TestThinkSplitter::split()
{
    QFETCH(const QString, input);
    for (qsizetype first = 0; first <= input.size(); ++first) {
        for (qsizetype second = first; second <= input.size(); ++second) {
            ThinkSplitter splitter;
            QString text;
            QString reasoning;
            splitter.feed(input.left(first), text, reasoning);
            splitter.feed(input.mid(first, second - first), text, reasoning);
            splitter.feed(input.mid(second), text, reasoning);
            splitter.finish(text, reasoning);
            QTEST(text, "text");
            QTEST(reasoning, "reasoning");
        }
    }
}

void TestThinkSplitter::nothingIsHeldBackLongerThanNeeded()
{
    ThinkSplitter splitter;
    QString text;
    QString reasoning;
    splitter.feed(QStringLiteral("<think>a</t"), text, reasoning);
    QCOMPARE(reasoning, QStringLiteral("a"));
    splitter.feed(QStringLiteral("r"), text, reasoning);
    QCOMPARE(reasoning, QStringLiteral("a</tr"));
    splitter.feed(QStringLiteral("</think>b"), text, reasoning);
    QCOMPARE(text, QStringLiteral("b"));
}

QTEST_GUILESS_MAIN(TestThinkSplitter)
#include "tst_thinksplitter.moc"
