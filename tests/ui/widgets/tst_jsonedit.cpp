// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/jsonedit.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QFocusEvent>
#include <QJsonArray>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTest>

using namespace diptych;

class TestJsonEdit : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void mistakes_data();
    void mistakes();
    void brokenTextIsNotReported();
    void validTextIsReportedAfterAPause();
    void ownValueIsNotReported();
    void formattingIsKept();
    void emptyIsAnEmptyObject();
    void enterIsNotStolen();
    void escapeClosesTheList();
    void tabTakesOrLeaves();
    void remarksAreMarked();
    void knownValueDoesNotReplaceWhatIsTyped();
    void leavingTheFieldReports();

private:
    static void setCompletions(JsonEdit &edit);
};

void TestJsonEdit::mistakes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("place");
    QTest::newRow("cut") << QStringLiteral("{\"a\": 1")
                         << QStringLiteral("line 1, column 8: something is missing after the number");
    QTest::newRow("open text") << QStringLiteral("{\"a\": \"x}")
                               << QStringLiteral("line 1, column 10: a closing \" is missing");
    QTest::newRow("second line") << QStringLiteral("{\n  \"a\": x\n}") << QStringLiteral("line 2, column 8");
    QTest::newRow("behind an umlaut") << QStringLiteral("{\"ä😀\": x}") << QStringLiteral("line 1, column 9");
    QTest::newRow("single quotes") << QStringLiteral("{'a': 1}") << QStringLiteral("line 1, column 3");
    QTest::newRow("a list") << QStringLiteral("[1]") << QStringLiteral("line 1, column 1");
    QTest::newRow("a number") << QStringLiteral("42") << QStringLiteral("line 1, column 2");
}

void TestJsonEdit::mistakes()
{
    QFETCH(QString, text);
    QFETCH(QString, place);
    JsonEdit edit;
    QSignalSpy errors(&edit, &JsonEdit::errorChanged);
    edit.setPlainText(text);
    QVERIFY(!edit.json());
    QVERIFY2(edit.errorText().startsWith(place), qPrintable(edit.errorText()));
    QCOMPARE(errors.size(), 1);
    QCOMPARE(edit.extraSelections().size(), 1);
    QVERIFY(edit.extraSelections().at(0).cursor.hasSelection());
    edit.setPlainText(QStringLiteral("{}"));
    QCOMPARE(edit.errorText(), QString());
    QVERIFY(edit.extraSelections().isEmpty());
}

void TestJsonEdit::brokenTextIsNotReported()
{
    JsonEdit edit;
    QSignalSpy edited(&edit, &JsonEdit::jsonEdited);
    edit.setPlainText(QStringLiteral("{\"a\":"));
    edit.flush();
    QCOMPARE(edited.size(), 0);
}

void TestJsonEdit::validTextIsReportedAfterAPause()
{
    JsonEdit edit;
    QSignalSpy edited(&edit, &JsonEdit::jsonEdited);
    QTest::keyClicks(&edit, QStringLiteral("{\"a\":1}"));
    QCOMPARE(edited.size(), 0);
    QVERIFY(edited.wait());
    QCOMPARE(edited.size(), 1);
    QCOMPARE(edited.at(0).at(0).toJsonValue().toObject(), (QJsonObject {{QStringLiteral("a"), 1}}));
}

void TestJsonEdit::ownValueIsNotReported()
{
    JsonEdit edit;
    QSignalSpy edited(&edit, &JsonEdit::jsonEdited);
    edit.setJson(QJsonObject {{QStringLiteral("a"), 1}});
    edit.flush();
    QCOMPARE(edited.size(), 0);
}

void TestJsonEdit::formattingIsKept()
{
    JsonEdit edit;
    const QString text = QStringLiteral("{ \"b\":1,   \"a\":2 }");
    edit.setPlainText(text);
    edit.flush();
    edit.setJson(QJsonObject {{QStringLiteral("a"), 2}, {QStringLiteral("b"), 1}});
    QCOMPARE(edit.toPlainText(), text);
}

void TestJsonEdit::emptyIsAnEmptyObject()
{
    JsonEdit edit;
    edit.setPlainText(QStringLiteral(" \n"));
    QCOMPARE(edit.json(), QJsonValue(QJsonObject {}));
    edit.setShape(JsonEdit::Shape::Array);
    QCOMPARE(edit.json(), QJsonValue(QJsonArray {}));
}

