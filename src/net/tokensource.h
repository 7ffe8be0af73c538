// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/accesstoken.h"

#include <QObject>
#include <QString>

#include <chrono>
#include <memory>
#include <vector>

namespace diptych {

/// How the token of a request is had, and where it goes.
struct TokenCommand {
    QString command {}; ///< program and arguments, split without a shell; empty: no token is needed
    QString scope {}; ///< takes the place of {scope}
    QByteArray header {"Authorization"};
    QByteArray prefix {"Bearer "}; ///< stands before the token in the header
    [[nodiscard]] bool isEmpty() const { return command.isEmpty(); }
    bool operator==(const TokenCommand &) const = default;
};

/// A token that is waited for. `finished()` is emitted once, not before TokenSource::request() has returned, or never
/// if the request or the source is destroyed first. Destroying is always allowed.
class TokenRequest : public QObject
{
    Q_OBJECT
public:
    /// Errors: Authentication (the command failed, or printed no token; providerCode is TokenCommandFailed).
    [[nodiscard]] const Result<Secret> &result() const { return m_result; }

Q_SIGNALS:
    void finished();

private:
    friend class TokenSource;
    TokenRequest() = default;
    void finish(const Result<Secret> &result);

    Result<Secret> m_result;
};

/// Runs the commands that print tokens and remembers what they printed until two minutes before it expires (five
/// minutes when that is not known). A command runs once at a time; who asks meanwhile gets the same token. Commands
/// that run are killed, with what they started, when the source goes.
class TokenSource : public QObject
{
    Q_OBJECT
public:
    explicit TokenSource(std::chrono::milliseconds timeLimit = std::chrono::seconds(30));
    ~TokenSource() override;

    [[nodiscard]] std::unique_ptr<TokenRequest> request(const TokenCommand &command);
    /// The server did not accept this token: the next request runs the command again.
    void forget(const TokenCommand &command, const Secret &token);

private:
    class Run;
    struct Kept {
        QString key {};
        Secret token {};
        QDateTime until {};
    };
    void end(Run *run, const Result<AccessToken> &token);
    void keep(const QString &key, const AccessToken &token);

    std::chrono::milliseconds m_timeLimit;
    std::vector<Kept> m_kept;
    std::vector<std::unique_ptr<Run>> m_runs;
};

} // namespace diptych
