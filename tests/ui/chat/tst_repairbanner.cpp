// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/repairbanner.h"

#include <QAction>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace diptych;

class TestRepairBanner : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_banner = std::make_unique<RepairBanner>(); }
    void errorWithoutMessageSaysItsKind();
    void twoButtonsAndAMenu();
    void rawAnswerIsOneClickAway();
    void endpointRepairKeepsTheBanner();
    void waitingCountsDown();
    void waitingCanBeStopped();
    void newErrorStopsWaiting();
    void narrowBannerWrapsItsButtons();

private:
    [[nodiscard]] QPushButton *button(const char *kind) const
    {
        return m_banner->findChild<QPushButton *>(QStringLiteral("action-") + QString::fromLatin1(kind));
    }
    static RequestOrigin withExtra()
    {
        RequestOrigin origin;
        origin.session.extras = QJsonObject {{QStringLiteral("top_k"), 1}};
        origin.session.extrasMode = ExtrasMode::Error;
        return origin;
    }

    const Error m_refused {.kind = Error::Kind::Unsupported,
        .message = QStringLiteral("no top_k"),
        .parameter = QStringLiteral("top_k"),
        .bodySample = "{\"detail\":\"Extra parameters\"}"};
    const Error m_limited {.kind = Error::Kind::RateLimited,
        .httpStatus = 429,
        .message = QStringLiteral("slow down"),
        .retryAfter = std::chrono::milliseconds(900)};
    std::unique_ptr<RepairBanner> m_banner;
};

void TestRepairBanner::errorWithoutMessageSaysItsKind()
{
    m_banner->showError({.kind = Error::Kind::Timeout}, {}, {});
    QCOMPARE(m_banner->title(), QStringLiteral("Timeout"));
    m_banner->showError({.kind = Error::Kind::Provider, .httpStatus = 500, .message = QStringLiteral("oops")}, {}, {});
    QCOMPARE(m_banner->title(), QStringLiteral("500: oops"));
}

void TestRepairBanner::twoButtonsAndAMenu()
{
    QSignalSpy chosen(m_banner.get(), &RepairBanner::repairChosen);
    m_banner->showError(m_refused, withExtra(), {});
    QVERIFY(button("PassThrough") && button("Drop"));
    QVERIFY(button("PassThrough")->toolTip().contains(QStringLiteral("pass-through")));
    QMenu *menu = m_banner->findChild<QToolButton *>(QStringLiteral("moreActions"))->menu();
    QCOMPARE(menu->actions().size(), 2);
    QCOMPARE(menu->actions().front()->text(), QStringLiteral("Retry without top_k"));
    menu->actions().front()->trigger();
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen.at(0).at(0).value<Repair>().parameter, QStringLiteral("top_k"));
    QVERIFY(m_banner->isHidden());
}

void TestRepairBanner::rawAnswerIsOneClickAway()
{
    m_banner->showError(m_refused, {}, {});
    auto *details = m_banner->findChild<QPlainTextEdit *>(QStringLiteral("details"));
    QVERIFY(details->isHidden());
    m_banner->findChild<QToolButton *>(QStringLiteral("detailsButton"))->click();
    QVERIFY(!details->isHidden());
    QVERIFY(details->toPlainText().contains(QStringLiteral("\"detail\": \"Extra parameters\"")));
    QVERIFY(details->toPlainText().contains(QStringLiteral("parameter: top_k")));
    m_banner->showError({.kind = Error::Kind::Network}, {}, {});
    QVERIFY(details->isHidden());
}

void TestRepairBanner::endpointRepairKeepsTheBanner()
{
    QSignalSpy chosen(m_banner.get(), &RepairBanner::repairChosen);
    m_banner->showError({.kind = Error::Kind::Authentication, .httpStatus = 401}, {}, {});
    button("UpdateKey")->click();
    QCOMPARE(chosen.at(0).at(0).value<Repair>().kind, Repair::Kind::UpdateKey);
    QVERIFY(!m_banner->isHidden()); // asking again comes after
}

void TestRepairBanner::waitingCountsDown()
{
    QSignalSpy chosen(m_banner.get(), &RepairBanner::repairChosen);
    m_banner->showError(m_limited, {}, {});
    QCOMPARE(button("Wait")->text(), QStringLiteral("Ask again in 1 s"));
    button("Wait")->click();
    QCOMPARE(m_banner->text(), QStringLiteral("Asking again in 1 s."));
    QCOMPARE(chosen.size(), 0);
    QVERIFY(chosen.wait());
    QCOMPARE(chosen.at(0).at(0).value<Repair>().kind, Repair::Kind::AskAgain);
    QVERIFY(m_banner->isHidden());
}

void TestRepairBanner::waitingCanBeStopped()
{
    QSignalSpy chosen(m_banner.get(), &RepairBanner::repairChosen);
    m_banner->showError(m_limited, {}, {});
    button("Wait")->click();
    button("stop-waiting")->click();
    QVERIFY(button("AskAgain"));
    QVERIFY(!chosen.wait(1200));
}

void TestRepairBanner::newErrorStopsWaiting()
{
    QSignalSpy chosen(m_banner.get(), &RepairBanner::repairChosen);
    m_banner->showError(m_limited, {}, {});
    button("Wait")->click();
    m_banner->showError(m_refused, {}, {});
    QVERIFY(!chosen.wait(1200));
    QCOMPARE(m_banner->title(), QStringLiteral("no top_k"));
}

void TestRepairBanner::narrowBannerWrapsItsButtons()
{
    m_banner->showError(m_refused, withExtra(), {});
    m_banner->resize(200, m_banner->heightForWidth(200));
    m_banner->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_banner.get()));
    QVERIFY(button("Drop")->y() >= button("PassThrough")->geometry().bottom());
    QVERIFY(button("Drop")->geometry().right() <= m_banner->width());
}

QTEST_MAIN(TestRepairBanner)
#include "tst_repairbanner.moc"
