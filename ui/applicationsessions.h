// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/sessionexport.h"
#include "store/sessionimport.h"

#include <QObject>

#include <memory>

namespace diptych {

class ChatPane;
class Connections;
class Conversation;
class MainWindow;
class SessionRerun;
class SessionsPane;
class SessionStore;

/// What the list of sessions asks for, carried out: opening, import and export, comparing branches, replay and asking
/// again.
class ApplicationSessions : public QObject
{
    Q_OBJECT
public:
    struct Services {
        SessionStore *store; ///< may be null: nothing is kept then
        Connections &connections;
        Conversation &conversation;
        SessionsPane &pane;
        ChatPane &chat;
        MainWindow &window;
    };
    explicit ApplicationSessions(const Services &services, QObject *parent = nullptr);
    ~ApplicationSessions() override;

    void openSession(const QString &sessionId);
    void askForImport(); ///< which files
    void importFiles(const QStringList &files);
    void askForExport(const QStringList &sessionIds); ///< where to; empty: all sessions
    /// The format shows in the file's suffix.
    void exportTo(const QString &file, const QStringList &sessionIds);
    void replay(const QString &sessionId);
    void askForRerun(const QString &sessionId); ///< whether it is meant: it may cost money
    void rerun(const QString &sessionId);
    /// Two turns of different branches; 0: the branch that is shown.
    void compareBranches(const QString &sessionId, qint64 firstTurn, qint64 secondTurn);

Q_SIGNALS:
    void newSessionRequested();
    void linkRequested(const QUrl &url);

private:
    void openBranch(const QString &sessionId, qint64 firstTurn);
    void openMatch(const QString &sessionId, qint64 turnId, const QString &words);
    void leave(const QStringList &sessionIds);
    void showImported(const ImportSummary &summary);
    void showExported(const QString &file, int count, const std::optional<Error> &error);
    void showRerun();
    void endRerun(bool isComplete);
    void report(const Error &error);
    void cleanUpTrash();

    SessionStore *m_store;
    Connections &m_connections;
    Conversation &m_conversation;
    SessionsPane &m_pane;
    ChatPane &m_chat;
    MainWindow &m_window;
    std::unique_ptr<SessionImport> m_import; // null without a store
    std::unique_ptr<SessionExport> m_export; // null without a store
    std::unique_ptr<SessionRerun> m_rerun; // null: none was started
};

} // namespace diptych
