// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/composer.h"

#include "chat/attachmentchip.h"
#include "chat/attachmentpreview.h"
#include "chat/promptedit.h"
#include "store/attachment.h"
#include "widgets/banner.h"
#include "widgets/elidedlabel.h"

#include <QBuffer>
#include <QCheckBox>
#include <QClipboard>
#include <QFile>
#include <QGuiApplication>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <ctime>

using namespace diptych;

Q_DECLARE_METATYPE(std::vector<diptych::Message>)

class TestComposer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_composer.reset(); }
    void badFilesAreRefusedWithReasons();
    void tooManyFilesAreRefused();
    void nothingIsSentWhileFilesAreRead();
    void filesGoWithThePrompt();
    void pastedPicturesAreAttached();
    void pastedFilesAreAttachedNotWritten();
    void officeTextIsPastedAsText();
    void deleteTakesAChipAway();
    void takenAwayFilesComeBack();
    void manyChipsStayInOneRow();
    void enterOpensAChip();
    void aPictureAloneIsAPrompt();
    void variablesWithoutValueAreNamed();
    void variablesAreFilledIn();
    void bracesCanBeSentAsWritten();
    void systemPromptAsksForItsVariables();
    void valuesSurviveATextWithoutTheVariable();
    void earlierPromptsComeBack();
    void upInsideATextMovesTheCursor();
    void sentTextCanBeUndone();
    void heightGrowsWithTheText();
    void keysAreQuickInLongTexts();
    void promptFilesAreOpened();
    void scriptsGiveTheirMessages();
    void insertingCanBeUndone();
    void draftsHoldEverything();
    void overflowIsSaid();
    void everythingHasAName();

private:
    template <typename Widget>
    Widget *child(const char *name) const
    {
        return m_composer->findChild<Widget *>(QString::fromLatin1(name));
    }
    [[nodiscard]] PromptEdit *edit() const { return child<PromptEdit>("promptEdit"); }
    [[nodiscard]] QList<AttachmentChip *> chips() const
    {
        QList<AttachmentChip *> shown = m_composer->findChildren<AttachmentChip *>();
        shown.removeIf([](const AttachmentChip *chip) { return !chip->isVisible(); });
        return shown;
    }
    [[nodiscard]] QString bannerText() const
    {
        const auto *banner = m_composer->findChild<Banner *>();
        return banner->isVisible() ? banner->title() + u'\n' + banner->text() : QString();
    }
    QUrl file(const char *name, const QByteArray &bytes) const
    {
        QFile target(m_folder.filePath(QString::fromLatin1(name)));
        if (target.open(QIODevice::WriteOnly))
            target.write(bytes);
        return QUrl::fromLocalFile(target.fileName());
    }
    [[nodiscard]] static QByteArray png()
    {
        QImage picture(40, 30, QImage::Format_RGB32);
        picture.fill(Qt::darkGreen);
        QByteArray bytes;
        QBuffer buffer(&bytes);
        buffer.open(QIODevice::WriteOnly);
        picture.save(&buffer, "PNG");
        return bytes;
    }
    void type(const QString &text) const { edit()->setPlainText(text); }
    void pressEnter() const { QTest::keyClick(edit(), Qt::Key_Return); }

    QTemporaryDir m_folder;
    std::unique_ptr<Composer> m_composer;
};

void TestComposer::init()
{
    qRegisterMetaType<Message>();
    m_composer = std::make_unique<Composer>();
    m_composer->setTargetCount(1);
    m_composer->resize(700, 200);
    m_composer->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_composer.get()));
}

void TestComposer::badFilesAreRefusedWithReasons()
{
    m_composer->addFiles({file("empty.txt", {}),
        file("program.bin",
            QByteArray("\x7F"
                       "ELF\0\0",
                6)),
        QUrl::fromLocalFile(m_folder.path()), file("bad.pdf", "%PDF-1.4 nothing")});
    QTRY_VERIFY(bannerText().count(u'\n') == 4);
    QVERIFY(bannerText().startsWith(QStringLiteral("Not attached")));
    for (const char *words : {"empty.txt is empty", "program.bin is neither", "is a folder", "bad.pdf: "})
        QVERIFY2(bannerText().contains(QString::fromLatin1(words)), qPrintable(bannerText()));
    QVERIFY(chips().isEmpty());
    QVERIFY(m_composer->isBlank());
    m_composer->addFiles({QUrl(QStringLiteral("https://example.com/a.png"))}); // dropped by a browser
    QVERIFY(bannerText().contains(QStringLiteral("a.png is not on this machine")));
}

