// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzztargets.h"

#include "../providers/requestvalues.h"

#include "api/endpointurl.h"
#include "net/httpclient.h"
#include "providers/common/errordecoder.h"
#include "providers/registry.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace diptych::fuzz {

void runUrl(QByteArrayView input)
{
    const Result<EndpointProposal> proposal = recognise(QString::fromUtf8(input), providerDescriptors());
    if (!proposal) {
        Q_ASSERT(!proposal.error().message.isEmpty());
        return;
    }
    const Endpoint &endpoint = proposal->endpoint;
    Q_ASSERT(endpoint.baseUrl.isValid() && !endpoint.baseUrl.host().isEmpty());
    Q_ASSERT(endpoint.baseUrl.userInfo().isEmpty());
    Q_ASSERT(findDescriptor(providerDescriptors(), endpoint.provider()));
    Q_ASSERT(!endpoint.baseUrl.path().endsWith(u'/'));
    // What is recognised once is recognised as the same again.
    const Result<EndpointProposal> again =
        recognise(endpoint.baseUrl.toString(QUrl::FullyEncoded), providerDescriptors());
    Q_ASSERT(again);
}

void runError(QByteArrayView input)
{
    // The first byte chooses the status.
    const int status = input.isEmpty() ? 400 : 200 + (static_cast<uchar>(input.front()) % 40) * 10;
    const Error error = decodeError({.status = status, .body = input.toByteArray()});
    Q_ASSERT(!error.message.isEmpty());
}

void runEncode(QByteArrayView input)
{
    const QJsonObject json = QJsonDocument::fromJson(input.toByteArray()).object();
    static HttpClient client;
    for (const ProviderDescriptor &descriptor : providerDescriptors()) {
        Endpoint endpoint {.id = QStringLiteral("e"),
            .kind = Endpoint::Kind::Native,
            .native = descriptor.name,
            .baseUrl = QUrl(QStringLiteral("http://127.0.0.1:1/base"))};
        for (const Adaptation adaptation : {Adaptation::Adapt, Adaptation::Strict}) {
            endpoint.adaptation = adaptation;
            const auto provider = makeProvider(endpoint, client);
            for (const Result<WirePreview> &preview :
                {provider->preview(test::chatRequestOf(json)), provider->preview(test::completionRequestOf(json)),
                    provider->preview(test::embeddingRequestOf(json))}) {
                Q_ASSERT(!preview || QJsonDocument::fromJson(preview->body).isObject());
                Q_ASSERT(preview || !preview.error().message.isEmpty());
            }
        }
    }
}

} // namespace diptych::fuzz
