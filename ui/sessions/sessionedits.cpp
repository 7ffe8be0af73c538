// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sessions/sessionedits.h"

#include "store/sessionlibrary.h"
#include "store/sessionstore.h"

#include <functional>

namespace diptych {

namespace {

/// A step that is done and undone by functions.
class Step : public QUndoCommand
{
public:
    using Action = std::function<Result<void>()>;

    Step(const QString &text, Action redo, Action undo, std::function<void(const Error &)> failed)
        : QUndoCommand(text)
        , m_redo(std::move(redo))
        , m_undo(std::move(undo))
        , m_failed(std::move(failed))
    {
    }

    void redo() override { run(m_redo); }
    void undo() override { run(m_undo); }

private:
    void run(const Action &action)
    {
        if (const Result<void> done = action(); !done) {
            setObsolete(true);
            m_failed(done.error());
        }
    }

    Action m_redo;
    Action m_undo;
    std::function<void(const Error &)> m_failed;
};

} // namespace

SessionEdits::SessionEdits(SessionStore *store, QObject *parent)
    : QObject(parent)
    , m_store(store)
{
}

void SessionEdits::report(const Error &error)
{
    Q_EMIT failed(error);
}

template <typename Change>
void SessionEdits::change(const QString &what, const QStringList &sessionIds, const Change &changePlace)
{
    if (!m_store || sessionIds.isEmpty())
        return;
    const Result<std::vector<SessionPlace>> before = m_store->library().places(sessionIds);
    if (!before) {
        report(before.error());
        return;
    }
    std::vector<SessionPlace> after = *before;
    for (SessionPlace &place : after)
        changePlace(place);
    if (after == *before)
        return;
    SessionLibrary *library = &m_store->library();
    m_stack.push(new Step(
        what, [library, after] { return library->setPlaces(after); },
        [library, places = *before] { return library->setPlaces(places); },
        [this](const Error &error) { report(error); }));
    Q_EMIT done(what);
}

void SessionEdits::rename(const QString &sessionId, const QString &title)
{
    if (!m_store)
        return;
    const auto known = m_store->library().summaries({sessionId});
    if (!known || known->empty())
        return;
    m_stack.push(new Step(
        tr("Renamed"), [this, sessionId, title] { return setTitle(sessionId, title); },
        [this, sessionId, old = known->front().title] { return setTitle(sessionId, old); },
        [this](const Error &error) { report(error); }));
}

Result<void> SessionEdits::setTitle(const QString &sessionId, const QString &title)
{
    const Result<void> done = m_store->rename(sessionId, title);
    if (done)
        Q_EMIT renamed(sessionId, title);
    return done;
}

void SessionEdits::move(const QStringList &sessionIds, const QString &folder)
{
    const QString what = folder.isEmpty() ? tr("Moved to the top") : tr("Moved to %1").arg(folder.section(u'/', -1));
    change(what, sessionIds, [&folder](SessionPlace &place) { place.folder = folder; });
}

void SessionEdits::setPinned(const QStringList &sessionIds, bool isPinned)
{
    change(isPinned ? tr("Pinned") : tr("Unpinned"), sessionIds,
        [isPinned](SessionPlace &place) { place.isPinned = isPinned; });
}

void SessionEdits::moveToTrash(const QStringList &sessionIds)
{
    if (sessionIds.isEmpty())
        return;
    Q_EMIT leaving(sessionIds);
    const QString what = sessionIds.size() == 1 ? tr("Moved to the trash")
                                                : tr("%n moved to the trash", nullptr, int(sessionIds.size()));
    change(what, sessionIds, [now = QDateTime::currentDateTimeUtc()](SessionPlace &place) { place.trashedAt = now; });
}

void SessionEdits::restore(const QStringList &sessionIds)
{
    change(tr("Restored"), sessionIds, [](SessionPlace &place) { place.trashedAt = {}; });
}

void SessionEdits::remove(const QStringList &sessionIds)
{
    if (!m_store || sessionIds.isEmpty())
        return;
    Q_EMIT leaving(sessionIds);
    // Steps before this one may name what is gone; undoing them changes nothing then.
    if (const Result<void> removed = m_store->library().remove(sessionIds); !removed)
        report(removed.error());
}

QString SessionEdits::addFolder(const QString &parentFolder)
{
    if (!m_store)
        return {};
    SessionLibrary *library = &m_store->library();
    const QStringList known = library->folders().value_or(QStringList());
    const QString prefix = parentFolder.isEmpty() ? QString() : QString(parentFolder + u'/');
    QString path = prefix + tr("New folder");
    for (int number = 2; known.contains(path, Qt::CaseInsensitive); ++number)
        path = prefix + tr("New folder %1").arg(number);
    m_stack.push(new Step(
        tr("Added a folder"), [library, path] { return library->addFolder(path); },
        [library, path] { return library->removeFolder(path); }, [this](const Error &error) { report(error); }));
    return path;
}

void SessionEdits::moveFolder(const QString &from, const QString &to)
{
    if (!m_store || from == to)
        return;
    SessionLibrary *library = &m_store->library();
    // Into a folder that is there already, they become one: taking that apart again takes a list of what was where.
    const QStringList known = library->folders().value_or(QStringList());
    if (known.contains(to)) {
        report({.kind = Error::Kind::InvalidRequest,
            .message = tr("There is a folder \"%1\" already. Choose another name.").arg(to.section(u'/', -1))});
        return;
    }
    m_stack.push(new Step(
        tr("Moved a folder"), [library, from, to] { return library->moveFolder(from, to); },
        [library, from, to] { return library->moveFolder(to, from); }, [this](const Error &error) { report(error); }));
}

void SessionEdits::removeFolder(const QString &path)
{
    if (!m_store)
        return;
    SessionLibrary *library = &m_store->library();
    const Result<std::vector<SessionSummary>> all = m_store->list();
    QStringList inside;
    for (const SessionSummary &session : all.value_or(std::vector<SessionSummary>())) {
        if (QString(session.folder + u'/').startsWith(QString(path + u'/')))
            inside.append(session.id);
    }
    const std::vector<SessionPlace> places = library->places(inside).value_or(std::vector<SessionPlace>());
    QStringList folders = library->folders().value_or(QStringList());
    folders.removeIf(
        [&path](const QString &folder) { return !QString(folder + u'/').startsWith(QString(path + u'/')); });
    m_stack.push(new Step(
        tr("Removed a folder; what was in it stays"), [library, path] { return library->removeFolder(path); },
        [library, folders, places]() -> Result<void> {
            for (const QString &folder : folders) {
                if (auto added = library->addFolder(folder); !added)
                    return added;
            }
            return library->setPlaces(places);
        },
        [this](const Error &error) { report(error); }));
    Q_EMIT done(m_stack.undoText());
}

QString SessionEdits::duplicate(const QString &sessionId)
{
    if (!m_store)
        return {};
    const auto known = m_store->library().summaries({sessionId});
    if (!known || known->empty())
        return {};
    const Result<QString> copy = m_store->library().duplicate(sessionId, tr("%1 (copy)").arg(known->front().title));
    if (!copy) {
        report(copy.error());
        return {};
    }
    return *copy;
}

} // namespace diptych
