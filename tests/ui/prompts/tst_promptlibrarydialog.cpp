// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "prompts/promptlibrarydialog.h"

#include "widgets/banner.h"

#include <QAbstractItemModelTester>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace diptych;

class TestPromptLibraryDialog : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_dialog.reset(); }
    void emptyLibrariesSayWhatToDo();
    void brokenFilesAreReported();
    void editsAreKept();
    void searchFindsTexts();
    void deletedPromptsComeBack();
    void filesAreTakenUp();
    void insertGivesWhatIsInTheEditor();
    void promptsWithoutTextAreNotKept();
    void theComposersTextIsKept();
    void everythingHasAName();

private:
    void open() { m_dialog = std::make_unique<PromptLibraryDialog>(*m_library); }
    template <typename Widget>
    Widget *child(const char *name) const
    {
        return m_dialog->findChild<Widget *>(QString::fromLatin1(name));
    }
    [[nodiscard]] QStringList names() const
    {
        QStringList shown;
        const QAbstractItemModel *model = child<QListView>("list")->model();
        for (int row = 0; row < model->rowCount(); ++row)
            shown.append(model->index(row, 0).data().toString());
        return shown;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<PromptLibrary> m_library;
    std::unique_ptr<PromptLibraryDialog> m_dialog;
};

void TestPromptLibraryDialog::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_library = std::make_unique<PromptLibrary>(m_folder->filePath(QStringLiteral("prompts.json")));
    QVERIFY(m_library->put(
        {.id = QStringLiteral("s"), .name = QStringLiteral("Summary"), .text = QStringLiteral("Sum up {{text}}")}));
    QVERIFY(m_library->put(
        {.id = QStringLiteral("g"), .name = QStringLiteral("greeting"), .text = QStringLiteral("Say hello")}));
    open();
}

void TestPromptLibraryDialog::emptyLibrariesSayWhatToDo()
{
    PromptLibrary empty(m_folder->filePath(QStringLiteral("none.json")));
    const PromptLibraryDialog dialog(empty);
    QVERIFY(dialog.findChild<QLabel *>(QStringLiteral("emptyLabel"))->text().contains(QStringLiteral(".prompty")));
    QVERIFY(!dialog.findChild<QPushButton *>(QStringLiteral("insertButton"))->isEnabled());
    QVERIFY(dialog.findChild<QWidget *>(QStringLiteral("editor"))->isHidden());
}

