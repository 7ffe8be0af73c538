// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/draftkeeper.h"

#include "chat/composer.h"
#include "models/conversation.h"

#include <QFutureWatcher>
#include <QtConcurrentRun>

namespace diptych {

namespace {

constexpr std::chrono::milliseconds pauseBeforeWriting {700};
constexpr int mostDrafts = 100;

} // namespace

DraftKeeper::DraftKeeper(Composer &composer, Conversation &conversation, const DraftStore &store, QObject *parent)
    : QObject(parent)
    , m_composer(composer)
    , m_conversation(conversation)
    , m_store(store)
    , m_key(key())
{
    m_pool.setMaxThreadCount(1);
    m_pause.setSingleShot(true);
    m_pause.setInterval(pauseBeforeWriting);
    connect(&m_pause, &QTimer::timeout, this, &DraftKeeper::save);
    connect(&m_composer, &Composer::textEdited, &m_pause, qOverload<>(&QTimer::start));
    connect(&m_conversation, &Conversation::sessionReplaced, this, &DraftKeeper::switchSession);
    connect(&m_conversation, &Conversation::turnAdded, this, &DraftKeeper::noteTurn);
    m_pool.start([store] { store.prune(mostDrafts); });
    load();
}

DraftKeeper::~DraftKeeper()
{
    if (m_pause.isActive())
        save();
    m_pool.waitForDone();
}

QString DraftKeeper::key() const
{
    const Session &session = m_conversation.session();
    return session.turns.empty() && session.otherTurns.empty() ? QString() : session.id;
}

void DraftKeeper::save()
{
    m_pause.stop();
    const Message draft = m_composer.draft();
    std::vector<Attachment> files = attachmentsOf(draft);
    const bool isSame = files == m_savedFiles;
    m_savedFiles = std::move(files);
    write(m_key, draft, isSame ? DraftStore::Files::Same : DraftStore::Files::Changed);
}

void DraftKeeper::write(const QString &key, const Message &draft, DraftStore::Files files)
{
    auto *watcher = new QFutureWatcher<Result<void>>(this);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher] {
        watcher->deleteLater();
        if (const Result<void> saved = watcher->result(); !saved)
            Q_EMIT failed(saved.error());
    });
    watcher->setFuture(
        QtConcurrent::run(&m_pool, [store = m_store, key, draft, files] { return store.save(key, draft, files); }));
}

void DraftKeeper::switchSession()
{
    const QString next = key();
    if (next == m_key)
        return; // from one new session to another: what was written goes along
    save();
    m_key = next;
    m_savedFiles.clear();
    m_composer.setDraft({});
    m_pause.stop();
    load();
}

void DraftKeeper::noteTurn()
{
    // The first question of a session gives it a draft of its own; the common one was sent with it.
    if (key() == m_key)
        return;
    write(m_key, {}, DraftStore::Files::Changed);
    m_key = key();
    m_savedFiles.clear();
    m_pause.start();
}

void DraftKeeper::load()
{
    auto *watcher = new QFutureWatcher<Result<Message>>(this);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher, loadedKey = m_key] {
        watcher->deleteLater();
        const Result<Message> draft = watcher->result();
        if (!draft) {
            Q_EMIT failed(draft.error());
            return;
        }
        // What has been written in the meantime counts more.
        if (loadedKey == m_key && m_composer.isBlank() && !draft->content.empty()) {
            m_savedFiles = attachmentsOf(*draft);
            m_composer.setDraft(*draft);
        }
    });
    watcher->setFuture(QtConcurrent::run(&m_pool, [store = m_store, key = m_key] { return store.load(key); }));
}

} // namespace diptych
