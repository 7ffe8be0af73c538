// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/error.h"

#include <QCoreApplication>
#include <QMetaEnum>

namespace diptych {

bool Error::isRetryable() const
{
    switch (kind) {
    case Kind::RateLimited:
    case Kind::Network:
    case Kind::Timeout:
        return true;
    default:
        return httpStatus == 408 || httpStatus == 409 || httpStatus == 429 || httpStatus >= 500;
    }
}

QString kindName(Error::Kind kind)
{
    return QString::fromLatin1(QMetaEnum::fromType<Error::Kind>().valueToKey(static_cast<int>(kind)));
}

QString whatToDo(const Error &error)
{
    const auto text = [](const char *source) { return QCoreApplication::translate("diptych::Error", source); };
    switch (error.kind) {
    case Error::Kind::Authentication:
        if (error.providerCode == u"TokenCommandFailed")
            return text("Run the token command of this endpoint in a terminal to see what it says.");
        return text("Check the key of this endpoint and whether it may use this model.");
    case Error::Kind::NotFound:
        return text("Check the URL, the api-version and the model name (a deployment name is case-sensitive).");
    case Error::Kind::Unsupported:
        return error.parameter.isEmpty()
            ? text("Pick a model that can do this.")
            : text("Ask again without \"%1\", or pick a model that can do this.").arg(error.parameter);
    case Error::Kind::RateLimited:
        return text("Wait a little, or lower the number of parallel requests.");
    case Error::Kind::ContentFilter:
        return text("Change the prompt; the provider's content filter refused it.");
    case Error::Kind::Network:
        return text("Check that the address and port are right, that the server runs, and the proxy settings.");
    case Error::Kind::Tls:
        return text("Check the certificate, or add your own certificate authority to this endpoint.");
    case Error::Kind::Timeout:
        return text("Ask again, or raise the deadline of this endpoint.");
    case Error::Kind::Protocol:
        return text("The server may speak another dialect; check the kind of this endpoint.");
    case Error::Kind::Storage:
        return text("Check free space and permissions of the data folder.");
    case Error::Kind::InvalidRequest:
        return error.parameter.isEmpty() ? QString() : text("Check the value of \"%1\".").arg(error.parameter);
    case Error::Kind::Provider:
        return text("The fault is on the server's side; ask again later.");
    case Error::Kind::Cancelled:
        return {};
    }
    return {};
}

} // namespace diptych
