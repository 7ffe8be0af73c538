// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/gatewaypath.h"

#include <QCoreApplication>

namespace diptych {

namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("diptych::GatewayPath", source);
}

} // namespace

QStringList pathSegments(const QByteArray &path)
{
    QStringList segments;
    for (const QByteArray &segment : path.split('/')) {
        if (!segment.isEmpty())
            segments.push_back(QString::fromUtf8(QByteArray::fromPercentEncoding(segment)));
    }
    return segments;
}

Error pathNotFound()
{
    return {.kind = Error::Kind::NotFound,
        .httpStatus = 404,
        .message = QStringLiteral("Resource not found"),
        .providerCode = QStringLiteral("404")};
}

Error wrongMethod(bool takesGet)
{
    return {.kind = Error::Kind::Unsupported,
        .httpStatus = 405,
        .message =
            text("Method not allowed; this path takes %1.").arg(takesGet ? QStringView(u"GET") : QStringView(u"POST")),
        .providerCode = takesGet ? QStringLiteral("GET") : QStringLiteral("POST")};
}

Result<GatewayPath> findEntry(
    std::span<const PathEntry> entries, const QStringList &segments, const QByteArray &method, Surface surface)
{
    const QString path = segments.join(u'/');
    for (const PathEntry &entry : entries) {
        if (path != entry.path)
            continue;
        const bool isGet = method == "GET" || method == "HEAD";
        if (entry.isGet ? !isGet : method != "POST")
            return Failure(wrongMethod(entry.isGet));
        return GatewayPath {.operation = entry.operation, .surface = surface};
    }
    return Failure(pathNotFound());
}

} // namespace diptych
