// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sessions/comparisonwindow.h"

#include <QLabel>
#include <QTest>
#include <QTextBrowser>

using namespace diptych;

class TestComparisonWindow : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nothingThatDiffersIsSaid();
    void differencesAreMarkedAndReached();
    void markupIsText();
};

namespace {

TurnComparison comparison(const QString &left, const QString &right)
{
    const auto turn = [](qint64 id, const QString &text) {
        Turn made {.id = id, .prompt = Message::fromText(Role::User, QStringLiteral("Ask"))};
        made.answers.push_back({.paneId = QStringLiteral("a"),
            .modelLabel = QStringLiteral("model"),
            .message = Message::fromText(Role::Assistant, text)});
        return made;
    };
    return compareTurns({turn(1, left)}, {turn(2, right)}, {{.id = QStringLiteral("a")}});
}

} // namespace

void TestComparisonWindow::nothingThatDiffersIsSaid()
{
    const ComparisonWindow window({}, {.window = QStringLiteral("x")});
    QVERIFY(window.findChild<QLabel *>(QStringLiteral("summaryLabel"))->text().contains(u"nothing"));
    QCOMPARE(window.differenceCount(), 0);
}

void TestComparisonWindow::differencesAreMarkedAndReached()
{
    ComparisonWindow window(
        comparison(QStringLiteral("the red house is old"), QStringLiteral("the blue house is very old")),
        {.window = QStringLiteral("x"), .left = QStringLiteral("Then"), .right = QStringLiteral("Now")});
    window.show();
    QCOMPARE(window.differenceCount(), 3); // red; blue, very
    auto *view = window.findChild<QTextBrowser *>();
    const auto wordHere = [view] {
        QTextCursor cursor = view->textCursor();
        cursor.select(QTextCursor::WordUnderCursor);
        return cursor.selectedText();
    };
    QTest::keyClick(view, Qt::Key_N);
    QCOMPARE(wordHere(), QStringLiteral("red"));
    QTest::keyClick(view, Qt::Key_N);
    QCOMPARE(wordHere(), QStringLiteral("blue"));
    QTest::keyClick(view, Qt::Key_P);
    QTest::keyClick(view, Qt::Key_P);
    QCOMPARE(wordHere(), QStringLiteral("very"));
    QVERIFY(window.findChild<QLabel *>(QStringLiteral("summaryLabel"))->text().contains(u"0 of 1"));
    QVERIFY(view->toPlainText().contains(u"Then") && view->toPlainText().contains(u"Now"));
}

void TestComparisonWindow::markupIsText()
{
    const ComparisonWindow window(comparison(QStringLiteral("<b>x</b>"), QStringLiteral("<img src=y>")), {});
    const QString text = window.findChild<QTextBrowser *>()->toPlainText();
    QVERIFY(text.contains(u"<b>x</b>") && text.contains(u"<img src=y>"));
}

QTEST_MAIN(TestComparisonWindow)
#include "tst_comparisonwindow.moc"
