// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/secret.h"

#include <QHash>
#include <QString>
#include <QUrl>

namespace diptych {

/// The gateway as the window shows it.
struct GatewayState {
    bool isRunning = false;
    QUrl baseUrl {}; ///< without a path; where it listens, or would
    QString error {}; ///< why it does not although it should; empty: nothing is wrong
    bool isPortTaken = false; ///< with `error`: another program listens there
    Secret key {}; ///< empty: not read yet
    bool operator==(const GatewayState &) const = default;
};

/// What is kept of the exchanges of routes.
struct GatewayRecordings {
    QString folder {};
    QHash<QString, int> counts {}; ///< exchanges by route id
    bool operator==(const GatewayRecordings &) const = default;
};

/// A request that got no answer.
struct GatewayRefusal {
    QString time {};
    QString request {}; ///< "POST /v1/chat/completions"
    QString model {}; ///< empty: it did not get that far
    QString problem {}; ///< what was wrong with it; empty: the status says it
    int status = 0;
    bool operator==(const GatewayRefusal &) const = default;
};

} // namespace diptych
