// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/jsonfile.h"
#include "store/secretstore.h"

namespace diptych {

/// Keeps keys in a file that only its owner may read (mode 0600). They are not encrypted; the user has to choose this.
class FileSecretStore : public SecretStore
{
public:
    explicit FileSecretStore(const QString &path);

    [[nodiscard]] std::unique_ptr<SecretJob> read(const QString &key) override;
    [[nodiscard]] std::unique_ptr<SecretJob> write(const QString &key, const Secret &secret) override;
    [[nodiscard]] std::unique_ptr<SecretJob> remove(const QString &key) override;
    [[nodiscard]] QString describe() const override;
    void removeFile() const;

private:
    [[nodiscard]] std::unique_ptr<SecretJob> change(const std::function<void(QJsonObject &)> &edit);

    JsonFile m_file;
};

} // namespace diptych
