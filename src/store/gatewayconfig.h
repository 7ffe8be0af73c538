// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/route.h"
#include "core/result.h"
#include "store/jsonfile.h"

#include <QMap>

namespace diptych {

/// How the gateway is set up. Its key is not in here: it is a secret.
struct GatewayConfig {
    bool isEnabled = false; ///< starts with the program
    QString address = QStringLiteral("127.0.0.1");
    bool allowsOtherMachines = false; ///< has to be said for an address that is not loopback
    quint16 port = 8089; ///< 0: a free one
    int maxRequests = 1000; ///< under way at once; more are answered with 503
    qint64 bodyLimit = 64 * 1024 * 1024; ///< bytes of a request
    std::vector<Route> routes {};
    QMap<QString, double> spent {}; ///< by route id, what counts against its budget
    bool operator==(const GatewayConfig &) const = default;
};

/// A route as it stands in files:
///
///     {"name": "gpt-4o", "targets": ["builtin/guide", {"model": "ollama/llama3.2", "weight": 3}],
///      "fallbacks": ["builtin/guide"], "shadow": "ollama/qwen3", "adaptation": "strict", "extras": {…},
///      "systemPrompt": "…", "budget": 5, "forwardedHeaders": ["x-trace"], "tape": "record", "replaySpeed": 10}
///
/// A single target may stand alone as "target". `id` and `enabled` may be absent.
[[nodiscard]] QJsonObject encodeRoute(const Route &route);
/// `position` counts from 1 and is named in errors. A route without an id gets its name as one. Errors: InvalidRequest
/// (an unknown member, a wrong type, a route that leads nowhere), with the path as parameter.
[[nodiscard]] Result<Route> decodeRoute(const QJsonObject &object, int position);

[[nodiscard]] QJsonObject encodeGatewayConfig(const GatewayConfig &config);
/// Members besides those of encodeGatewayConfig() and `others` are mistakes, and so are two routes of one id.
/// Errors: InvalidRequest.
[[nodiscard]] Result<GatewayConfig> decodeGatewayConfig(const QJsonObject &object, const QStringList &others = {});

/// The window's gateway in its file.
class GatewayStore
{
public:
    explicit GatewayStore(const QString &path);
    [[nodiscard]] const QString &path() const { return m_file.path(); }
    /// The defaults when there is no file. Errors: Storage, InvalidRequest (somebody edited it).
    [[nodiscard]] Result<GatewayConfig> load() const;
    /// Errors: Storage.
    [[nodiscard]] Result<void> save(const GatewayConfig &config) const;

private:
    JsonFile m_file;
};

} // namespace diptych
