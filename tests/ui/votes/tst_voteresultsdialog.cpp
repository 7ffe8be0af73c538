// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "votes/voteresultsdialog.h"

#include "charts/intervalchart.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QTabWidget>
#include <QTest>

using namespace diptych;
using Choice = Vote::Choice;

class TestVoteResultsDialog : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_votes.clear(); }
    void noVotes();
    void pairsWithTheirVerdict();
    void ratingsNeedTwoSessions();
    void scopeAndBlindFilter();
    void newVotesAreTakenUp();
    void manyVotesInTheBackground();
    void copiesATable();

private:
    void add(int count, Choice choice, const char *session, bool isBlind = false)
    {
        for (int i = 0; i < count; ++i) {
            m_votes.push_back({.sessionId = QString::fromLatin1(session),
                .first = {QStringLiteral("e"), QStringLiteral("a")},
                .second = {QStringLiteral("e"), QStringLiteral("b")},
                .firstLabel = QStringLiteral("a — E"),
                .secondLabel = QStringLiteral("b — E"),
                .choice = choice,
                .isBlind = isBlind});
        }
    }
    [[nodiscard]] VoteResultsDialog::VotesOf source()
    {
        return [this](bool ofThisSession) {
            std::vector<Vote> votes = m_votes;
            if (ofThisSession)
                std::erase_if(votes, [](const Vote &vote) { return vote.sessionId != QLatin1String("this"); });
            return votes;
        };
    }
    static QString cell(const QDialog &dialog, const char *table, int row, int column)
    {
        const auto *item = dialog.findChild<QTableWidget *>(QString::fromLatin1(table))->item(row, column);
        return item ? item->text() : QString();
    }
    std::vector<Vote> m_votes;
};

void TestVoteResultsDialog::noVotes()
{
    VoteResultsDialog dialog(source());
    QVERIFY(dialog.findChild<QLabel *>(QStringLiteral("emptyLabel"))->isVisibleTo(&dialog));
    QVERIFY(!dialog.findChild<QTabWidget *>()->isVisibleTo(&dialog));
    QVERIFY(!dialog.findChild<QPushButton *>(QStringLiteral("copyButton"))->isEnabled());
}

void TestVoteResultsDialog::pairsWithTheirVerdict()
{
    add(15, Choice::First, "this");
    add(5, Choice::Second, "this");
    add(2, Choice::Tie, "this");
    VoteResultsDialog dialog(source());
    dialog.show();
    QCOMPARE(cell(dialog, "pairsTable", 0, 2), QStringLiteral("15 : 5"));
    QCOMPARE(cell(dialog, "pairsTable", 0, 3), QStringLiteral("2"));
    QCOMPARE(cell(dialog, "pairsTable", 0, 5), QStringLiteral("75 % (53 % to 89 %)"));
    QCOMPARE(cell(dialog, "pairsTable", 0, 6), QStringLiteral("a — E is preferred"));
    const auto *chart = dialog.findChild<IntervalChart *>(QStringLiteral("pairsChart"));
    QCOMPARE(chart->count(), 1);
    QVERIFY(chart->accessibleDescription().contains(QStringLiteral("a against b: a — E is preferred")));
}

void TestVoteResultsDialog::ratingsNeedTwoSessions()
{
    add(3, Choice::First, "this");
    VoteResultsDialog dialog(source());
    QCOMPARE(cell(dialog, "ratingsTable", 0, 0), QStringLiteral("a — E"));
    QVERIFY(cell(dialog, "ratingsTable", 0, 2).contains(QStringLiteral("one session")));
    add(3, Choice::First, "other");
    dialog.refresh();
    QVERIFY(cell(dialog, "ratingsTable", 0, 2).contains(QStringLiteral(" to ")));
    QVERIFY(cell(dialog, "ratingsTable", 0, 1).startsWith(u'+'));
    QVERIFY(cell(dialog, "ratingsTable", 1, 1).startsWith(u'-') || cell(dialog, "ratingsTable", 1, 1).startsWith(u'−'));
}

void TestVoteResultsDialog::scopeAndBlindFilter()
{
    add(1, Choice::First, "this", true);
    add(2, Choice::Second, "this");
    add(4, Choice::Tie, "other", true);
    VoteResultsDialog dialog(source());
    const auto summary = [&dialog] { return dialog.findChild<QLabel *>(QStringLiteral("summaryLabel"))->text(); };
    QVERIFY(summary().startsWith(QStringLiteral("7 vote")));
    dialog.findChild<QComboBox *>(QStringLiteral("scopeCombo"))->setCurrentIndex(1);
    QVERIFY(summary().startsWith(QStringLiteral("3 vote")));
    dialog.findChild<QCheckBox *>(QStringLiteral("blindCheck"))->setChecked(true);
    QVERIFY(summary().startsWith(QStringLiteral("1 vote")));
}

void TestVoteResultsDialog::newVotesAreTakenUp()
{
    VoteResultsDialog dialog(source());
    add(1, Choice::First, "this");
    dialog.refresh();
    QCOMPARE(cell(dialog, "pairsTable", 0, 2), QStringLiteral("1 : 0"));
    QVERIFY(cell(dialog, "pairsTable", 0, 6).contains(QStringLiteral("about 3 more vote")));
    m_votes.clear();
    dialog.refresh();
    QVERIFY(dialog.findChild<QLabel *>(QStringLiteral("emptyLabel"))->isVisibleTo(&dialog));
}

void TestVoteResultsDialog::manyVotesInTheBackground()
{
    for (int session = 0; session < 100; ++session)
        add(5, session % 3 == 0 ? Choice::First : Choice::Second, QByteArray::number(session).constData());
    VoteResultsDialog dialog(source());
    QTRY_COMPARE(cell(dialog, "pairsTable", 0, 2), QStringLiteral("170 : 330"));
    QCOMPARE(cell(dialog, "ratingsTable", 0, 0), QStringLiteral("b — E"));
    dialog.refresh(); // destroyed while it computes
}

void TestVoteResultsDialog::copiesATable()
{
    add(1, Choice::First, "this");
    VoteResultsDialog dialog(source());
    dialog.findChild<QPushButton *>(QStringLiteral("copyButton"))->click();
    QVERIFY(QGuiApplication::clipboard()->text().startsWith(QStringLiteral("first,second,")));
}

QTEST_MAIN(TestVoteResultsDialog)
#include "tst_voteresultsdialog.moc"
