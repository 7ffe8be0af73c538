// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/connections.h"

#include <QObject>

#include <array>
#include <memory>

namespace diptych {

/// The same request three times at once, with parameters outside the common API refused, left out and passed through:
/// shows what a model makes of them. Keeps nothing.
class ExtrasExperiment : public QObject
{
    Q_OBJECT
public:
    struct Arm {
        enum class State { Idle, Running, Answered, Failed, Cancelled };
        ExtrasMode mode = ExtrasMode::Error;
        State state = State::Idle;
        QString text {}; ///< of the answer so far
        std::optional<Error> error {};
        int status = 0; ///< HTTP; 0: none
        std::optional<std::chrono::microseconds> duration {};
        QByteArray body {}; ///< sent, or about to be; empty: refused before it was sent
        QByteArray header {}; ///< value of extra-parameters; empty: not sent
        ChangeLog changes {};
    };

    explicit ExtrasExperiment(Connections &connections, QObject *parent = nullptr);
    ~ExtrasExperiment() override;

    /// Starts over. Does nothing when the endpoint is unknown. The request's own mode does not matter.
    void start(const ModelRef &model, const ChatRequest &request);
    void cancel();
    [[nodiscard]] bool isRunning() const;
    [[nodiscard]] const std::array<Arm, 3> &arms() const { return m_arms; }

Q_SIGNALS:
    void armChanged(int arm);
    void finished(); ///< all three are over
    void replyStarted(diptych::Reply *reply, const QString &label);

private:
    void startArm(std::size_t index, Provider &provider, ChatRequest request);
    void finishArm(std::size_t index);

    Connections &m_connections;
    ModelRef m_model;
    std::array<Arm, 3> m_arms;
    std::array<std::unique_ptr<ChatReply>, 3> m_replies;
};

/// The request with its last question only at the end: what the model would be asked again. `fallback` becomes the
/// question when there is none.
[[nodiscard]] ChatRequest withLastQuestion(ChatRequest request, const QString &fallback);

} // namespace diptych
