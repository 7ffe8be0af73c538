// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/metrics.h"
#include "api/provider.h"

#include <QObject>

#include <memory>
#include <vector>

namespace diptych {

/// Asks a model the same several times, a few at once. Keeps the contract of Reply: starts when the event loop runs
/// again, `finished()` once, destroying cancels. An answer that fails does not end the run, unless the error says that
/// every other one would fail as well (a refused key, a request that can not be served): then no more are asked.
class RepeatRun : public QObject
{
    Q_OBJECT
public:
    struct Options {
        int count = 5; ///< answers, at least 1
        int parallel = 2; ///< requests in flight, at least 1
    };
    /// One of the answers.
    struct Outcome {
        enum class State { Waiting, Running, Done };
        State state = State::Waiting;
        ChatResponse response {}; ///< what had arrived, when it failed
        std::optional<Error> error {};
        AnswerMetrics metrics {};
    };

    /// `provider` must outlive the run.
    RepeatRun(Provider &provider, ChatRequest request, const Options &options, QObject *parent = nullptr);
    ~RepeatRun() override;

    /// Stops what is under way, keeping what has arrived of it, and asks no more; finished() follows inside the call.
    void cancel();

    [[nodiscard]] bool isFinished() const { return m_finished; }
    /// Why fewer answers were asked than wanted; Cancelled when the user stopped it.
    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }
    [[nodiscard]] const ChatRequest &request() const { return m_request; }
    [[nodiscard]] const std::vector<Outcome> &outcomes() const { return m_outcomes; } ///< in the order of asking
    [[nodiscard]] int total() const { return static_cast<int>(m_outcomes.size()); }
    [[nodiscard]] int done() const { return m_done; } ///< also those that failed

Q_SIGNALS:
    /// The reply is valid until its answerFinished.
    void answerStarted(int index, diptych::ChatReply *reply);
    void deltaReceived(int index, const diptych::ChatDelta &delta);
    void answerFinished(int index);
    void finished();

private:
    struct InFlight {
        std::size_t index = 0;
        std::unique_ptr<ChatReply> reply {};
    };
    void fill();
    void ask(std::size_t index);
    void receive(std::size_t index);
    void end();

    Provider &m_provider;
    ChatRequest m_request;
    qsizetype m_promptLength = 0; ///< characters, for estimates
    int m_parallel;
    std::vector<Outcome> m_outcomes;
    std::vector<InFlight> m_inFlight;
    std::size_t m_next = 0; ///< to be asked
    std::optional<Error> m_error;
    int m_done = 0;
    bool m_finished = false;
};

} // namespace diptych
