// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QObject>
#include <QStringList>
#include <QUndoStack>

namespace diptych {

class SessionStore;
struct SessionPlace;

/// What a person does to the list of sessions, each of it undone by one step.
class SessionEdits : public QObject
{
    Q_OBJECT
public:
    /// `store` may be null: nothing can be done then.
    explicit SessionEdits(SessionStore *store, QObject *parent = nullptr);

    void rename(const QString &sessionId, const QString &title);
    void move(const QStringList &sessionIds, const QString &folder);
    void setPinned(const QStringList &sessionIds, bool isPinned);
    void moveToTrash(const QStringList &sessionIds);
    void restore(const QStringList &sessionIds);
    /// For good; the only thing that can not be undone.
    void remove(const QStringList &sessionIds);
    /// The new folder's path.
    QString addFolder(const QString &parentFolder);
    void moveFolder(const QString &from, const QString &to);
    void removeFolder(const QString &path);
    /// The copy's id; empty when it failed.
    QString duplicate(const QString &sessionId);

    [[nodiscard]] QUndoStack &undoStack() { return m_stack; }

Q_SIGNALS:
    void done(const QString &what); ///< "Moved to the trash", and it can be undone
    /// They are about to go to the trash or for good: whoever shows one of them shows something else.
    void leaving(const QStringList &sessionIds);
    void renamed(const QString &sessionId, const QString &title); ///< also by undoing
    void failed(const diptych::Error &error);

private:
    template <typename Change>
    void change(const QString &what, const QStringList &sessionIds, const Change &changePlace);
    Result<void> setTitle(const QString &sessionId, const QString &title);
    void report(const Error &error);

    SessionStore *m_store;
    QUndoStack m_stack;
};

} // namespace diptych
