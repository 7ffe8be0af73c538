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

/// A recording as it is kept: compressed.
struct PackedRecording {
    QByteArray steps {};
    QByteArray exchange {}; ///< empty: none
};
[[nodiscard]] PackedRecording packRecording(const Recording &recording);

namespace rows {

/// Errors: Storage.
[[nodiscard]] Result<void> writeRecording(Database &database, qint64 answerId, const PackedRecording &packed);
/// Errors: Storage (there is none, or it is damaged).
[[nodiscard]] Result<Recording> readRecording(const Database &database, qint64 answerId);

} // namespace rows

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
    void write(qint64 answerId);

    Database &m_database;
    std::map<qint64, QFutureWatcher<PackedRecording> *> m_packing;
};

} // namespace diptych
