// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/filesecretstore.h"
#include "store/keychainsecretstore.h"
#include "store/memorysecretstore.h"

#include <QObject>
#include <QPointer>

#include <functional>
#include <vector>

namespace diptych {

/// The keychain where there is one; else memory only, or a file if the user allowed that. The keychain is tried with
/// the first call, or by check(); calls made meanwhile wait for the outcome.
class FallbackSecretStore : public QObject, public SecretStore
{
    Q_OBJECT
public:
    enum class Place {
        Unknown, ///< not tried yet
        Keychain,
        Memory,
        File,
    };
    Q_ENUM(Place)

    /// `filePath`: used only after allowFile(true).
    explicit FallbackSecretStore(
        const QString &filePath, std::unique_ptr<KeychainSecretStore> keychain, QObject *parent = nullptr);
    ~FallbackSecretStore() override;

    void check();
    [[nodiscard]] Place place() const { return m_place; }
    /// Where there is no keychain, keys go to the file from now on. What is in memory is written there too.
    /// Taking it back deletes the file.
    void allowFile(bool allowed);
    [[nodiscard]] bool isFileAllowed() const { return m_isFileAllowed; }
    /// What the file would mean, for the question whether to use it.
    [[nodiscard]] QString describeFile() const { return m_file.describe(); }
    /// Why there is no keychain; empty when there is one or it was not tried.
    [[nodiscard]] QString keychainProblem() const { return m_problem; }

    [[nodiscard]] std::unique_ptr<SecretJob> read(const QString &key) override;
    [[nodiscard]] std::unique_ptr<SecretJob> write(const QString &key, const Secret &secret) override;
    [[nodiscard]] std::unique_ptr<SecretJob> remove(const QString &key) override;
    [[nodiscard]] QString describe() const override;

Q_SIGNALS:
    void placeChanged();

private:
    using Task = std::function<std::unique_ptr<SecretJob>(SecretStore &)>;
    class DeferredJob;
    struct Waiting {
        Task task;
        QPointer<DeferredJob> job;
    };

    std::unique_ptr<SecretJob> run(Task task);
    void takeProbe();
    void setPlace(Place place);
    void moveMemoryToFile();
    [[nodiscard]] SecretStore &current();

    std::unique_ptr<KeychainSecretStore> m_keychain;
    MemorySecretStore m_memory;
    FileSecretStore m_file;
    Place m_place = Place::Unknown;
    bool m_isFileAllowed = false;
    QString m_problem;
    std::vector<Waiting> m_waiting;
    std::unique_ptr<SecretJob> m_probe; // after the keychain: dies first
};

} // namespace diptych
