// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/common/httpreply.h"

namespace diptych {

/// A reply to a call that the wire format has no route for: sends nothing and ends with the error.
template <typename Base>
class RefusedReply : public HttpReply<Base>
{
public:
    RefusedReply(HttpClient &client, Error error)
        : HttpReply<Base>(client, Outgoing {.request = Failure(std::move(error))})
    {
        QObject::connect(
            &this->runner(), &RequestRunner::failed, this, [this](const Error &failure) { this->fail(failure); });
    }
};

/// Error::Kind::Unsupported without a parameter: the route is missing.
[[nodiscard]] inline Error missingRoute(const QString &message)
{
    return {.kind = Error::Kind::Unsupported, .message = message};
}

} // namespace diptych
