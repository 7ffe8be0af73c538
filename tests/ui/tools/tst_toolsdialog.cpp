// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/toolform.h"
#include "tools/mocktable.h"
#include "tools/schemadialog.h"
#include "tools/tooleditor.h"
#include "tools/toolsdialog.h"
#include "widgets/jsonedit.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLineEdit>
#include <QListWidget>
#include <QPointer>
#include <QPushButton>
#include <QTableWidget>
#include <QTest>

using namespace diptych;

/// The library of tools and the form of answers in their dialogs.
class TestToolsDialog : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void formAndJsonAreTheSameTool();
    void brokenNamesCanNotBeTaken();
    void editsAreUndone();
    void checkedToolsAreOffered();
    void importsKeepWhatIsThere();
    void mocksAreKept();
    void schemasAreChecked();
    void schemasGoIntoTheLibrary();

private:
    template <typename Widget>
    Widget *find(const char *name) const
    {
        return m_dialog->findChild<Widget *>(QString::fromLatin1(name));
    }
    void typeName(const QString &name)
    {
        auto *edit = find<QLineEdit>("toolNameEdit");
        edit->clear();
        QTest::keyClicks(edit, name);
    }

    QPointer<ToolsDialog> m_dialog;
};

namespace {

LibraryTool weather()
{
    return {.tool = {.name = QStringLiteral("weather"),
                .parameters = QJsonDocument::fromJson(
                    R"({"type":"object","properties":{"city":{"type":"string","minLength":1}}})")
                                  .object()}};
}

} // namespace

void TestToolsDialog::init()
{
    RequestSettings settings;
    settings.tools = std::vector<Tool> {{.name = QStringLiteral("own")}};
    m_dialog = new ToolsDialog({.tools = {weather()}}, settings, QStringLiteral("session"));
    m_dialog->show();
}

void TestToolsDialog::cleanup()
{
    delete m_dialog;
}

void TestToolsDialog::formAndJsonAreTheSameTool()
{
    auto *json = find<JsonEdit>("toolJsonEdit");
    auto *table = find<QTableWidget>("parameterTable");
    table->item(0, 0)->setText(QStringLiteral("town"));
    const QJsonObject shown = json->json()->toObject();
    const QJsonValue town = shown[u"function"][u"parameters"][u"properties"][u"town"];
    QCOMPARE(town[u"minLength"].toInt(), 1); // the form does not show it, and does not lose it
    QString text = json->toPlainText();
    json->setPlainText(text.replace(QStringLiteral("town"), QStringLiteral("place")));
    json->flush();
    QCOMPARE(table->item(0, 0)->text(), QStringLiteral("place"));
    QCOMPARE(m_dialog->collection().tools[0].tool.parameters[u"properties"][u"place"][u"minLength"].toInt(), 1);
}

void TestToolsDialog::brokenNamesCanNotBeTaken()
{
    QPushButton *ok = m_dialog->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok);
    QVERIFY(ok->isEnabled());
    typeName(QStringLiteral("get weather"));
    QVERIFY(!ok->isEnabled());
    typeName(QStringLiteral("own")); // there is one already
    QVERIFY(!ok->isEnabled());
    typeName(QStringLiteral("get_weather"));
    QVERIFY(ok->isEnabled());
}

void TestToolsDialog::editsAreUndone()
{
    const ToolCollection before = m_dialog->collection();
    typeName(QStringLiteral("rain"));
    find<QAbstractButton>("removeToolButton")->click();
    QCOMPARE(m_dialog->collection().tools.size(), before.tools.size() - 1);
    const auto undo = [this] {
        for (QAction *action : m_dialog->actions()) {
            if (action->shortcut() == QKeySequence(QKeySequence::Undo))
                action->trigger();
        }
    };
    undo();
    QCOMPARE(m_dialog->collection().tools[0].tool.name, QStringLiteral("rain"));
    QCOMPARE(find<QLineEdit>("toolNameEdit")->text(), QStringLiteral("rain"));
    undo(); // all letters at once
    QCOMPARE(m_dialog->collection(), before);
    QCOMPARE(find<QLineEdit>("toolNameEdit")->text(), QStringLiteral("weather"));
}

