// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "applicationshots.h"

#include "application.h"
#include "applicationsessions.h"
#include "applicationwindow.h"
#include "mainwindow/mainwindow.h"
#include "models/conversation.h"
#include "models/sessiontreemodel.h"
#include "sessions/noticebar.h"
#include "sessions/sessionedits.h"
#include "sessions/sessionspane.h"
#include "store/sessionlibrary.h"
#include "store/sessionstore.h"

#include <QDialog>
#include <QLineEdit>
#include <QTreeView>

// The list of sessions in its states.
namespace diptych {

namespace {

Session sample(const QString &id, const QString &title, const QString &folder, bool isPinned)
{
    const QDateTime time = QDateTime::currentDateTimeUtc().addDays(-id.toInt());
    Session session {.id = id,
        .title = title,
        .createdAt = time,
        .updatedAt = time,
        .folder = folder,
        .isPinned = isPinned,
        .panes = {{.id = QStringLiteral("p1"), .model = {QStringLiteral("builtin"), QStringLiteral("guide")}}}};
    const auto turn = [&](qint64 turnId, qint64 parentId, const QString &prompt, const QString &answer) {
        return Turn {.id = turnId,
            .parentId = parentId,
            .at = time,
            .prompt = Message::fromText(Role::User, prompt),
            .answers = {{.id = turnId,
                .paneId = QStringLiteral("p1"),
                .modelLabel = QStringLiteral("guide — Built-in"),
                .state = Answer::State::Complete,
                .message = Message::fromText(Role::Assistant, answer)}}};
    };
    session.turns = {turn(-1, 0, QStringLiteral("How much water does a rye bread of 500 g flour need?"),
                         QStringLiteral("About 400 g of water: rye takes up more than wheat does.")),
        turn(-3, -1, QStringLiteral("And with a third of wheat?"), QStringLiteral("Then 370 g of water are enough."))};
    session.otherTurns = {turn(-2, -1, QStringLiteral("And with sourdough?"),
        QStringLiteral("Take off the water that is in the sourdough, usually half of its weight."))};
    return session;
}

} // namespace

void ApplicationShots::addSessionSteps()
{
    ApplicationWindow *parts = &m_application.window();
    SessionsPane *pane = &parts->sessionsPane();
    auto *view = pane->findChild<QTreeView *>(QStringLiteral("sessionView"));
    auto *search = pane->findChild<QLineEdit *>(QStringLiteral("searchEdit"));
    add("sessions-folders-branches.png", [parts, view] {
        SessionStore *store = parts->conversation().store();
        if (!store)
            return;
        const QString longName = QStringLiteral(
            "A title that somebody wrote in one go and that is a good deal longer than the list is wide");
        for (const Session &session : {sample(QStringLiteral("1"), longName, {}, false),
                 sample(QStringLiteral("2"), QStringLiteral("Rye bread"), QStringLiteral("Baking/Breads"), false),
                 sample(QStringLiteral("3"), QStringLiteral("Sourdough"), QStringLiteral("Baking"), true),
                 sample(QStringLiteral("40"), QStringLiteral("Rolls"), QStringLiteral("Baking"), false)}) {
            if (const Result<void> added = store->library().insert({.session = session}); !added)
                return;
        }
        view->expandAll();
    });
    add("sessions-search.png", [search] { search->setText(QStringLiteral("water sourd")); });
    add("sessions-search-empty.png", [search] { search->setText(QStringLiteral("nobody said this")); });
    add("sessions-undo.png", [pane, search] {
        search->clear();
        pane->edits().moveToTrash({QStringLiteral("1"), QStringLiteral("40")});
    });
    add("sessions-trash.png", [pane] { pane->showPage(SessionsPane::Page::Trash); });
    add("sessions-import.png", [pane] {
        pane->showPage(SessionsPane::Page::Sessions);
        pane->notices().showProgress(QStringLiteral("Importing…"), 400, QStringLiteral("Cancel"));
    });
    add("sessions-dark-1024x640.png", [this, parts, pane, search] {
        pane->notices().dismiss();
        m_application.setTheme(Settings::Theme::Dark);
        parts->window().resize(1024, 640);
        search->setText(QStringLiteral("water"));
    });
    add("replay-dark.png", [this, parts, search] {
        search->clear();
        parts->sessions().replay(parts->conversation().session().id);
        press("stepButton");
    });
    add("replay.png", [this] {
        m_application.setTheme(Settings::Theme::Light);
        press("stopButton");
    });
    add("branches-compared.png", [this, parts] {
        for (QDialog *dialog : dialogs())
            dialog->close();
        const auto turns = parts->conversation().store()->library().branchTurns(QStringLiteral("2"));
        if (turns && turns->size() == 3)
            parts->sessions().compareBranches(QStringLiteral("2"), 0, (*turns)[1].id);
    });
    add("branches-compared-dark.png", [this] { m_application.setTheme(Settings::Theme::Dark); });
    add("sessions-end.png", [this, parts] {
        for (QDialog *dialog : dialogs())
            dialog->close();
        m_application.setTheme(Settings::Theme::Light);
        parts->window().resize(1400, 860);
    });
}

} // namespace diptych
