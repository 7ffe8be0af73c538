// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mainwindow/activitypane.h"

#include "models/activitymodel.h"
#include "scriptedprovider.h"
#include "widgets/banner.h"

#include <QComboBox>
#include <QFileDialog>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QMenu>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace diptych;

class TestActivityPane : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void unwritableFileIsReported();
    void discardedHasNothingToSave();
    void rowsAreFilteredByText();
    void rowsAreFilteredByState();
    void chosenRowIsThatOfTheModel();
    void exchangeIsSavedAsHar();
    void exchangeIsSavedForReplay();

private:
    ScriptedChatReply *add(const QString &label, const QByteArray &body);
    [[nodiscard]] QTableView *view() const { return m_pane->findChild<QTableView *>(); }
    [[nodiscard]] QMenu *openMenu(int row) const;
    /// Answers the dialog that the action opens.
    void save(int row, const char *action, const QString &path) const;

    std::unique_ptr<ActivityModel> m_model;
    std::vector<std::unique_ptr<ScriptedChatReply>> m_replies;
    std::unique_ptr<ActivityPane> m_pane;
};

void TestActivityPane::init()
{
    m_pane.reset();
    m_replies.clear();
    m_model = std::make_unique<ActivityModel>();
    m_pane = std::make_unique<ActivityPane>(*m_model);
    m_pane->resize(700, 300);
    m_pane->show();
}

ScriptedChatReply *TestActivityPane::add(const QString &label, const QByteArray &body)
{
    m_replies.push_back(std::make_unique<ScriptedChatReply>(ChatRequest {}));
    ScriptedChatReply *reply = m_replies.back().get();
    reply->mutableExchange() = {.method = "POST",
        .url = QUrl(QStringLiteral("http://h/v1/chat")),
        .requestHeaders = {{"api-key", "sk-leak"}},
        .requestBody = body};
    m_model->add(reply, label, {{QStringLiteral("model"), QStringLiteral("m")}});
    return reply;
}

QMenu *TestActivityPane::openMenu(int row) const
{
    const QRect area = view()->visualRect(view()->model()->index(row, 1));
    Q_EMIT view()->customContextMenuRequested(area.center());
    return m_pane->findChild<QMenu *>(QStringLiteral("activityMenu"));
}

void TestActivityPane::save(int row, const char *action, const QString &path) const
{
    openMenu(row)->findChild<QAction *>(QLatin1String(action))->trigger();
    auto *dialog = m_pane->findChild<QFileDialog *>(QStringLiteral("saveDialog"));
    QVERIFY(dialog);
    Q_EMIT dialog->fileSelected(path);
    dialog->close();
}

void TestActivityPane::unwritableFileIsReported()
{
    add(QStringLiteral("chat"), "{}")->finishWith();
    save(0, "harAction", QStringLiteral("/nonexistent/x.har"));
    QVERIFY(m_pane->findChild<Banner *>()->isVisible());
    QVERIFY(m_pane->findChild<Banner *>()->title().contains(QStringLiteral("/nonexistent/x.har")));
}

void TestActivityPane::discardedHasNothingToSave()
{
    add(QStringLiteral("chat"), "{}");
    m_replies.clear();
    const QMenu *menu = openMenu(0);
    QVERIFY(!menu->findChild<QAction *>(QStringLiteral("harAction"))->isEnabled());
    QVERIFY(!menu->findChild<QAction *>(QStringLiteral("replayAction"))->isEnabled());
    QVERIFY(!menu->findChild<QAction *>(QStringLiteral("stopAction"))->isEnabled());
}

void TestActivityPane::rowsAreFilteredByText()
{
    add(QStringLiteral("chat with guide"), R"({"prompt":"Wavelets"})")->finishWith();
    add(QStringLiteral("info"), "")
        ->failWith({.kind = Error::Kind::NotFound, .message = QStringLiteral("No such thing")});
    auto *search = m_pane->findChild<QLineEdit *>(QStringLiteral("activitySearch"));
    const auto rows = [&](const QString &text) {
        search->setText(text);
        return view()->model()->rowCount();
    };
    QCOMPARE(rows({}), 2);
    QCOMPARE(rows(QStringLiteral("GUIDE")), 1);
    QCOMPARE(rows(QStringLiteral("wavelet")), 1);
    QCOMPARE(rows(QStringLiteral("such thing")), 1);
    QCOMPARE(rows(QStringLiteral("/v1/CHAT")), 2);
    QCOMPARE(rows(QStringLiteral("nothing of it")), 0);
    QCOMPARE(rows(QStringLiteral("sk-leak")), 0);
}

void TestActivityPane::rowsAreFilteredByState()
{
    add(QStringLiteral("a"), "")->finishWith();
    add(QStringLiteral("b"), "")->failWith({.message = QStringLiteral("x")});
    add(QStringLiteral("c"), "");
    auto *states = m_pane->findChild<QComboBox *>(QStringLiteral("activityStates"));
    states->setCurrentIndex(1);
    QCOMPARE(view()->model()->rowCount(), 1);
    QCOMPARE(view()->model()->index(0, ActivityModel::LabelColumn).data().toString(), QStringLiteral("c"));
    m_replies.back()->finishWith();
    QCOMPARE(view()->model()->rowCount(), 0);
    states->setCurrentIndex(2);
    QCOMPARE(view()->model()->index(0, ActivityModel::LabelColumn).data().toString(), QStringLiteral("b"));
}

void TestActivityPane::chosenRowIsThatOfTheModel()
{
    add(QStringLiteral("first"), "")->finishWith();
    add(QStringLiteral("second"), "")->finishWith();
    m_pane->findChild<QLineEdit *>(QStringLiteral("activitySearch"))->setText(QStringLiteral("first"));
    QSignalSpy chosen(m_pane.get(), &ActivityPane::exchangeChosen);
    view()->setCurrentIndex(view()->model()->index(0, 0));
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen.front().front().toInt(), 1);
}

void TestActivityPane::exchangeIsSavedAsHar()
{
    add(QStringLiteral("first"), "1")->finishWith();
    add(QStringLiteral("second"), "2")->finishWith();
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("x.har"));
    save(0, "allAction", path);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    QVERIFY(!bytes.contains("sk-leak"));
    const QJsonObject har = QJsonDocument::fromJson(bytes).object();
    QCOMPARE(har[u"log"][u"entries"].toArray().size(), 2);
    QCOMPARE(har[u"log"][u"entries"][0][u"request"][u"postData"][u"text"].toString(), QStringLiteral("1"));
}

void TestActivityPane::exchangeIsSavedForReplay()
{
    add(QStringLiteral("chat"), "{}")->finishWith();
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("x.diptych-exchange.json"));
    save(0, "replayAction", path);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto read = fromReplayFile(file.readAll());
    QVERIFY(read.has_value());
    QCOMPARE(read->commonRequest.value(u"model").toString(), QStringLiteral("m"));
    QCOMPARE(read->attempts.front().requestBody, QByteArray("{}"));
}

QTEST_MAIN(TestActivityPane)
#include "tst_activitypane.moc"
