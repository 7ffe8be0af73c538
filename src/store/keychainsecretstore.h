// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/secretstore.h"

namespace diptych {

/// Keeps keys in the desktop's keychain (Secret Service, KWallet), under a service name of ours.
class KeychainSecretStore : public SecretStore
{
public:
    explicit KeychainSecretStore(QString service = QStringLiteral("diptych"));

    /// Finds out whether there is a keychain that keeps what is written: a trial entry is written, read and removed.
    /// Reading alone proves nothing, a keychain that can not be unlocked says "not found".
    [[nodiscard]] std::unique_ptr<SecretJob> probe();

    [[nodiscard]] std::unique_ptr<SecretJob> read(const QString &key) override;
    [[nodiscard]] std::unique_ptr<SecretJob> write(const QString &key, const Secret &secret) override;
    [[nodiscard]] std::unique_ptr<SecretJob> remove(const QString &key) override;
    [[nodiscard]] QString describe() const override;

private:
    QString m_service;
};

} // namespace diptych
