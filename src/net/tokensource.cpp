// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/tokensource.h"

#include <QPointer>
#include <QProcess>
#include <QTimer>

#include <algorithm>

#ifdef Q_OS_UNIX
#include <csignal>
#include <unistd.h>
#endif

namespace diptych {

namespace {

using namespace std::chrono_literals;

constexpr auto margin = 2min; // a token is not used in its last moments
constexpr auto unknownLifetime = 5min;
constexpr qint64 maxOutput = 256 * 1024; // bytes
constexpr int killWait = 1000; // milliseconds; SIGKILL takes less

QString keyOf(const TokenCommand &command)
{
    return QString(command.command % u'\n' % command.scope);
}

Error failure(const QString &message)
{
    return {
        .kind = Error::Kind::Authentication, .message = message, .providerCode = QStringLiteral("TokenCommandFailed")};
}

} // namespace

/// One run of a command.
class TokenSource::Run : public QObject
{
public:
    Run(TokenSource &source, const TokenCommand &command, std::chrono::milliseconds timeLimit);
    ~Run() override { kill(); }

    const QString key;
    std::vector<QPointer<TokenRequest>> waiting;

    void start();

private:
    void kill();
    void processEnded(int code, QProcess::ExitStatus status);
    void processFailed(QProcess::ProcessError error);
    void checkOutput();
    void end(const Result<AccessToken> &token);
    [[nodiscard]] QString withOutput(const QString &message);

    TokenSource &m_source;
    TokenCommand m_command;
    std::chrono::milliseconds m_timeLimit;
    QProcess m_process;
    QTimer m_deadline;
    QString m_program;
    bool m_isOver = false;
};

TokenSource::Run::Run(TokenSource &source, const TokenCommand &command, std::chrono::milliseconds timeLimit)
    : key(keyOf(command))
    , m_source(source)
    , m_command(command)
    , m_timeLimit(timeLimit)
{
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        end(Failure(failure(TokenSource::tr("The token command %1 did not end within %2 s.")
                                .arg(m_program, QString::number(double(m_timeLimit.count()) / 1000)))));
    });
    connect(&m_process, &QProcess::finished, this, &Run::processEnded);
    connect(&m_process, &QProcess::errorOccurred, this, &Run::processFailed);
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &Run::checkOutput);
    m_process.setStandardInputFile(QProcess::nullDevice()); // nobody is there to answer a question
#ifdef Q_OS_UNIX
    // A group of its own: the programs are often scripts, and what these start is to go with them.
    m_process.setChildProcessModifier([] { ::setpgid(0, 0); });
#endif
}

void TokenSource::Run::start()
{
    QStringList words = QProcess::splitCommand(m_command.command);
    for (QString &word : words)
        word.replace(QStringLiteral("{scope}"), m_command.scope);
    m_program = words.value(0);
    if (m_program.isEmpty()) {
        end(Failure(failure(TokenSource::tr("The token command names no program."))));
        return;
    }
    m_deadline.start(m_timeLimit);
    m_process.start(m_program, words.mid(1));
}

void TokenSource::Run::kill()
{
    m_process.disconnect(this);
    if (m_process.state() == QProcess::NotRunning)
        return;
#ifdef Q_OS_UNIX
    if (m_process.processId() > 0)
        ::kill(-pid_t(m_process.processId()), SIGKILL);
#endif
    m_process.kill();
    m_process.waitForFinished(killWait);
}

void TokenSource::Run::checkOutput()
{
    if (m_process.bytesAvailable() > maxOutput)
        end(Failure(failure(TokenSource::tr("The token command printed too much to be a token."))));
}

void TokenSource::Run::processFailed(QProcess::ProcessError error)
{
    if (error != QProcess::FailedToStart)
        return; // finished() follows
    end(Failure(failure(
        TokenSource::tr("The token command %1 could not be started: %2.").arg(m_program, m_process.errorString()))));
}

QString TokenSource::Run::withOutput(const QString &message)
{
    const QString output = redactedOutput(m_process.readAllStandardError().right(maxOutput));
    return output.isEmpty() ? QString(message % u'.') : QString(message % u": " % output);
}

void TokenSource::Run::processEnded(int code, QProcess::ExitStatus status)
{
    if (status == QProcess::CrashExit) {
        end(Failure(failure(withOutput(TokenSource::tr("The token command %1 crashed").arg(m_program)))));
    } else if (code != 0) {
        end(Failure(
            failure(withOutput(TokenSource::tr("The token command %1 ended with code %2").arg(m_program).arg(code)))));
    } else {
        end(readAccessToken(m_process.readAllStandardOutput(), QDateTime::currentDateTimeUtc()));
    }
}

void TokenSource::Run::end(const Result<AccessToken> &token)
{
    if (std::exchange(m_isOver, true))
        return;
    m_deadline.stop();
    kill();
    m_source.end(this, token);
}

void TokenRequest::finish(const Result<Secret> &result)
{
    m_result = result;
    Q_EMIT finished();
}

TokenSource::TokenSource(std::chrono::milliseconds timeLimit)
    : m_timeLimit(timeLimit)
{
}

TokenSource::~TokenSource() = default;

std::unique_ptr<TokenRequest> TokenSource::request(const TokenCommand &command)
{
    std::unique_ptr<TokenRequest> request(new TokenRequest); // the constructor is private
    const QString key = keyOf(command);
    const QDateTime now = QDateTime::currentDateTimeUtc();
    std::erase_if(m_kept, [&now](const Kept &kept) { return kept.until <= now; });
    const auto kept = std::find_if(m_kept.begin(), m_kept.end(), [&key](const Kept &each) { return each.key == key; });
    if (kept != m_kept.end()) {
        QMetaObject::invokeMethod(
            request.get(), [raw = request.get(), token = kept->token] { raw->finish(token); }, Qt::QueuedConnection);
        return request;
    }
    auto run = std::find_if(m_runs.begin(), m_runs.end(), [&key](const auto &each) { return each->key == key; });
    if (run == m_runs.end()) {
        run = m_runs.insert(m_runs.end(), std::make_unique<Run>(*this, command, m_timeLimit));
        QMetaObject::invokeMethod(run->get(), &Run::start, Qt::QueuedConnection);
    }
    (*run)->waiting.emplace_back(request.get());
    return request;
}

void TokenSource::forget(const TokenCommand &command, const Secret &token)
{
    std::erase_if(
        m_kept, [key = keyOf(command), &token](const Kept &kept) { return kept.key == key && kept.token == token; });
}

void TokenSource::keep(const QString &key, const AccessToken &token)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QDateTime until = token.expiresAt.isValid() ? token.expiresAt.addSecs(-std::chrono::seconds(margin).count())
                                                      : now.addSecs(std::chrono::seconds(unknownLifetime).count());
    std::erase_if(m_kept, [&key](const Kept &kept) { return kept.key == key; });
    if (until > now)
        m_kept.push_back({key, token.value, until});
}

void TokenSource::end(Run *run, const Result<AccessToken> &token)
{
    if (token)
        keep(run->key, *token);
    const auto own = std::find_if(m_runs.begin(), m_runs.end(), [run](const auto &each) { return each.get() == run; });
    const std::vector<QPointer<TokenRequest>> waiting = std::move(run->waiting);
    own->release()->deleteLater(); // its process is emitting
    m_runs.erase(own);
    const Result<Secret> result = token ? Result<Secret>(token->value) : Result<Secret>(Failure(token.error()));
    // Receivers may destroy each other and this source.
    for (const QPointer<TokenRequest> &request : waiting) {
        if (request)
            request->finish(result);
    }
}

} // namespace diptych
