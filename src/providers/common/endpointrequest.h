// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/provider.h"
#include "core/result.h"
#include "net/httpclient.h"

#include <QUrlQuery>

namespace diptych {

/// One call of an endpoint before it has become a request.
struct EndpointCall {
    QByteArray method {"POST"};
    QString path {}; ///< appended to the base URL, percent-encoded, begins with a slash
    bool isFromOrigin = false; ///< the path replaces that of the base URL
    QUrlQuery query {}; ///< joined with the query of the base URL
    bool expectsStream = false;
    QByteArray accept {}; ///< of the answer; empty: JSON, and server-sent events when a stream is expected
    QByteArray keyHeader {"api-key"}; ///< the header of Endpoint::Auth::ApiKey
    HeaderList headers {}; ///< that this wire format demands, e.g. anthropic-version
};

/// A request ready to be sent, and how it came about. What a reply is made of.
struct Outgoing {
    Result<HttpRequest> request {};
    ChangeLog changeLog {};
};

/// Puts URL, api-version, credentials and the endpoint's own headers together; the latter win over ours.
[[nodiscard]] Outgoing makeOutgoing(
    const Endpoint &endpoint, const EndpointCall &call, const Result<BodyEncoder> &encoder);
/// The same for a call without a body.
[[nodiscard]] Outgoing makeOutgoing(const Endpoint &endpoint, const EndpointCall &call);
/// The request as people may see it: secret header values read ***.
[[nodiscard]] Result<WirePreview> previewOf(const Outgoing &outgoing);

} // namespace diptych
