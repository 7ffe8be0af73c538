// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/connections.h"
#include "api/metrics.h"
#include "runs/completionbridge.h"

#include <QObject>

#include <deque>
#include <memory>
#include <vector>

namespace diptych {

class CapabilityBook;

/// One text for one model.
struct CompletionJob {
    QString endpointId {};
    CompletionRequest request {}; ///< with the model's name
    CompletionRoute route = CompletionRoute::Automatic;
    /// The n samples are asked for one by one. Done anyway where the model or its wire format is known to refuse n.
    bool isSplit = false;
    bool operator==(const CompletionJob &) const = default;

    [[nodiscard]] ModelRef model() const { return {.endpointId = endpointId, .model = request.model}; }
};

/// What became of a job; what had arrived is kept whatever the end.
struct CompletionOutcome {
    enum class State { Waiting, Running, Done, Stopped, Failed };
    State state = State::Waiting;
    CompletionResponse response {}; ///< a choice for each sample; usage is the sum over all requests
    std::optional<Error> error {}; ///< the first one
    ChangeLog changes {};
    QString bridge {}; ///< why the text went as a chat; empty: it did not
    QStringList notes {}; ///< what else a person should know, one sentence each
    std::vector<AnswerMetrics> metrics {}; ///< of each request that is over
    int requests = 0; ///< sent, those that were refused and asked again as a chat included
    bool operator==(const CompletionOutcome &) const = default;

    [[nodiscard]] bool isOver() const { return state != State::Waiting && state != State::Running; }
};

/// Asks many completions, so many at a time. Starts when the event loop runs again; `finished()` once, after the last
/// job; destroying cancels. Where an endpoint changes or goes, its jobs are stopped. A job that goes as a chat says so
/// in its outcome and in its change log.
class CompletionRun : public QObject
{
    Q_OBJECT
public:
    struct Options {
        int parallel = 4; ///< requests in flight, at least 1
        int perEndpoint = 2; ///< of these with one endpoint, at least 1
    };

    /// `book` may be null; it and `connections` outlive the run.
    CompletionRun(Connections &connections, const CapabilityBook *book, std::vector<CompletionJob> jobs,
        const Options &options, QObject *parent = nullptr);
    ~CompletionRun() override;

    void cancel(); ///< all that is not over; what had arrived is kept
    void cancel(int job);
    /// Asks a job once more, from the start; `finished()` comes again. No effect while it is not over.
    void retry(int job, CompletionRoute route);
    void retryNow(int job); ///< cuts the wait before scheduled retries short

    [[nodiscard]] bool isFinished() const { return m_finished; }
    [[nodiscard]] int count() const { return static_cast<int>(m_jobs.size()); }
    [[nodiscard]] int overCount() const; ///< jobs that are over
    [[nodiscard]] const CompletionJob &job(int index) const { return m_jobs[static_cast<std::size_t>(index)]; }
    [[nodiscard]] const CompletionOutcome &outcome(int index) const
    {
        return m_outcomes[static_cast<std::size_t>(index)];
    }

Q_SIGNALS:
    /// A request was made; the reply is valid until it finishes.
    void replyStarted(int job, diptych::Reply *reply, const diptych::CompletionRequest &request);
    /// A piece for one sample; its choice is the sample's number in the job. Already part of the outcome.
    void deltaReceived(int job, const diptych::CompletionDelta &delta);
    /// The job's state, change log or notes changed.
    void outcomeChanged(int job);
    void retryScheduled(int job, const diptych::Error &error, int attempt, std::chrono::milliseconds delay);
    void finished();

private:
    /// One request of a job.
    struct Part {
        int job = 0;
        int firstSample = 0;
        int samples = 1; ///< that are asked for
    };
    struct InFlight {
        Part part {};
        CompletionRequest request {};
        std::unique_ptr<CompletionReply> reply {};
        bool isBridged = false;
        bool hasText = false;
    };

    void planAll();
    void plan(int job);
    [[nodiscard]] QString reasonToSplit(int job) const;
    void fill();
    [[nodiscard]] bool hasRoom(const Part &part) const;
    [[nodiscard]] CompletionRequest requestOf(const Part &part) const;
    void send(const Part &part);
    void take(const CompletionReply *reply, const CompletionDelta &delta);
    void receive(const CompletionReply *reply);
    /// Asks again as a chat where the route was refused. False: that is no way out.
    bool takeDetour(const InFlight &arrived);
    void record(const InFlight &arrived);
    void closeIfOver(int job);
    [[nodiscard]] QStringList remarks(int job) const;
    void fail(int job, Error error);
    void dropEndpoint(const QString &endpointId);
    CompletionOutcome &at(int job) { return m_outcomes[static_cast<std::size_t>(job)]; }

    Connections &m_connections;
    const CapabilityBook *m_book;
    Options m_options;
    std::vector<CompletionJob> m_jobs;
    std::vector<CompletionOutcome> m_outcomes;
    std::deque<Part> m_waiting;
    std::vector<InFlight> m_inFlight;
    bool m_finished = false;
};

} // namespace diptych
