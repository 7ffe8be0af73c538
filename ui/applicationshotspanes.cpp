// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "applicationshots.h"

#include "application.h"
#include "applicationwindow.h"
#include "chat/answerpane.h"
#include "chat/chatpane.h"
#include "chat/turnbar.h"
#include "mainwindow/mainwindow.h"
#include "models/conversation.h"

#include <QAction>
#include <QDialog>

// The panes' scenes: layouts, many panes, swapped models, actions of a turn.
namespace diptych {

namespace {

constexpr QSize wide {1400, 860};
constexpr QSize narrow {1024, 640};

ModelRef model(const char *name)
{
    return {QStringLiteral("builtin"), QString::fromLatin1(name)};
}

void ask(Conversation &conversation, const char *text)
{
    conversation.ask(Message::fromText(Role::User, QString::fromLatin1(text)));
}

void pressKeys(ChatPane &chat, const char *keys)
{
    const QKeySequence wanted(QString::fromLatin1(keys));
    for (QAction *action : chat.actions()) {
        if (action->shortcuts().contains(wanted))
            action->trigger();
    }
}

} // namespace

void ApplicationShots::addPaneSteps()
{
    ApplicationWindow *parts = &m_application.window();
    MainWindow *frame = &parts->window();
    Conversation *conversation = &parts->conversation();
    ChatPane *chat = &parts->chat();
    const auto done = [conversation] {
        return !conversation->session().turns.empty() && conversation->runningCount() == 0;
    };
    const auto start = [conversation](int panes) {
        const char *names[] {"guide", "guide-brief", "babbler-5"};
        std::vector<ModelRef> models;
        for (int pane = 0; pane < panes; ++pane)
            models.push_back(model(names[pane % (panes > 2 ? 3 : 2)]));
        conversation->startNew(models);
        ask(*conversation, "What is a pane?");
    };
    add(
        "panes-one.png",
        [this, frame, start] {
            for (QDialog *dialog : dialogs())
                dialog->reject();
            m_application.setTheme(Settings::Theme::Light);
            frame->resize(wide);
            frame->showPage(QStringLiteral("chat"));
            start(1);
        },
        done);
    add(
        "panes-two.png", [start] { start(2); }, done);
    add(
        "panes-swapped.png",
        [conversation] {
            conversation->setPaneModel(conversation->session().panes[0].id, model("guide-brief"));
            ask(*conversation, "How do I swap a model?");
        },
        done);
    add("panes-swap-pending.png", [conversation] {
        conversation->setPaneModel(
            conversation->session().panes[1].id, model("a-model-with-a-very-long-name-2026-12-01-preview"));
    });
    add(
        "panes-edited.png",
        [conversation] {
            conversation->editTurn(1, Message::fromText(Role::User, QStringLiteral("What are extras?")));
            const Turn &turn = conversation->session().turns[0];
            conversation->adoptAnswer(0, turn.answers.front().id);
        },
        done);
    add("panes-turn-bar.png", [chat, conversation] {
        AnswerPane *pane = chat->findChild<AnswerPane *>(QStringLiteral("pane-") + conversation->session().panes[0].id);
        pane->turnBar()->step(-1);
        pane->turnBar()->step(-1);
    });
    add("panes-turn-edit.png", [chat] {
        for (QAction *action : chat->findChildren<QAction *>(QStringLiteral("turn-edit"))) {
            action->trigger();
            return;
        }
    });
    add(
        "panes-five.png", [start] { start(5); }, done);
    add("panes-large.png", [chat] { pressKeys(*chat, "Ctrl+Shift+E"); });
    add(
        "panes-eight-first.png", [start] { start(8); }, done);
    add(
        "panes-eight-table.png", [conversation] { ask(*conversation, "How do I swap a model?"); }, done);
    add("panes-eight-grid.png", [chat] {
        pressKeys(*chat, "Ctrl+Shift+G");
        pressKeys(*chat, "Ctrl+Shift+G");
    });
    add(
        "panes-sixteen-dark.png",
        [this, start] {
            m_application.setTheme(Settings::Theme::Dark);
            start(16);
        },
        done);
    add(
        "panes-sixteen-dark-1024x640.png",
        [frame, conversation] {
            frame->resize(narrow);
            ask(*conversation, "How do I swap a model?");
        },
        done);
    add("panes-sixteen-grid-dark-1024x640.png", [chat] {
        pressKeys(*chat, "Ctrl+Shift+G");
        pressKeys(*chat, "Ctrl+Shift+G");
    });
    add(
        "panes-two-1024x640.png",
        [this, start] {
            m_application.setTheme(Settings::Theme::Light);
            start(2);
        },
        done);
}

} // namespace diptych
