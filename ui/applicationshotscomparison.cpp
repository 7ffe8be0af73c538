// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "applicationshots.h"

#include "application.h"
#include "applicationcomparison.h"
#include "applicationwindow.h"
#include "chat/answerpane.h"
#include "chat/chatpane.h"
#include "mainwindow/mainwindow.h"
#include "models/blindround.h"
#include "models/conversation.h"
#include "models/votedesk.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDialog>
#include <QSpinBox>
#include <QTabWidget>

// The scenes of metrics, repeats, votes and blind rounds.
namespace diptych {

namespace {

const QString builtin = QStringLiteral("builtin");

Message question(const char *text)
{
    return Message::fromText(Role::User, QString::fromLatin1(text));
}

void voteOnAll(VoteDesk &desk)
{
    constexpr std::array choices {Vote::Choice::First, Vote::Choice::First, Vote::Choice::Tie, Vote::Choice::Second};
    const std::size_t pairs = desk.pairs().size();
    for (std::size_t pair = 0; pair < pairs; ++pair) {
        desk.setCurrent(static_cast<int>(pair));
        desk.vote(choices.at(pair % choices.size()));
    }
}

} // namespace

void ApplicationShots::addComparisonSteps()
{
    ApplicationWindow *parts = &m_application.window();
    ApplicationComparison *comparison = &parts->comparison();
    MainWindow *frame = &parts->window();
    const auto chatDone = [parts] {
        return !parts->conversation().session().turns.empty() && parts->conversation().runningCount() == 0;
    };
    const auto closeAll = [this] {
        if (QWidget *popup = QApplication::activePopupWidget())
            popup->close();
        for (QDialog *dialog : dialogs())
            dialog->close();
    };
    add(
        "votes-three-panes.png",
        [this, parts, frame, closeAll] {
            closeAll();
            m_application.setTheme(Settings::Theme::Light);
            frame->resize(1400, 860);
            parts->conversation().startNew({{builtin, QStringLiteral("guide")},
                {builtin, QStringLiteral("guide-brief")}, {builtin, QStringLiteral("faulty")}});
            frame->showPage(QStringLiteral("chat"));
            parts->conversation().ask(question("How do I add an endpoint?"));
        },
        chatDone);
    add("metrics-card.png", [comparison, parts] {
        comparison->showMetrics(QStringLiteral("p1"), parts->chat().pane(QStringLiteral("p1"))->metricsAnchor());
    });
    add("metrics-compare.png", [comparison, closeAll] {
        closeAll();
        comparison->compareMetrics();
    });
    add("repeats.png", [comparison, closeAll] {
        closeAll();
        comparison->repeat(QStringLiteral("p1"));
    });
    add(
        "repeats-done.png",
        [this] {
            for (QDialog *dialog : dialogs()) {
                if (auto *count = dialog->findChild<QSpinBox *>(QStringLiteral("countSpin")))
                    count->setValue(6);
            }
            press("runButton");
        },
        [this] {
            for (const QDialog *dialog : dialogs()) {
                const auto *count = dialog->findChild<QSpinBox *>(QStringLiteral("countSpin"));
                if (count && !count->isEnabled())
                    return false;
            }
            return true;
        });
    add("repeats-strip.png", closeAll);
    add("vote-results.png", [comparison] {
        voteOnAll(comparison->votes());
        comparison->showVoteResults();
    });
    add("vote-results-ratings.png", [this] {
        for (QDialog *dialog : dialogs())
            dialog->findChild<QTabWidget *>()->setCurrentIndex(1);
    });
    add(
        "blind.png",
        [comparison, parts, closeAll] {
            closeAll();
            comparison->blind().setEnabled(true);
            parts->conversation().ask(question("What is an endpoint?"));
        },
        chatDone);
    add("blind-revealed-dark.png", [this, comparison] {
        voteOnAll(comparison->votes());
        m_application.setTheme(Settings::Theme::Dark);
    });
    add("metrics-card-dark.png", [comparison, parts] {
        comparison->showMetrics(QStringLiteral("p2"), parts->chat().pane(QStringLiteral("p2"))->metricsAnchor());
    });
    add("vote-results-dark.png", [comparison, closeAll] {
        closeAll();
        comparison->showVoteResults();
    });
    add(
        "votes-five-panes-1024x640.png",
        [parts, frame, comparison, closeAll] {
            closeAll();
            comparison->blind().setEnabled(false);
            parts->chat().addPane({builtin, QStringLiteral("guide")});
            parts->chat().addPane({builtin, QStringLiteral("guide-brief")});
            frame->resize(1024, 640);
            parts->conversation().ask(question("How many panes can there be?"));
        },
        chatDone);
    add("metrics-compare-dark-1024x640.png", [comparison] { comparison->compareMetrics(); });
    add("comparison-end.png", closeAll);
}

} // namespace diptych