void TestComposer::tooManyFilesAreRefused()
{
    QList<QUrl> files;
    for (int i = 0; i < attachmentlimits::count + 1; ++i)
        files.append(file(qPrintable(QStringLiteral("n%1.txt").arg(i)), "text"));
    m_composer->addFiles(files);
    QVERIFY(bannerText().contains(QStringLiteral("one too many")));
    QCOMPARE(chips().size(), attachmentlimits::count);
}

void TestComposer::nothingIsSentWhileFilesAreRead()
{
    const QSignalSpy sent(m_composer.get(), &Composer::sendRequested);
    type(QStringLiteral("What is it?"));
    m_composer->addFiles({file("notes.txt", "words")});
    pressEnter(); // nothing was read yet: results come through the event loop
    QVERIFY(sent.isEmpty());
    QVERIFY(child<ElidedLabel>("hintLabel")->text().contains(QStringLiteral("Reading")));
    QTRY_VERIFY(child<QPushButton>("sendButton")->isEnabled());
    pressEnter();
    QCOMPARE(sent.size(), 1);
}

void TestComposer::filesGoWithThePrompt()
{
    const QSignalSpy sent(m_composer.get(), &Composer::sendRequested);
    type(QStringLiteral("What is it?"));
    m_composer->addFiles({file("notes.txt", "words"), file("a.png", png())});
    QTRY_VERIFY(child<QPushButton>("sendButton")->isEnabled());
    QCOMPARE(chips().size(), 2);
    pressEnter();
    const auto message = sent.at(0).at(0).value<Message>();
    QCOMPARE(attachmentsOf(message).size(), std::size_t(2));
    QCOMPARE(typedText(message), QStringLiteral("What is it?"));
    // Until it is sent, nothing is lost.
    QCOMPARE(chips().size(), 2);
    m_composer->clear();
    QVERIFY(chips().isEmpty());
    QVERIFY(m_composer->isBlank());
}

void TestComposer::pastedPicturesAreAttached()
{
    QImage picture(8, 6, QImage::Format_RGB32);
    picture.fill(Qt::red);
    QGuiApplication::clipboard()->setImage(picture);
    edit()->paste();
    QTRY_COMPARE(attachmentsOf(m_composer->draft()).size(), std::size_t(1));
    const std::vector<Attachment> attached = attachmentsOf(m_composer->draft());
    QCOMPARE(attached.front().pixels, QSize(8, 6));
    QVERIFY(m_composer->text().isEmpty());
}

void TestComposer::pastedFilesAreAttachedNotWritten()
{
    auto *data = new QMimeData;
    data->setUrls({file("notes.txt", "words")});
    data->setText(QStringLiteral("file:///notes.txt"));
    QGuiApplication::clipboard()->setMimeData(data);
    edit()->paste();
    QTRY_COMPARE(attachmentsOf(m_composer->draft()).size(), std::size_t(1));
    QVERIFY(m_composer->text().isEmpty());
}

void TestComposer::officeTextIsPastedAsText()
{
    auto *data = new QMimeData;
    data->setText(QStringLiteral("cells"));
    data->setImageData(QImage(4, 4, QImage::Format_RGB32));
    QGuiApplication::clipboard()->setMimeData(data);
    edit()->paste();
    QCOMPARE(m_composer->text(), QStringLiteral("cells"));
    QVERIFY(chips().isEmpty());
}

void TestComposer::deleteTakesAChipAway()
{
    m_composer->addFiles({file("a.txt", "1"), file("b.txt", "2")});
    QTRY_COMPARE(attachmentsOf(m_composer->draft()).size(), std::size_t(2));
    QTest::keyClick(chips().front()->findChild<QToolButton *>(QStringLiteral("openButton")), Qt::Key_Delete);
    QCOMPARE(chips().size(), 1);
    QCOMPARE(attachmentsOf(m_composer->draft()).front().name, QStringLiteral("b.txt"));
    // The keyboard goes on with the neighbour, at last with the prompt.
    QTRY_COMPARE(m_composer->focusWidget(), chips().front()->focusProxy());
    QTest::keyClick(m_composer->focusWidget(), Qt::Key_Backspace);
    QVERIFY(chips().isEmpty());
    QTRY_COMPARE(m_composer->focusWidget(), edit());
}