void TestJsonEdit::setCompletions(JsonEdit &edit)
{
    edit.setSuggester([](const QString &text, qsizetype caret) {
        const qsizetype start = text.lastIndexOf(u'"', caret - 1);
        const QString typed = start < 0 ? QString() : text.mid(start + 1, caret - start - 1);
        std::vector<JsonEdit::Suggestion> found;
        for (const QString &key : {QStringLiteral("safe_prompt"), QStringLiteral("salt")}) {
            if (key.startsWith(typed) && start >= 0)
                found.push_back({.name = key,
                    .start = start,
                    .end = caret,
                    .insertion = u'"' + key + QStringLiteral("\": 1"),
                    .selectionStart = key.size() + 4,
                    .selectionLength = 1});
        }
        return found;
    });
    edit.show();
}

void TestJsonEdit::enterIsNotStolen()
{
    JsonEdit edit;
    setCompletions(edit);
    auto *list = edit.findChild<QCompleter *>()->popup();
    QTest::keyClicks(&edit, QStringLiteral("{"));
    QTest::keyClick(&edit, Qt::Key_Return);
    QVERIFY(!list->isVisible());
    QTest::keyClicks(&edit, QStringLiteral("\"")); // a list, nothing chosen
    QTRY_VERIFY(list->isVisible());
    QTest::keyClick(list, Qt::Key_Return);
    QCOMPARE(edit.toPlainText(), QStringLiteral("{\n\"\n"));
    QVERIFY(!list->isVisible());
}

void TestJsonEdit::escapeClosesTheList()
{
    JsonEdit edit;
    setCompletions(edit);
    QTest::keyClicks(&edit, QStringLiteral("{\"sa"));
    auto *list = edit.findChild<QCompleter *>()->popup();
    QVERIFY(list->isVisible());
    QTest::keyClick(list, Qt::Key_Escape);
    QVERIFY(!list->isVisible());
    QCOMPARE(edit.toPlainText(), QStringLiteral("{\"sa"));
}

void TestJsonEdit::tabTakesOrLeaves()
{
    QWidget window;
    auto *edit = new JsonEdit(&window);
    auto *other = new QPlainTextEdit(&window);
    setCompletions(*edit);
    window.show();
    edit->setFocus();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    QTest::keyClicks(edit, QStringLiteral("{\"saf"));
    auto *list = edit->findChild<QCompleter *>()->popup();
    QVERIFY(list->isVisible());
    QTest::keyClick(list, Qt::Key_Tab);
    QCOMPARE(edit->toPlainText(), QStringLiteral("{\"safe_prompt\": 1"));
    QCOMPARE(edit->textCursor().selectedText(), QStringLiteral("1"));
    QTest::keyClick(edit, Qt::Key_Tab);
    QVERIFY(other->hasFocus());
}

void TestJsonEdit::remarksAreMarked()
{
    JsonEdit edit;
    QSignalSpy changed(&edit, &JsonEdit::remarksChanged);
    edit.setChecker([](const QString &text) {
        const qsizetype at = text.indexOf(u'x');
        return at < 0 ? std::vector<JsonEdit::Remark>() : std::vector<JsonEdit::Remark> {{.start = at, .length = 1}};
    });
    edit.setPlainText(QStringLiteral("{\"x\": 1}"));
    QCOMPARE(edit.remarks().size(), std::size_t(1));
    QCOMPARE(edit.extraSelections().at(0).cursor.selectedText(), QStringLiteral("x"));
    QVERIFY(edit.json());
    edit.setPlainText(QStringLiteral("{\"x\": "));
    QCOMPARE(edit.extraSelections().size(), 2); // and the mistake
    edit.clear();
    QVERIFY(edit.extraSelections().isEmpty());
    QCOMPARE(changed.size(), 2);
}

void TestJsonEdit::knownValueDoesNotReplaceWhatIsTyped()
{
    JsonEdit edit;
    const QJsonObject value {{QStringLiteral("a"), 1}};
    edit.setJson(value);
    edit.setPlainText(QStringLiteral("{\"a\": "));
    edit.setJson(value);
    QCOMPARE(edit.toPlainText(), QStringLiteral("{\"a\": "));
    edit.replaceJson(value);
    QCOMPARE(edit.json(), QJsonValue(value));
}

void TestJsonEdit::leavingTheFieldReports()
{
    JsonEdit edit;
    edit.setPause(std::chrono::hours(1));
    QSignalSpy edited(&edit, &JsonEdit::jsonEdited);
    edit.setPlainText(QStringLiteral("{\"a\": 1}"));
    QFocusEvent popup(QEvent::FocusOut, Qt::PopupFocusReason);
    QCoreApplication::sendEvent(&edit, &popup);
    QCOMPARE(edited.size(), 0);
    QFocusEvent out(QEvent::FocusOut, Qt::TabFocusReason);
    QCoreApplication::sendEvent(&edit, &out);
    QCOMPARE(edited.size(), 1);
}

QTEST_MAIN(TestJsonEdit)
#include "tst_jsonedit.moc"
