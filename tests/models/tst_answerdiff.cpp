// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/answerdiff.h"

#include <QTest>

using namespace diptych;
using Kind = AnswerChange::Kind;

class TestAnswerDiff : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nothingAgainstNothing();
    void whatIsNotThereYetIsNoDifference();
    void aFinishedAnswerLacksTheRest();
    void spaceIsNotCounted();
    void linesOfCodeSayWhatDiffersInThem();
    void jsonIsComparedByPointer();
    void jsonThatEndsAsProseIsComparedByWords();
    void jsonUnderWayMarksOnlyWhatIsThere();
    void removedValuesStandWhereTheyWould();
    void everyStepEqualsAFreshComparison();
    void aNewAnswerBeginsAnew();
};

static AnswerComparison compared(const QString &base, const QString &answer)
{
    AnswerDiff diff;
    diff.update(base, true, answer, true);
    return diff.result();
}

static QString text(const QString &answer, const AnswerChange &change)
{
    return answer.mid(change.start, change.length);
}

void TestAnswerDiff::nothingAgainstNothing()
{
    const AnswerComparison result = compared({}, {});
    QVERIFY(result.changes.empty());
    QCOMPARE(result.same, 1.0);
    QCOMPARE(compared({}, QStringLiteral("words")).same, 0.0);
    QCOMPARE(compared(QStringLiteral("words"), {}).count, 1);
}

void TestAnswerDiff::whatIsNotThereYetIsNoDifference()
{
    AnswerDiff diff;
    const QString base = QStringLiteral("one two three four");
    diff.update(base, true, QStringLiteral("one two"), false);
    QVERIFY(diff.result().changes.empty());
    QCOMPARE(diff.result().same, 1.0);
    // The baseline is behind: what it may still say is not new.
    diff.update(base, false, base + QStringLiteral(" five six"), false);
    QVERIFY(diff.result().changes.empty());
    // Where both have something, it is compared.
    diff.update(base, false, QStringLiteral("one two three fore and more"), false);
    QCOMPARE(diff.result().count, 1);
    QCOMPARE(diff.result().changes.front().kind, Kind::Changed);
    QCOMPARE(diff.result().changes.front().length, qsizetype(4));
}

void TestAnswerDiff::aFinishedAnswerLacksTheRest()
{
    const AnswerComparison result = compared(QStringLiteral("one two three"), QStringLiteral("one two"));
    QCOMPARE(result.count, 1);
    QCOMPARE(result.changes.front().kind, Kind::Removed);
    QCOMPARE(result.changes.front().start, qsizetype(7));
    QCOMPARE(result.changes.front().baseLength, qsizetype(6));
    QVERIFY(result.same > 0.6 && result.same < 0.8);
}

void TestAnswerDiff::spaceIsNotCounted()
{
    const AnswerComparison result = compared(QStringLiteral("a\nb c"), QStringLiteral("a b d"));
    QCOMPARE(result.changes.size(), std::size_t(2));
    QCOMPARE(result.changes[0].kind, Kind::Space);
    QCOMPARE(result.changes[1].kind, Kind::Changed);
    QCOMPARE(result.count, 1);
}

void TestAnswerDiff::linesOfCodeSayWhatDiffersInThem()
{
    const QString base = QStringLiteral("```py\nfor x in range(3):\n    print(x)\n    pass\n```\n");
    const QString answer = QStringLiteral("```py\nfor x in range(4):\n    print(y)\n    pass\n```\n");
    const AnswerComparison result = compared(base, answer);
    QCOMPARE(result.count, 1);
    QCOMPARE(text(answer, result.changes.front()), QStringLiteral("for x in range(4):\n    print(y)"));
    QCOMPARE(result.changes.front().parts.size(), std::size_t(2));
    QCOMPARE(answer.mid(result.changes.front().parts[0].start, 1), QStringLiteral("4"));
    QCOMPARE(answer.mid(result.changes.front().parts[1].start, 1), QStringLiteral("y"));
}