void TestComposer::takenAwayFilesComeBack()
{
    m_composer->addFiles({file("a.txt", "1")});
    QTRY_COMPARE(attachmentsOf(m_composer->draft()).size(), std::size_t(1));
    const Message before = m_composer->draft();
    chips().front()->findChild<QToolButton *>(QStringLiteral("removeButton"))->click();
    QVERIFY(m_composer->isBlank());
    QVERIFY(bannerText().contains(QStringLiteral("a.txt was taken away")));
    for (auto *button : m_composer->findChild<Banner *>()->findChildren<QPushButton *>())
        button->click();
    QCOMPARE(m_composer->draft(), before);
    QVERIFY(bannerText().isEmpty());
}

void TestComposer::manyChipsStayInOneRow()
{
    m_composer->addFiles({file("a.txt", "1")});
    QTRY_COMPARE(attachmentsOf(m_composer->draft()).size(), std::size_t(1));
    const QWidget *bar = chips().front()->parentWidget();
    const int height = bar->height();
    QList<QUrl> files;
    for (int i = 0; i < 12; ++i)
        files.append(file(qPrintable(QStringLiteral("a rather long name of a file %1.txt").arg(i)), "text"));
    m_composer->addFiles(files);
    QTRY_COMPARE(attachmentsOf(m_composer->draft()).size(), std::size_t(13));
    QTRY_COMPARE(bar->height(), height);
    QVERIFY(bar->width() > m_composer->width());
    QCOMPARE(m_composer->width(), 700); // the window does not grow with it
}

void TestComposer::enterOpensAChip()
{
    m_composer->addFiles({file("notes.txt", "the words in it")});
    QTRY_COMPARE(attachmentsOf(m_composer->draft()).size(), std::size_t(1));
    QTest::keyClick(chips().front()->findChild<QToolButton *>(QStringLiteral("openButton")), Qt::Key_Return);
    auto *preview = m_composer->findChild<AttachmentPreview *>();
    QVERIFY(preview && preview->isVisible());
    QCOMPARE(
        preview->findChild<QPlainTextEdit *>(QStringLiteral("text"))->toPlainText(), QStringLiteral("the words in it"));
    preview->close();
}

void TestComposer::aPictureAloneIsAPrompt()
{
    const QSignalSpy sent(m_composer.get(), &Composer::sendRequested);
    m_composer->addFiles({file("a.png", png())});
    QTRY_VERIFY(child<QPushButton>("sendButton")->isEnabled());
    pressEnter();
    QCOMPARE(sent.at(0).at(0).value<Message>().content.size(), std::size_t(1));
}

void TestComposer::variablesWithoutValueAreNamed()
{
    const QSignalSpy sent(m_composer.get(), &Composer::sendRequested);
    m_composer->setVariables({{QStringLiteral("tone"), QStringLiteral("kind")}});
    type(QStringLiteral("Write a {{tone}} letter to {{who}}."));
    pressEnter();
    QVERIFY(sent.isEmpty());
    QVERIFY2(bannerText().contains(QStringLiteral("who has no value")), qPrintable(bannerText()));
    QCOMPARE(m_composer->focusWidget(), child<PromptEdit>("variable-who"));
    QCOMPARE(m_composer->text(), QStringLiteral("Write a {{tone}} letter to {{who}}."));
}

void TestComposer::variablesAreFilledIn()
{
    const QSignalSpy sent(m_composer.get(), &Composer::sendRequested);
    const QSignalSpy edited(m_composer.get(), &Composer::variablesEdited);
    type(QStringLiteral("{{a}}, then {{b}}"));
    QTest::keyClicks(child<PromptEdit>("variable-a"), QStringLiteral("one"));
    QCOMPARE(edited.last().at(0).toJsonObject().value(QStringLiteral("a")).toString(), QStringLiteral("one"));
    // Enter goes to the next field, and from the last one it sends.
    QTest::keyClick(child<PromptEdit>("variable-a"), Qt::Key_Return);
    QCOMPARE(m_composer->focusWidget(), child<PromptEdit>("variable-b"));
    QTest::keyClicks(child<PromptEdit>("variable-b"), QStringLiteral("two"));
    QTest::keyClick(child<PromptEdit>("variable-b"), Qt::Key_Return);
    QCOMPARE(sent.size(), 1);
    QCOMPARE(sent.at(0).at(0).value<Message>().text(), QStringLiteral("one, then two"));
}

void TestComposer::bracesCanBeSentAsWritten()
{
    const QSignalSpy sent(m_composer.get(), &Composer::sendRequested);
    type(QStringLiteral("Explain {{ value }} in Vue."));
    child<QCheckBox>("literalBox")->setChecked(true);
    pressEnter();
    QCOMPARE(sent.at(0).at(0).value<Message>().text(), QStringLiteral("Explain {{ value }} in Vue."));
    m_composer->clear();
    type(QStringLiteral("{{other}}"));
    QVERIFY(!child<QCheckBox>("literalBox")->isChecked()); // meant for that text
}