void TestPromptLibraryDialog::brokenFilesAreReported()
{
    QFile file(m_folder->filePath(QStringLiteral("bad.prompty")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("---\nno end");
    file.close();
    m_dialog->openFile(file.fileName());
    QVERIFY(m_dialog->findChild<Banner *>()->text().contains(QStringLiteral("bad.prompty")));
    QCOMPARE(names().size(), 2);
}

void TestPromptLibraryDialog::editsAreKept()
{
    QCOMPARE(names(), (QStringList {QStringLiteral("greeting"), QStringLiteral("Summary")}));
    child<QListView>("list")->setCurrentIndex(child<QListView>("list")->model()->index(1, 0));
    QCOMPARE(child<QPlainTextEdit>("textEdit")->toPlainText(), QStringLiteral("Sum up {{text}}"));
    QVERIFY(child<QLabel>("factsLabel")->text().contains(QStringLiteral("text")));
    child<QPlainTextEdit>("textEdit")->setPlainText(QStringLiteral("Sum up {{text}} in {{n}} words"));
    QTest::keyClicks(child<QLineEdit>("descriptionEdit"), QStringLiteral("short"));
    m_dialog->reject(); // no button for saving
    const auto kept = m_library->load();
    QCOMPARE(kept->back().text, QStringLiteral("Sum up {{text}} in {{n}} words"));
    QCOMPARE(kept->back().description, QStringLiteral("short"));
    QCOMPARE(kept->front().text, QStringLiteral("Say hello"));
}

void TestPromptLibraryDialog::searchFindsTexts()
{
    QTest::keyClicks(child<QLineEdit>("searchEdit"), QStringLiteral("SUM UP"));
    QCOMPARE(names(), QStringList {QStringLiteral("Summary")});
    QCOMPARE(child<QLineEdit>("nameEdit")->text(), QStringLiteral("Summary"));
    child<QLineEdit>("searchEdit")->setText(QStringLiteral("nothing like it"));
    QVERIFY(names().isEmpty());
    child<QLineEdit>("searchEdit")->clear();
    QCOMPARE(names().size(), 2);
}

void TestPromptLibraryDialog::deletedPromptsComeBack()
{
    QTest::keyClick(child<QListView>("list"), Qt::Key_Delete);
    QCOMPARE(names(), QStringList {QStringLiteral("Summary")});
    QCOMPARE(m_library->load()->size(), std::size_t(1));
    for (auto *button : m_dialog->findChild<Banner *>()->findChildren<QPushButton *>())
        button->click();
    QCOMPARE(names().size(), 2);
    QCOMPARE(m_library->load()->front().text, QStringLiteral("Say hello"));
    QCOMPARE(child<QPlainTextEdit>("textEdit")->toPlainText(), QStringLiteral("Say hello"));
}

void TestPromptLibraryDialog::filesAreTakenUp()
{
    QFile file(m_folder->filePath(QStringLiteral("b.prompt.yml")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("name: Aaa\nmodel: gpt-4o\nmodelParameters:\n  temperature: 0.5\nmessages:\n- role: user\n  content: Hi "
               "{{x}}\n");
    file.close();
    m_dialog->openFile(file.fileName());
    QCOMPARE(names().front(), QStringLiteral("Aaa"));
    const QString facts = child<QLabel>("factsLabel")->text();
    QVERIFY2(
        facts.contains(QStringLiteral("gpt-4o")) && facts.contains(QStringLiteral("temperature")), qPrintable(facts));
    QCOMPARE(m_library->load()->size(), std::size_t(3));
}

void TestPromptLibraryDialog::insertGivesWhatIsInTheEditor()
{
    QString text;
    connect(m_dialog.get(), &PromptLibraryDialog::promptChosen, this,
        [&text](const Prompt &prompt) { text = prompt.text; });
    child<QPlainTextEdit>("textEdit")->setPlainText(QStringLiteral("changed"));
    child<QPushButton>("insertButton")->click();
    QCOMPARE(text, QStringLiteral("changed"));
    QVERIFY(!m_dialog->isVisible());
}

void TestPromptLibraryDialog::promptsWithoutTextAreNotKept()
{
    child<QToolButton>("addButton")->click();
    QCOMPARE(names().size(), 3);
    QVERIFY(!child<QPushButton>("insertButton")->isEnabled());
    m_dialog->reject();
    QCOMPARE(m_library->load()->size(), std::size_t(2));
}

void TestPromptLibraryDialog::theComposersTextIsKept()
{
    m_dialog->setWritten(QStringLiteral("Translate {{text}}\ninto Latin"));
    child<QToolButton>("addButton")->click();
    QCOMPARE(child<QLineEdit>("nameEdit")->text(), QStringLiteral("Translate {{text}}"));
    QCOMPARE(child<QPlainTextEdit>("textEdit")->toPlainText(), QStringLiteral("Translate {{text}}\ninto Latin"));
    QCOMPARE(m_library->load()->size(), std::size_t(3));
    child<QToolButton>("addButton")->click();
    QVERIFY(child<QPlainTextEdit>("textEdit")->toPlainText().isEmpty()); // once
}

void TestPromptLibraryDialog::everythingHasAName()
{
    const QAbstractItemModelTester tester(child<QListView>("list")->model());
    for (const char *name :
        {"searchEdit", "nameEdit", "descriptionEdit", "textEdit", "list", "addButton", "openButton", "removeButton"})
        QVERIFY2(!child<QWidget>(name)->accessibleName().isEmpty(), name);
}

QTEST_MAIN(TestPromptLibraryDialog)
#include "tst_promptlibrarydialog.moc"
