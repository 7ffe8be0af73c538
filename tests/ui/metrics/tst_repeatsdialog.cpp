// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/repeatsdialog.h"
#include "metrics/repeatstrip.h"
#include "models/conversation.h"
#include "models/repeatseries.h"
#include "scriptedprovider.h"
#include "widgets/banner.h"

#include <QCheckBox>
#include <QLabel>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableWidget>
#include <QTest>

using namespace diptych;

class TestRepeatsDialog : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void nothingAskedYet();
    void answersAreFoldedIntoGroups();
    void similarOnesTogether();
    void differenceAndSeed();
    void stopKeepsWhatCame();
    void errorsStandInTheBanner();
    void closesWithItsPane();
    void stripShowsOnlyRepeats();
    void stripOpensByKeyAndClick();

private:
    ScriptedChatReply *chat(std::size_t index) const { return m_provider->chats.at(index); }
    void answer(std::size_t index, const QString &text) const
    {
        chat(index)->text(text);
        chat(index)->finishWith();
    }
    void askFirst(const QString &text) const
    {
        m_conversation->ask(Message::fromText(Role::User, QStringLiteral("again?")));
        answer(0, text);
    }
    void run(int count) const
    {
        child<QSpinBox>("countSpin")->setValue(count);
        child<QPushButton>("runButton")->click();
    }
    [[nodiscard]] bool hasAsked(std::size_t count) const
    {
        return QTest::qWaitFor([this, count] { return m_provider->chats.size() == count; }, 1000);
    }
    template <typename Widget>
    Widget *child(const char *name) const
    {
        return m_dialog->findChild<Widget *>(QString::fromLatin1(name));
    }
    QStringList groups() const
    {
        QStringList texts;
        for (int row = 0; row < child<QListWidget>("groupsList")->count(); ++row)
            texts << child<QListWidget>("groupsList")->item(row)->text();
        return texts;
    }

    const QString p1 = QStringLiteral("p1");
    ScriptedProvider *m_provider = nullptr;
    std::unique_ptr<Connections> m_connections;
    std::unique_ptr<Conversation> m_conversation;
    std::unique_ptr<RepeatSeries> m_series;
    std::unique_ptr<RepeatsDialog> m_dialog;
};

void TestRepeatsDialog::init()
{
    m_dialog.reset();
    m_series.reset();
    m_conversation.reset();
    m_connections = std::make_unique<Connections>([this](const Endpoint &endpoint) {
        auto provider = std::make_unique<ScriptedProvider>(endpoint);
        m_provider = provider.get();
        return provider;
    });
    m_connections->add({.id = QStringLiteral("e"), .name = QStringLiteral("Endpoint")});
    m_conversation = std::make_unique<Conversation>(*m_connections, nullptr);
    m_series = std::make_unique<RepeatSeries>(*m_conversation, *m_connections);
    m_conversation->startNew({{QStringLiteral("e"), QStringLiteral("a")}, {QStringLiteral("e"), QStringLiteral("b")}});
    m_conversation->setPaneSynced(QStringLiteral("p2"), false);
    m_dialog = std::make_unique<RepeatsDialog>(*m_conversation, *m_series, p1, QStringLiteral("1 a"), 2);
    m_dialog->show();
}

void TestRepeatsDialog::nothingAskedYet()
{
    QVERIFY(!child<QPushButton>("runButton")->isEnabled());
    QVERIFY(child<QLabel>("summaryLabel")->text().contains(QStringLiteral("not been asked")));
    QVERIFY(groups().isEmpty());
}

void TestRepeatsDialog::answersAreFoldedIntoGroups()
{
    askFirst(QStringLiteral("Paris"));
    run(4);
    QVERIFY(hasAsked(3));
    QCOMPARE(child<QPushButton>("runButton")->text(), QStringLiteral("Stop"));
    answer(1, QStringLiteral("Lyon"));
    answer(2, QStringLiteral("Paris"));
    QVERIFY(hasAsked(4));
    answer(3, QStringLiteral("Paris"));
    QCOMPARE(groups(), (QStringList {QStringLiteral("3 × Paris"), QStringLiteral("1 × Lyon")}));
    QCOMPARE(child<QPlainTextEdit>("answerEdit")->toPlainText(), QStringLiteral("Paris"));
    child<QListWidget>("groupsList")->setCurrentRow(1);
    QCOMPARE(child<QPlainTextEdit>("answerEdit")->toPlainText(), QStringLiteral("Lyon"));
    QVERIFY(child<QLabel>("summaryLabel")->text().contains(QStringLiteral("50 % agree")));
    QVERIFY(child<QTableWidget>("spreadTable")->rowCount() > 0);
    QCOMPARE(child<QPushButton>("runButton")->text(), QStringLiteral("Ask again"));
    QVERIFY(child<QSpinBox>("countSpin")->value() > 4); // more than there are
}

