// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "applicationrequests.h"

#include "gateway/openai/requestdecoder.h"

namespace diptych {

namespace {

bool isBelow(const QUrl &url, const QUrl &base)
{
    const auto port = [](const QUrl &of) { return of.port(of.scheme() == u"https" ? 443 : 80); };
    return url.scheme() == base.scheme() && url.host() == base.host() && port(url) == port(base)
        && url.path().startsWith(base.path());
}

} // namespace

Result<ChatRequest> chatRequestFromJson(const QJsonObject &commonRequest)
{
    QJsonObject body = commonRequest;
    const QJsonObject extras = body.take(QStringLiteral("extras")).toObject();
    const auto mode = extrasModeFromName(body.take(QStringLiteral("extra-parameters")).toString());
    Result<DecodedRequest<ChatRequest>> decoded =
        decodeChat(body, {.surface = Surface::OpenAi, .extras = ExtrasMode::PassThrough});
    if (!decoded)
        return Failure(decoded.error());
    ChatRequest request = std::move(decoded->request);
    request.extras = extras;
    request.extrasMode = mode;
    return request;
}

ModelRef modelAskedAt(const QUrl &url, const QString &model, const Connections &connections)
{
    ModelRef found;
    qsizetype longest = -1; // one endpoint's address may begin like another's
    for (const Endpoint &endpoint : connections.endpoints()) {
        const qsizetype length = endpoint.baseUrl.path().size();
        if (length > longest && isBelow(url, endpoint.baseUrl)) {
            longest = length;
            found = {endpoint.id, model};
        }
    }
    return found;
}

} // namespace diptych