void TestToolsDialog::checkedToolsAreOffered()
{
    auto *list = find<QListWidget>("toolList");
    QCOMPARE(list->count(), 2); // the session's own tool was added
    QCOMPARE(list->item(0)->checkState(), Qt::Unchecked);
    list->item(0)->setCheckState(Qt::Checked);
    QCOMPARE(m_dialog->settings().tools->size(), std::size_t(2));
    auto *choice = find<QComboBox>("toolChoiceBox");
    choice->setCurrentIndex(choice->findData(QStringLiteral(":weather")));
    QCOMPARE(m_dialog->settings().toolChoice->name, QStringLiteral("weather"));
    list->item(0)->setCheckState(Qt::Unchecked);
    QVERIFY(!m_dialog->settings().toolChoice); // no longer offered
    list->item(1)->setCheckState(Qt::Unchecked);
    QVERIFY(!m_dialog->settings().tools);
}

void TestToolsDialog::importsKeepWhatIsThere()
{
    m_dialog->importJson("nonsense");
    QCOMPARE(m_dialog->collection().tools.size(), std::size_t(2));
    m_dialog->importJson(R"([{"type":"function","function":{"name":"weather","description":"another one"}}])");
    QCOMPARE(m_dialog->collection().tools.size(), std::size_t(3));
    QCOMPARE(m_dialog->collection().tools[0], weather());
    QCOMPARE(m_dialog->collection().tools[2].tool.name, QStringLiteral("weather_2"));
    QCOMPARE(m_dialog->settings().tools->size(), std::size_t(2));
}

void TestToolsDialog::mocksAreKept()
{
    find<QComboBox>("answerKindBox")->setCurrentIndex(static_cast<int>(ToolAnswer::Kind::Table));
    find<QAbstractButton>("addRowButton")->click();
    auto *table = find<QTableWidget>("mockTable");
    table->item(0, 0)->setText(QStringLiteral("{\"city\": \"L*\"}"));
    table->item(0, 1)->setText(QStringLiteral("sunny"));
    const ToolAnswer expected {
        .kind = ToolAnswer::Kind::Table, .rows = {{QStringLiteral("{\"city\": \"L*\"}"), QStringLiteral("sunny")}}};
    QCOMPARE(m_dialog->collection().tools[0].answer, expected);
}

void TestToolsDialog::schemasAreChecked()
{
    SchemaDialog dialog({}, {}, QStringLiteral("session"));
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    auto *type = dialog.findChild<QComboBox *>(QStringLiteral("formatBox"));
    QPushButton *ok = dialog.findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok);
    QVERIFY(!dialog.settings().responseFormat);
    type->setCurrentIndex(2);
    QCOMPARE(dialog.settings().responseFormat->type, ResponseFormat::Type::JsonObject);
    type->setCurrentIndex(3);
    QVERIFY(ok->isEnabled());
    auto *edit = dialog.findChild<JsonEdit *>(QStringLiteral("schemaEdit"));
    edit->setPlainText(QStringLiteral("{\"type\": \"objekt\"}"));
    QVERIFY(!ok->isEnabled());
    edit->setPlainText(QStringLiteral("{\"type\": \"object\", \"unevaluatedProperties\": false}"));
    edit->recheck();
    QVERIFY(ok->isEnabled());
    QCOMPARE(edit->remarks().size(), std::size_t(1));
    QVERIFY(!edit->remarks().front().isError);
    QCOMPARE(dialog.settings().responseFormat->schema.size(), 2);
}

void TestToolsDialog::schemasGoIntoTheLibrary()
{
    SchemaDialog dialog({}, {}, QStringLiteral("session"));
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.findChild<QComboBox *>(QStringLiteral("formatBox"))->setCurrentIndex(3);
    dialog.findChild<QLineEdit *>(QStringLiteral("schemaNameEdit"))->setText(QStringLiteral("person"));
    dialog.findChild<QPushButton *>(QStringLiteral("keepButton"))->click();
    QCOMPARE(dialog.collection().schemas.size(), std::size_t(1));
    QCOMPARE(dialog.collection().schemas[0].name, QStringLiteral("person"));
    dialog.findChild<QPushButton *>(QStringLiteral("forgetButton"))->click();
    QVERIFY(dialog.collection().schemas.empty());
}

QTEST_MAIN(TestToolsDialog)
#include "tst_toolsdialog.moc"