void TestRepeatsDialog::similarOnesTogether()
{
    askFirst(QStringLiteral("Paris."));
    run(2);
    QVERIFY(hasAsked(2));
    answer(1, QStringLiteral("paris"));
    QCOMPARE(groups().size(), 2);
    child<QCheckBox>("normaliseCheck")->setChecked(true);
    QCOMPARE(groups(), QStringList {QStringLiteral("2 × Paris.")});
    QVERIFY(child<QLabel>("summaryLabel")->text().contains(QStringLiteral("100 % agree when similar")));
}

void TestRepeatsDialog::differenceAndSeed()
{
    m_conversation->setSettings({.sampling = {.seed = 7}});
    askFirst(QStringLiteral("It is %1 Paris"));
    run(2);
    QVERIFY(hasAsked(2));
    answer(1, QStringLiteral("It is %1 Lyon"));
    QVERIFY(child<QLabel>("seedLabel")->text().contains(QStringLiteral("With the seed 7 the answers differ")));
    const QString difference = child<QLabel>("differenceLabel")->text();
    QVERIFY2(
        difference.contains(QStringLiteral("“It is %1” goes on with “Paris” or with “Lyon”")), qPrintable(difference));
    QVERIFY(difference.contains(QStringLiteral("after 9 character")));
}

void TestRepeatsDialog::stopKeepsWhatCame()
{
    askFirst(QStringLiteral("one"));
    run(9);
    QVERIFY(hasAsked(3));
    answer(1, QStringLiteral("two"));
    child<QPushButton>("runButton")->click();
    QVERIFY(!m_series->isRunning(p1));
    QCOMPARE(groups().size(), 2);
    QVERIFY(child<QLabel>("summaryLabel")->text().contains(QStringLiteral("without an end")));
}

void TestRepeatsDialog::errorsStandInTheBanner()
{
    askFirst(QStringLiteral("one"));
    run(9);
    QVERIFY(hasAsked(3));
    chat(1)->failWith({.kind = Error::Kind::Authentication, .message = QStringLiteral("The key was refused.")});
    chat(2)->failWith({.kind = Error::Kind::Authentication, .message = QStringLiteral("The key was refused.")});
    auto *banner = child<Banner>("banner");
    QVERIFY(banner->isVisible());
    QCOMPARE(banner->title(), QStringLiteral("The key was refused."));
    run(9);
    QVERIFY(!banner->isVisible());
    m_series->cancel(p1);
}

void TestRepeatsDialog::closesWithItsPane()
{
    QSignalSpy finished(m_dialog.get(), &QDialog::finished);
    m_conversation->removePane(QStringLiteral("p2"));
    QCOMPARE(finished.size(), 0);
    m_conversation->removePane(p1);
    QCOMPARE(finished.size(), 1);
}

void TestRepeatsDialog::stripShowsOnlyRepeats()
{
    QWidget parent;
    RepeatStrip strip(*m_conversation, *m_series, p1, &parent);
    QVERIFY(!strip.isVisibleTo(&parent));
    askFirst(QStringLiteral("one"));
    QVERIFY(!strip.isVisibleTo(&parent));
    run(2);
    QVERIFY(strip.isVisibleTo(&parent));
    QCOMPARE(strip.text(), QStringLiteral("Repeating: 1 of 2 …"));
    QVERIFY(hasAsked(2));
    answer(1, QStringLiteral("one"));
    QVERIFY(strip.text().contains(QStringLiteral("100 % agree")));
    m_conversation->ask(Message::fromText(Role::User, QStringLiteral("next")));
    QVERIFY(!strip.isVisibleTo(&parent));
}

void TestRepeatsDialog::stripOpensByKeyAndClick()
{
    RepeatStrip strip(*m_conversation, *m_series, p1);
    QSignalSpy opened(&strip, &RepeatStrip::openRequested);
    strip.show();
    QTest::mouseClick(&strip, Qt::LeftButton);
    QTest::keyClick(&strip, Qt::Key_Return);
    QTest::keyClick(&strip, Qt::Key_Space);
    QTest::keyClick(&strip, Qt::Key_A);
    QTest::mouseClick(&strip, Qt::RightButton);
    QCOMPARE(opened.size(), 3);
    QVERIFY(strip.focusPolicy() & Qt::TabFocus);
}

QTEST_MAIN(TestRepeatsDialog)
#include "tst_repeatsdialog.moc"
