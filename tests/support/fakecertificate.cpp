// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakecertificate.h"

#include <QFile>
#include <QProcess>

namespace diptych {

namespace {

bool openssl(const QStringList &arguments)
{
    QProcess process;
    process.start(QStringLiteral("openssl"), arguments);
    return process.waitForFinished() && process.exitCode() == 0;
}

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

FakeCertificate::FakeCertificate(const QString &names, Kind kind)
{
    const QString extension = u"subjectAltName=" + names;
    bool made = openssl({QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-newkey"),
        QStringLiteral("ec"), QStringLiteral("-pkeyopt"), QStringLiteral("ec_paramgen_curve:prime256v1"),
        QStringLiteral("-nodes"), QStringLiteral("-days"), QStringLiteral("2"), QStringLiteral("-subj"),
        QStringLiteral("/CN=fake"), QStringLiteral("-addext"), extension, QStringLiteral("-keyout"), keyFile(),
        QStringLiteral("-out"), certificateFile()});
    if (made && kind == Kind::Expired) {
        // Valid for no time at all.
        made = openssl({QStringLiteral("x509"), QStringLiteral("-in"), certificateFile(), QStringLiteral("-signkey"),
            keyFile(), QStringLiteral("-days"), QStringLiteral("0"), QStringLiteral("-out"), certificateFile()});
    }
    if (!made)
        return;
    m_certificate = QSslCertificate(contents(certificateFile()));
    m_key = QSslKey(contents(keyFile()), QSsl::Ec);
}

} // namespace diptych
