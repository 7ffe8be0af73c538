// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "store/attachment.h"
#include "store/draftstore.h"

#include <QObject>
#include <QThreadPool>
#include <QTimer>

namespace diptych {

class Composer;
class Conversation;

/// Keeps what is written in the composer, one draft for each session, over switching and restarts. Sessions without a
/// question are not stored; they share one draft. Files are read and written in the background.
class DraftKeeper : public QObject
{
    Q_OBJECT
public:
    DraftKeeper(Composer &composer, Conversation &conversation, const DraftStore &store, QObject *parent = nullptr);
    ~DraftKeeper() override; ///< writes what is not written yet

    void save(); ///< now, in the background

Q_SIGNALS:
    void failed(const diptych::Error &error);

private:
    [[nodiscard]] QString key() const; ///< the session's id; empty: it has no question yet
    void switchSession();
    void noteTurn();
    void write(const QString &key, const Message &draft, DraftStore::Files files);
    void load();

    Composer &m_composer;
    Conversation &m_conversation;
    DraftStore m_store;
    QThreadPool m_pool; // one thread: in order
    QTimer m_pause;
    QString m_key;
    std::vector<Attachment> m_savedFiles; ///< of the draft under m_key
};

} // namespace diptych
