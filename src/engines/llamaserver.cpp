// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/llamaserver.h"

#include "core/randomkey.h"

#include <QFileInfo>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTcpServer>

namespace diptych {

namespace {

constexpr int maxAttempts = 3; // somebody may take the free port before the server does
constexpr int quotedLines = 6;
constexpr int keySize = 32; // bytes

QString failureText(const QString &sentence, const EngineLog &log)
{
    QStringList lines {sentence};
    lines += log.tail(quotedLines);
    return lines.join(u'\n');
}

} // namespace

LlamaServer::LlamaServer(QObject *parent)
    : QObject(parent)
    , m_pickPort(freeLoopbackPort)
{
    connect(&m_process, &GuardedProcess::outputRead, this, [this](const QByteArray &bytes) {
        if (const QStringList lines = m_log.append(bytes); !lines.isEmpty())
            Q_EMIT logged(lines);
    });
    connect(&m_process, &GuardedProcess::ended, this, &LlamaServer::takeEnd);
    connect(&m_health, &HealthCheck::healthy, this, [this] { setState(State::Ready); });
    setProgram({});
}

LlamaServer::~LlamaServer()
{
    m_process.disconnect(this);
}

void LlamaServer::setProgram(const QString &program)
{
    if (isRunning())
        return;
    const QFileInfo file(program);
    if (program.isEmpty())
        m_program = QStandardPaths::findExecutable(QStringLiteral("llama-server"));
    else
        m_program = file.isFile() && file.isExecutable() ? program : QString();
    setState(m_program.isEmpty() ? State::NotFound : State::Stopped);
}

bool LlamaServer::isRunning() const
{
    return m_state == State::Starting || m_state == State::Ready || m_state == State::Stopping;
}

void LlamaServer::start(const Options &options)
{
    if (isRunning() || m_state == State::NotFound)
        return;
    m_options = options;
    m_log.clear();
    m_attempts = 0;
    QString refusal = modelFileProblem(options.modelFile);
    if (refusal.isEmpty())
        refusal = argumentsProblem(options.arguments);
    if (!refusal.isEmpty())
        fail(refusal);
    else
        launch();
}

void LlamaServer::launch()
{
    ++m_attempts;
    m_port = m_pickPort();
    if (m_port == 0) {
        fail(tr("There is no free port on this machine."));
        return;
    }
    m_key = randomKey(keySize);
    QStringList arguments {QStringLiteral("--model"), m_options.modelFile};
    if (m_options.contextSize > 0)
        arguments << QStringLiteral("--ctx-size") << QString::number(m_options.contextSize);
    arguments << m_options.arguments << QStringLiteral("--host") << QStringLiteral("127.0.0.1")
              << QStringLiteral("--port") << QString::number(m_port);
    setState(State::Starting);
    m_health.start(m_port);
    // The key goes by the environment: everybody on the machine can read a command line.
    m_process.start(m_program, arguments, {{QStringLiteral("LLAMA_API_KEY"), QString::fromLatin1(m_key.reveal())}});
}

void LlamaServer::stop()
{
    if (m_state != State::Starting && m_state != State::Ready)
        return;
    m_health.stop();
    setState(State::Stopping);
    m_process.stop();
}

void LlamaServer::takeEnd(const QString &how)
{
    m_health.stop();
    if (const QStringList lines = m_log.flush(); !lines.isEmpty())
        Q_EMIT logged(lines);
    if (m_state == State::Stopping)
        setState(State::Stopped);
    else if (m_state == State::Starting && m_attempts < maxAttempts && isPortTaken())
        launch();
    else if (m_state == State::Starting)
        fail(failureText(tr("llama-server did not get ready. %1").arg(how), m_log));
    else
        fail(failureText(tr("llama-server stopped by itself. %1").arg(how), m_log));
}

bool LlamaServer::isPortTaken() const
{
    static const QRegularExpression words(
        QStringLiteral("\\bbind\\b|address already in use"), QRegularExpression::CaseInsensitiveOption);
    return m_log.tail(quotedLines).join(u'\n').contains(words);
}

void LlamaServer::fail(const QString &problem)
{
    m_problem = problem;
    m_state = State::Failed;
    Q_EMIT stateChanged();
}

void LlamaServer::setState(State state)
{
    m_problem.clear();
    if (m_state == state)
        return;
    m_state = state;
    Q_EMIT stateChanged();
}

Endpoint LlamaServer::endpoint() const
{
    Endpoint endpoint;
    endpoint.id = QLatin1String(endpointId);
    endpoint.name = tr("%1 (llama-server)").arg(QFileInfo(m_options.modelFile).completeBaseName());
    endpoint.kind = Endpoint::Kind::OpenAiCompatible;
    endpoint.variant = QStringLiteral("llamacpp");
    endpoint.baseUrl = QUrl(QStringLiteral("http://127.0.0.1:%1/v1").arg(m_port));
    endpoint.auth = Endpoint::Auth::Bearer;
    endpoint.credential = m_key;
    endpoint.connection.proxy.mode = ProxyOptions::Mode::None;
    return endpoint;
}

quint16 freeLoopbackPort()
{
    QTcpServer server;
    return server.listen(QHostAddress::LocalHost) ? server.serverPort() : quint16(0);
}

QString modelFileProblem(const QString &path)
{
    if (path.isEmpty())
        return LlamaServer::tr("Choose a model file.");
    QFile file(path);
    if (!file.exists())
        return LlamaServer::tr("There is no file %1.").arg(path);
    if (!file.open(QIODevice::ReadOnly))
        return LlamaServer::tr("%1 can not be read: %2.").arg(path, file.errorString());
    if (file.read(4) != "GGUF")
        return LlamaServer::tr("%1 is not a GGUF file: llama.cpp can not read it.").arg(path);
    return {};
}

QString argumentsProblem(const QStringList &arguments)
{
    static const QStringList ours {QStringLiteral("--host"), QStringLiteral("--port"), QStringLiteral("-m"),
        QStringLiteral("--model"), QStringLiteral("--api-key"), QStringLiteral("--api-key-file")};
    for (const QString &argument : arguments) {
        if (ours.contains(argument.section(u'=', 0, 0)))
            return LlamaServer::tr("%1 is decided here: leave it out of the further arguments.").arg(argument);
    }
    return {};
}

} // namespace diptych
