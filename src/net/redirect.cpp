// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/redirect.h"

#include "core/secret.h"
#include "net/httptarget.h"

#include <QCoreApplication>

namespace diptych {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Redirect", text);
}

Failure refused(int status, const QString &message)
{
    return Failure(Error {.kind = Error::Kind::Network, .httpStatus = status, .message = message});
}

bool isRedirect(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

} // namespace

Result<std::optional<HttpRequest>> redirected(const HttpRequest &request, int status, const HeaderList &headers)
{
    const QByteArray location = headerValue(headers, "Location");
    if (!isRedirect(status) || location.isEmpty())
        return std::nullopt;
    const QUrl target = request.url.resolved(QUrl(QString::fromUtf8(location))).adjusted(QUrl::RemoveFragment);
    const QString shown = redactedUrl(target).toDisplayString();
    if (!isSameOrigin(request.url, target)) {
        return refused(status,
            tr("The server redirects to another address, %1. It was not followed, because your key would go there. "
               "If that is the right place, change the endpoint's address.")
                .arg(shown));
    }
    HttpRequest next = request;
    next.url = target;
    next.url.setUserInfo(request.url.userInfo());
    const bool isSafe = request.method == "GET" || request.method == "HEAD";
    if (status == 303 && !isSafe) {
        next.method = "GET";
        next.body.clear();
        next.headers = headersWithout(std::move(next.headers), "Content-Type");
    } else if (!isSafe && (status == 301 || status == 302)) {
        return refused(status,
            tr("The server answers a %1 with a redirection to %2 that would lose the request's body. Change the "
               "endpoint's address to where it leads.")
                .arg(QString::fromLatin1(request.method), shown));
    }
    return next;
}

} // namespace diptych
