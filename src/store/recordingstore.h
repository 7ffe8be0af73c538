// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/session.h"

#include <QObject>

#include <map>

template <typename T>
class QFutureWatcher;

namespace diptych {

class Database;

/// How answers arrived, in the database of the sessions. Packing a long one takes longer than a frame: that happens on
/// another thread.
class RecordingStore : public QObject
{
    Q_OBJECT
public:
    explicit RecordingStore(Database &database);
    ~RecordingStore() override; ///< waits for what is being packed, and writes it

    /// Keeps the recording of a stored answer; written a little later. A write that fails is logged: the answer itself
    /// does not depend on it.
    void keep(qint64 answerId, const Recording &recording);
    /// Writes at once what keep() was given.
    void flush();
    /// Errors: Storage (there is none, or it is damaged).
    [[nodiscard]] Result<Recording> load(qint64 answerId);

private:
    struct Packed {
        QByteArray steps {};
        QByteArray exchange {};
    };
    static Packed pack(const Recording &recording);
    void write(qint64 answerId);

    Database &m_database;
    std::map<qint64, QFutureWatcher<Packed> *> m_packing;
};

} // namespace diptych
