// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/tlsconfiguration.h"

#include <QCoreApplication>
#include <QFile>
#include <QLocale>
#include <QSslCertificate>
#include <QSslKey>

namespace diptych {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("TlsConfiguration", text);
}

Failure failure(const QString &message)
{
    return Failure(Error {.kind = Error::Kind::Tls, .message = message});
}

Result<QSslKey> readKey(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(tr("The key of the client certificate can not be read: %1").arg(file.errorString()));
    const QByteArray pem = file.readAll();
    for (const QSsl::KeyAlgorithm algorithm : {QSsl::Rsa, QSsl::Ec, QSsl::Dsa}) {
        const QSslKey key(pem, algorithm);
        if (!key.isNull())
            return key;
    }
    return failure(tr("%1 holds no unencrypted private key in PEM form.").arg(path));
}

bool contains(const QList<QSslError> &errors, std::initializer_list<QSslError::SslError> kinds)
{
    return std::any_of(errors.begin(), errors.end(), [kinds](const QSslError &error) {
        return std::find(kinds.begin(), kinds.end(), error.error()) != kinds.end();
    });
}

QString day(const QDateTime &time)
{
    return QLocale().toString(time.date(), QLocale::ShortFormat);
}

} // namespace

Result<QSslConfiguration> tlsConfiguration(const TlsOptions &options)
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setProtocol(QSsl::TlsV1_2OrLater);
    if (!options.caFile.isEmpty() && !configuration.addCaCertificates(options.caFile))
        return failure(tr("%1 holds no readable certificate in PEM form.").arg(options.caFile));
    if (options.clientCertificateFile.isEmpty())
        return configuration;

    const QList<QSslCertificate> chain = QSslCertificate::fromPath(options.clientCertificateFile);
    if (chain.isEmpty())
        return failure(tr("%1 holds no readable certificate in PEM form.").arg(options.clientCertificateFile));
    // The key may stand in the certificate's file.
    const Result<QSslKey> key =
        readKey(options.clientKeyFile.isEmpty() ? options.clientCertificateFile : options.clientKeyFile);
    if (!key)
        return Failure(key.error());
    configuration.setLocalCertificateChain(chain);
    configuration.setPrivateKey(*key);
    return configuration;
}

QString describeTlsErrors(const QList<QSslError> &errors, const QString &hostAndPort)
{
    const QSslCertificate certificate = errors.isEmpty() ? QSslCertificate() : errors.first().certificate();
    if (contains(errors, {QSslError::CertificateExpired}))
        return tr("The certificate of %1 expired on %2.").arg(hostAndPort, day(certificate.expiryDate()));
    if (contains(errors, {QSslError::CertificateNotYetValid})) {
        return tr("The certificate of %1 is valid from %2 only. Is this computer's clock right?")
            .arg(hostAndPort, day(certificate.effectiveDate()));
    }
    if (contains(errors, {QSslError::HostNameMismatch})) {
        const QStringList names = certificate.subjectAlternativeNames().values();
        return tr("The certificate of %1 was made for another host (%2).")
            .arg(hostAndPort, names.isEmpty() ? certificate.subjectDisplayName() : names.join(QLatin1String(", ")));
    }
    if (contains(errors, {QSslError::SelfSignedCertificate, QSslError::SelfSignedCertificateInChain})) {
        return tr("The certificate of %1 is self-signed. If you trust this server, add its certificate to the "
                  "endpoint's TLS settings.")
            .arg(hostAndPort);
    }
    if (contains(errors, {QSslError::CertificateRevoked}))
        return tr("The certificate of %1 was revoked.").arg(hostAndPort);
    if (contains(errors,
            {QSslError::UnableToGetLocalIssuerCertificate, QSslError::UnableToGetIssuerCertificate,
                QSslError::UnableToVerifyFirstCertificate, QSslError::CertificateUntrusted})) {
        return tr("The certificate of %1 was issued by an authority that this computer does not know. If you trust "
                  "it, add the authority's certificate to the endpoint's TLS settings.")
            .arg(hostAndPort);
    }
    return tr("The certificate of %1 was refused: %2")
        .arg(hostAndPort, errors.isEmpty() ? QString() : errors.first().errorString());
}

} // namespace diptych
