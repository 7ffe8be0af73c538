// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSslCertificate>
#include <QSslKey>
#include <QTemporaryDir>

namespace diptych {

/// A self-signed certificate for tests, made on the spot by the openssl command and gone with the object.
class FakeCertificate
{
public:
    enum class Kind { Valid, Expired };

    /// For the given subject alternative names, e.g. "DNS:localhost,IP:127.0.0.1".
    explicit FakeCertificate(const QString &names, Kind kind = Kind::Valid);

    [[nodiscard]] bool isValid() const { return !m_certificate.isNull() && !m_key.isNull(); }
    [[nodiscard]] QString certificateFile() const { return m_directory.filePath(QStringLiteral("certificate.pem")); }
    [[nodiscard]] QString keyFile() const { return m_directory.filePath(QStringLiteral("key.pem")); }
    [[nodiscard]] const QSslCertificate &certificate() const { return m_certificate; }
    [[nodiscard]] const QSslKey &key() const { return m_key; }

private:
    QTemporaryDir m_directory;
    QSslCertificate m_certificate;
    QSslKey m_key;
};

} // namespace diptych