void TestComposer::systemPromptAsksForItsVariables()
{
    const QSignalSpy sent(m_composer.get(), &Composer::sendRequested);
    m_composer->setSystemPrompt(QStringLiteral("You are {{who}}."));
    type(QStringLiteral("Hello"));
    pressEnter();
    QVERIFY(sent.isEmpty());
    QVERIFY(bannerText().contains(QStringLiteral("who")));
    QTest::keyClicks(child<PromptEdit>("variable-who"), QStringLiteral("Ada"));
    pressEnter();
    QCOMPARE(sent.size(), 1);
}

void TestComposer::valuesSurviveATextWithoutTheVariable()
{
    type(QStringLiteral("{{a}}"));
    QTest::keyClicks(child<PromptEdit>("variable-a"), QStringLiteral("kept"));
    type(QStringLiteral("nothing"));
    QVERIFY(!child<QWidget>("variablesArea")->isVisible());
    type(QStringLiteral("{{b}} {{a}}"));
    QTRY_COMPARE(m_composer->findChildren<PromptEdit *>(QStringLiteral("variable-a")).last()->toPlainText(),
        QStringLiteral("kept"));
}

void TestComposer::earlierPromptsComeBack()
{
    m_composer->setHistory({QStringLiteral("first"), QStringLiteral("second\nline")});
    type(QStringLiteral("draft"));
    edit()->moveCursor(QTextCursor::Start);
    QTest::keyClick(edit(), Qt::Key_Up);
    QCOMPARE(m_composer->text(), QStringLiteral("second\nline"));
    QTest::keyClick(edit(), Qt::Key_Up); // within the text first
    QTest::keyClick(edit(), Qt::Key_Up);
    QCOMPARE(m_composer->text(), QStringLiteral("first"));
    QTest::keyClick(edit(), Qt::Key_Up);
    QCOMPARE(m_composer->text(), QStringLiteral("first"));
    QTest::keyClick(edit(), Qt::Key_Down);
    QCOMPARE(m_composer->text(), QStringLiteral("second\nline"));
    QTest::keyClick(edit(), Qt::Key_Down);
    QCOMPARE(m_composer->text(), QStringLiteral("draft"));
}

void TestComposer::upInsideATextMovesTheCursor()
{
    m_composer->setHistory({QStringLiteral("first")});
    type(QStringLiteral("a line"));
    edit()->moveCursor(QTextCursor::End);
    QTest::keyClick(edit(), Qt::Key_Up);
    QCOMPARE(m_composer->text(), QStringLiteral("a line"));
    QTest::keyClick(edit(), Qt::Key_Down);
    QCOMPARE(m_composer->text(), QStringLiteral("a line"));
}

void TestComposer::sentTextCanBeUndone()
{
    QTest::keyClicks(edit(), QStringLiteral("precious"));
    m_composer->clear();
    QVERIFY(m_composer->text().isEmpty());
    edit()->undo();
    QCOMPARE(m_composer->text(), QStringLiteral("precious"));
    m_composer->clear();
    QTest::keyClick(edit(), Qt::Key_Up);
    QCOMPARE(m_composer->text(), QStringLiteral("precious"));
}

void TestComposer::heightGrowsWithTheText()
{
    const int empty = edit()->height();
    type(QStringLiteral("1\n2\n3\n4\n5"));
    const int five = edit()->height();
    QVERIFY(five > empty);
    type(QString(u'\n').repeated(50));
    QVERIFY(edit()->height() > five);
    QVERIFY(edit()->height() < 20 * edit()->fontMetrics().lineSpacing());
    type({});
    QCOMPARE(edit()->height(), empty);
}

void TestComposer::keysAreQuickInLongTexts()
{
    // The processor's time: what else the machine does must not matter.
    type(QStringLiteral("Some words of {{a}} long text, line by line.\n").repeated(2000));
    edit()->moveCursor(QTextCursor::End);
    double longest = 0;
    for (int key = 0; key < 20; ++key) {
        const std::clock_t before = std::clock();
        QTest::keyClick(edit(), Qt::Key_X);
        edit()->repaint();
        longest = std::max(longest, 1000.0 * double(std::clock() - before) / CLOCKS_PER_SEC);
    }
    QVERIFY2(longest < 30, qPrintable(QString::number(longest)));
}

