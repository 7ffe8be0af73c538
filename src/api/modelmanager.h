// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/reply.h"

#include <memory>

namespace diptych {

/// How far a download of a model is.
struct PullProgress {
    QString status {}; ///< the server's own words, e.g. "pulling manifest"
    qint64 completed = 0; ///< bytes of the part being loaded
    std::optional<qint64> total {}; ///< bytes of that part; unset: not known
    bool operator==(const PullProgress &) const = default;
};

/// A download of a model by the server under way. Success is a finished reply without error.
class PullReply : public Reply
{
    Q_OBJECT
public:
    [[nodiscard]] const PullProgress &progress() const { return m_progress; }

Q_SIGNALS:
    void progressChanged(const diptych::PullProgress &progress);

protected:
    using Reply::Reply;
    /// Returns false when the reply was destroyed or finished by a receiver.
    bool deliver(const PullProgress &progress);

private:
    PullProgress m_progress;
};

/// A model that a server holds in memory.
struct RunningModel {
    QString model {};
    qint64 size = 0; ///< bytes in all
    qint64 videoMemory = 0; ///< bytes of it on the GPU
    QDateTime expiresAt {}; ///< invalid: not said
    bool operator==(const RunningModel &) const = default;
};

using RemoveReply = ValueReply<QString>; ///< the removed model's name
using RunningModelsReply = ValueReply<std::vector<RunningModel>>;

/// What a local server can do with its models beside answering.
class ModelManager
{
public:
    virtual ~ModelManager() = default;
    [[nodiscard]] virtual std::unique_ptr<PullReply> pull(const QString &model) = 0;
    [[nodiscard]] virtual std::unique_ptr<RemoveReply> remove(const QString &model) = 0;
    [[nodiscard]] virtual std::unique_ptr<RunningModelsReply> running() = 0;
};

} // namespace diptych

Q_DECLARE_METATYPE(diptych::PullProgress)
