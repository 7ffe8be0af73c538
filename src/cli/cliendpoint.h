// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/endpointurl.h"
#include "api/provider.h"
#include "cli/terminaloutput.h"

#include <QCommandLineParser>

namespace diptych {

class BuiltinServer;
class HttpClient;

/// The endpoint that a command talks to: the one of --url, or the built-in models, served by this process on a
/// loopback port and reached over HTTP like any other.
class CliEndpoint
{
public:
    static void addOptions(QCommandLineParser &parser);
    /// The endpoint of --url, else the built-in one. Writes to standard error what was changed about a pasted URL.
    /// Errors: InvalidRequest (the options), Network (no loopback port).
    [[nodiscard]] static Result<std::unique_ptr<CliEndpoint>> open(const QCommandLineParser &parser, Console &console);
    /// The same for a URL that stands elsewhere on the command line; empty: the built-in models. A request that fails
    /// is not sent again unless --retries says so.
    [[nodiscard]] static Result<std::unique_ptr<CliEndpoint>> openForTest(
        const QCommandLineParser &parser, const QString &url, Console &console);
    /// What --kind, or else the URL itself, says of a URL. Errors: InvalidRequest.
    [[nodiscard]] static Result<EndpointProposal> recogniseUrl(const QCommandLineParser &parser, const QString &url);
    /// The same with the value of --kind; empty: not given.
    [[nodiscard]] static Result<EndpointProposal> recogniseUrl(const QString &url, const QString &kind);
    ~CliEndpoint();

    [[nodiscard]] Provider &provider() const { return *m_provider; }
    /// What carries the provider's requests, for those that no provider makes.
    [[nodiscard]] HttpClient &http() const { return *m_http; }
    [[nodiscard]] bool isBuiltIn() const { return m_builtin != nullptr; }

private:
    CliEndpoint();
    [[nodiscard]] static Result<std::unique_ptr<CliEndpoint>> open(
        const QCommandLineParser &parser, const QString &url, int usualRetries, Console &console);

    // The last one dies first.
    std::unique_ptr<BuiltinServer> m_builtin;
    std::unique_ptr<HttpClient> m_http;
    std::unique_ptr<Provider> m_provider;
};

} // namespace diptych
