// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/jsonedit.h"

#include <QAbstractItemView>
#include <QCompleter>
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
    void completesAKey();
};

void TestJsonEdit::mistakes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("place");
    QTest::newRow("cut") << QStringLiteral("{\"a\": 1") << QStringLiteral("line 1, column 8");
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

void TestJsonEdit::completesAKey()
{
    JsonEdit edit;
    edit.setCompletions({QStringLiteral("safe_prompt"), QStringLiteral("top_k")});
    edit.show();
    QTest::keyClicks(&edit, QStringLiteral("{\"saf"));
    auto *completer = edit.findChild<QCompleter *>();
    QVERIFY(completer->popup()->isVisible());
    QTest::keyClick(completer->popup(), Qt::Key_Return);
    QCOMPARE(edit.toPlainText(), QStringLiteral("{\"safe_prompt\": "));
}

QTEST_MAIN(TestJsonEdit)
#include "tst_jsonedit.moc"
