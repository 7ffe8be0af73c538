// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/endpoint.h"
#include "engines/enginelog.h"
#include "engines/guardedprocess.h"
#include "engines/healthcheck.h"

#include <functional>

namespace diptych {

/// llama.cpp's server, started here with a model file on a free port of the loopback interface, behind a key of its
/// own, and ended with us.
class LlamaServer : public QObject
{
    Q_OBJECT
public:
    enum class State {
        NotFound, ///< the program is not there
        Stopped,
        Starting, ///< loading the model, which may take minutes
        Ready,
        Stopping,
        Failed, ///< see problem()
    };
    Q_ENUM(State)

    struct Options {
        QString modelFile {}; ///< .gguf
        int contextSize = 0; ///< tokens; 0: the model's own
        QStringList arguments {}; ///< further ones, as they are; must not say where to listen, which model or which key
        bool operator==(const Options &) const = default;
    };

    explicit LlamaServer(QObject *parent = nullptr);
    ~LlamaServer() override; ///< ends the server

    /// Empty: looked for on PATH. No effect while it runs.
    void setProgram(const QString &program);
    [[nodiscard]] const QString &program() const { return m_program; } ///< empty: not found
    /// Chooses the port for the next attempt; tests put their own here. 0: there is none.
    void setPortPicker(std::function<quint16()> picker) { m_pickPort = std::move(picker); }
    void setStopGrace(std::chrono::milliseconds grace) { m_process.setGrace(grace); }

    /// Checks the file and starts; Ready or Failed follows. No effect while it runs.
    void start(const Options &options);
    void stop();

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] bool isRunning() const;
    [[nodiscard]] const QString &problem() const { return m_problem; } ///< what went wrong, with the last log lines
    [[nodiscard]] const Options &options() const { return m_options; } ///< of the last start
    [[nodiscard]] const EngineLog &log() const { return m_log; }
    [[nodiscard]] qint64 processId() const { return m_process.processId(); }
    /// How to reach it while it is Ready: id `endpointId`, with its key. Not meant to be stored.
    [[nodiscard]] Endpoint endpoint() const;

    static constexpr const char *endpointId = "llama-server";

Q_SIGNALS:
    void stateChanged();
    void logged(const QStringList &lines);

private:
    void launch();
    void setState(State state);
    void fail(const QString &problem);
    void takeEnd(const QString &how);
    [[nodiscard]] bool isPortTaken() const;

    GuardedProcess m_process;
    HealthCheck m_health;
    EngineLog m_log;
    std::function<quint16()> m_pickPort;
    QString m_program;
    Options m_options;
    Secret m_key;
    State m_state = State::NotFound;
    QString m_problem;
    quint16 m_port = 0;
    int m_attempts = 0;
};

/// A port of the loopback interface on which nobody listens; 0: there is none.
[[nodiscard]] quint16 freeLoopbackPort();
/// Why a file can not be a model of llama.cpp; empty when it may be one. Reads four bytes.
/// Source: the GGUF specification, magic number.
[[nodiscard]] QString modelFileProblem(const QString &path);
/// Why further arguments are refused; empty when they are fine.
[[nodiscard]] QString argumentsProblem(const QStringList &arguments);

} // namespace diptych