void TestAnswerDiff::jsonIsComparedByPointer()
{
    const QString base = QStringLiteral("{\"name\": \"Ada\", \"age\": 36, \"tags\": [1, 2]}");
    const QString answer =
        QStringLiteral("```json\n{\n  \"age\": 36.0,\n  \"name\": \"Eve\",\n  \"tags\": [1, 2, 3]\n}\n```");
    const AnswerComparison result = compared(base, answer);
    QVERIFY(result.isJson);
    QCOMPARE(result.count, 2);
    QCOMPARE(result.changes[0].pointer, QStringLiteral("/name"));
    QCOMPARE(result.changes[0].kind, Kind::Changed);
    QCOMPARE(text(answer, result.changes[0]), QStringLiteral("\"name\": \"Eve\""));
    QCOMPARE(base.mid(result.changes[0].baseStart, result.changes[0].baseLength), QStringLiteral("\"name\": \"Ada\""));
    QCOMPARE(result.changes[1].pointer, QStringLiteral("/tags/2"));
    QCOMPARE(result.changes[1].kind, Kind::Added);
    QCOMPARE(text(answer, result.changes[1]), QStringLiteral("3"));
    QCOMPARE(result.same, 0.6);
}

void TestAnswerDiff::jsonThatEndsAsProseIsComparedByWords()
{
    const QString base = QStringLiteral("{\"a\": 1}");
    AnswerDiff diff;
    diff.update(base, true, QStringLiteral("{\"a\": 1"), false);
    QVERIFY(diff.result().isJson);
    diff.update(base, true, QStringLiteral("{\"a\": 1 is what you asked for"), false);
    QVERIFY(!diff.result().isJson);
    QVERIFY(!compared(base, QStringLiteral("{\"a\": 1")).isJson); // it never ended
}

void TestAnswerDiff::jsonUnderWayMarksOnlyWhatIsThere()
{
    AnswerDiff diff;
    const QString base = QStringLiteral("{\"a\": 1, \"b\": 2}");
    diff.update(base, true, QStringLiteral("{\"a\": 1, \"x\": 5, "), false);
    QCOMPARE(diff.result().count, 1);
    QCOMPARE(diff.result().changes.front().pointer, QStringLiteral("/x"));
    diff.update(base.left(9), false, QStringLiteral("{\"a\": 1, \"x\": 5, "), false);
    QCOMPARE(diff.result().count, 0);
}

void TestAnswerDiff::removedValuesStandWhereTheyWould()
{
    const QString base = QStringLiteral("{\"z\": 0, \"a\": 1, \"b\": 2, \"c\": 3, \"d\": 4}");
    const QString answer = QStringLiteral("{\"a\": 1, \"d\": 4}");
    const AnswerComparison result = compared(base, answer);
    QCOMPARE(result.count, 2);
    QCOMPARE(result.changes[0].start, qsizetype(1));
    QCOMPARE(base.mid(result.changes[0].baseStart, result.changes[0].baseLength), QStringLiteral("\"z\": 0"));
    QCOMPARE(result.changes[1].start, answer.indexOf(u','));
    QCOMPARE(base.mid(result.changes[1].baseStart, result.changes[1].baseLength), QStringLiteral("\"b\": 2, \"c\": 3"));
}

void TestAnswerDiff::everyStepEqualsAFreshComparison()
{
    const QString base =
        QStringLiteral("Intro.\n```cpp\nint a = 1;\nint b = 2;\n```\nThe end of it, don't you think so?\n")
            .repeated(60);
    QString answer = base;
    answer.replace(QStringLiteral("b = 2"), QStringLiteral("b = 3"))
        .replace(QStringLiteral("end"), QStringLiteral("start"));
    AnswerDiff growing;
    for (qsizetype size = 0; size <= answer.size(); size += 113) {
        growing.update(base.left(size + 40), false, answer.left(size), false);
        AnswerDiff fresh;
        fresh.update(base.left(size + 40), false, answer.left(size), false);
        QVERIFY(growing.result() == fresh.result());
    }
    growing.update(base, true, answer, true);
    QVERIFY(growing.result() == compared(base, answer));
    QCOMPARE(growing.result().count, 120);
}

void TestAnswerDiff::aNewAnswerBeginsAnew()
{
    AnswerDiff diff;
    const QString base = QStringLiteral("a word and ").repeated(2000);
    diff.update(base, true, QStringLiteral("something else ").repeated(3000), true);
    QVERIFY(diff.result().count > 0);
    diff.update(base, true, base, true);
    QCOMPARE(diff.result().count, 0);
    diff.update(base, true, {}, false);
    QCOMPARE(diff.result().count, 0);
}

QTEST_APPLESS_MAIN(TestAnswerDiff)
#include "tst_answerdiff.moc"