void TestComposer::promptFilesAreOpened()
{
    const QSignalSpy used(m_composer.get(), &Composer::promptUsed);
    m_composer->addFiles({file("a.prompt.yml",
        "messages:\n- role: system\n  content: Be {{tone}}.\n"
        "- role: user\n  content: Greet {{who}}\ntestData:\n- tone: kind\n")});
    QCOMPARE(used.size(), 1);
    QCOMPARE(child<PromptEdit>("systemEdit")->toPlainText(), QStringLiteral("Be {{tone}}."));
    QVERIFY(child<PromptEdit>("systemEdit")->isVisible());
    QCOMPARE(m_composer->text(), QStringLiteral("Greet {{who}}"));
    QCOMPARE(child<PromptEdit>("variable-tone")->toPlainText(), QStringLiteral("kind"));
    QVERIFY(chips().isEmpty());
    m_composer->addFiles({file("bad.prompty", "---\nno end")});
    QVERIFY(bannerText().contains(QStringLiteral("bad.prompty")));
}

void TestComposer::scriptsGiveTheirMessages()
{
    const QSignalSpy sent(m_composer.get(), &Composer::sendRequested);
    std::vector<Message> messages;
    connect(m_composer.get(), &Composer::scriptRequested, this,
        [&messages](const std::vector<Message> &script) { messages = script; });
    m_composer->usePrompt({.id = QStringLiteral("x"),
        .text = QStringLiteral("user:\nHi {{who}}\nassistant:\nHello!\nuser:\nHow are you?")});
    QVERIFY(child<ElidedLabel>("hintLabel")->text().contains(QStringLiteral("new session")));
    pressEnter();
    QVERIFY(bannerText().contains(QStringLiteral("who has no value")));
    QTest::keyClicks(child<PromptEdit>("variable-who"), QStringLiteral("Ada"));
    pressEnter();
    QVERIFY(sent.isEmpty());
    QCOMPARE(messages.size(), std::size_t(3));
    QCOMPARE(messages[0].text(), QStringLiteral("Hi Ada"));
    QCOMPARE(messages[1].role, Role::Assistant);
    // What is typed by hand is never cut into messages.
    type({});
    type(QStringLiteral("user:\none\nassistant:\ntwo"));
    pressEnter();
    QCOMPARE(sent.size(), 1);
}

void TestComposer::insertingCanBeUndone()
{
    QTest::keyClicks(edit(), QStringLiteral("mine "));
    m_composer->usePrompt({.id = QStringLiteral("x"), .text = QStringLiteral("theirs")});
    QCOMPARE(m_composer->text(), QStringLiteral("mine theirs"));
    edit()->undo();
    QCOMPARE(m_composer->text(), QStringLiteral("mine "));
}

void TestComposer::draftsHoldEverything()
{
    type(QStringLiteral("half {{a}}"));
    m_composer->addFiles({file("notes.txt", "words")});
    QTRY_COMPARE(attachmentsOf(m_composer->draft()).size(), std::size_t(1));
    const Message draft = m_composer->draft();
    m_composer->setDraft({});
    QVERIFY(m_composer->isBlank());
    m_composer->setDraft(draft);
    QCOMPARE(m_composer->draft(), draft);
    QCOMPARE(chips().size(), 1);
}

void TestComposer::overflowIsSaid()
{
    m_composer->setEstimates({{.number = 1, .model = QStringLiteral("m"), .tokens = 5000, .contextLength = 100}});
    QVERIFY(child<ElidedLabel>("hintLabel")->text().contains(QStringLiteral("Too long for pane 1")));
    QVERIFY(child<QAbstractButton>("gauge")->text().contains(QStringLiteral("5")));
    m_composer->setEstimates({});
    QVERIFY(!child<QAbstractButton>("gauge")->isVisible());
}

void TestComposer::everythingHasAName()
{
    type(QStringLiteral("{{a}}"));
    m_composer->addFiles({file("notes.txt", "words")});
    m_composer->setEstimates({{.number = 1, .tokens = 10}});
    QTRY_COMPARE(attachmentsOf(m_composer->draft()).size(), std::size_t(1));
    for (const QWidget *widget : m_composer->findChildren<QWidget *>()) {
        const auto *button = qobject_cast<const QAbstractButton *>(widget);
        const bool needsName = (button || qobject_cast<const QPlainTextEdit *>(widget)) && widget->isVisible();
        if (needsName)
            QVERIFY2(!widget->accessibleName().isEmpty() || (button && !button->text().isEmpty()),
                qPrintable(widget->objectName()));
    }
}

QTEST_MAIN(TestComposer)
#include "tst_composer.moc"
