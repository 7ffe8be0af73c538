// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "core/secret.h"
#include "gateway/http/httpserverrequest.h"

namespace diptych {

/// Who may talk to the gateway: programs on this machine that know the key. Web pages are kept out, also those that
/// point a name of theirs at 127.0.0.1: the Host header has to be a loopback name with our port, and an Origin, when
/// there is one, a loopback page. Where other machines are let in, Host may also be any address written in numbers,
/// which no page can make its own, or this machine's name.
class AccessPolicy
{
public:
    AccessPolicy() = default;
    AccessPolicy(Secret key, quint16 port, bool allowsOtherMachines = false);

    /// Unset: allowed. Errors: Authentication with httpStatus 403 (Host, Origin) or 401 (key).
    [[nodiscard]] std::optional<Error> refusal(const HttpServerRequest &request, bool keyNeeded = true) const;

private:
    [[nodiscard]] bool isHostAllowed(const HttpServerRequest &request) const;
    [[nodiscard]] bool isKeyRight(const HttpServerRequest &request) const;

    Secret m_key;
    quint16 m_port = 0;
    bool m_allowsOtherMachines = false;
};

} // namespace diptych
