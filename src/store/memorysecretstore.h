// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/secretstore.h"

#include <QHash>

namespace diptych {

/// Keeps keys until the program ends.
class MemorySecretStore : public SecretStore
{
public:
    [[nodiscard]] std::unique_ptr<SecretJob> read(const QString &key) override;
    [[nodiscard]] std::unique_ptr<SecretJob> write(const QString &key, const Secret &secret) override;
    [[nodiscard]] std::unique_ptr<SecretJob> remove(const QString &key) override;
    [[nodiscard]] QString describe() const override;

    [[nodiscard]] const QHash<QString, Secret> &secrets() const { return m_secrets; }

private:
    QHash<QString, Secret> m_secrets;
};

} // namespace diptych
