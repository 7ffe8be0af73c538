// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/secret.h"

#include <QObject>

#include <memory>

namespace diptych {

/// A secret being read, written or removed. Owned by whoever asked; destroying it emits nothing more, but what was to
/// be written or removed is carried out all the same.
class SecretJob : public QObject
{
    Q_OBJECT
public:
    ~SecretJob() override;

    [[nodiscard]] bool isFinished() const { return m_finished; }
    /// After `finished()`: what was read (empty when nothing is kept under that key), nothing after writing or
    /// removing. Errors: Storage.
    [[nodiscard]] const Result<Secret> &result() const { return m_result; }

    /// Ends the job, the first time only. For the stores.
    void finish(Result<Secret> result);
    /// The same once the event loop runs again.
    void finishLater(Result<Secret> result);

Q_SIGNALS:
    /// Once, never before the call that made the job has returned.
    void finished();

private:
    bool m_finished = false;
    Result<Secret> m_result {};
};

/// Where keys are kept. Nothing blocks: a keychain may ask the user for a password first.
class SecretStore
{
public:
    virtual ~SecretStore() = default;

    [[nodiscard]] virtual std::unique_ptr<SecretJob> read(const QString &key) = 0;
    [[nodiscard]] virtual std::unique_ptr<SecretJob> write(const QString &key, const Secret &secret) = 0;
    /// No error when there is nothing to remove.
    [[nodiscard]] virtual std::unique_ptr<SecretJob> remove(const QString &key) = 0;
    /// One or two sentences for the user: where keys are kept and what that means.
    [[nodiscard]] virtual QString describe() const = 0;
};

} // namespace diptych
