// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/provider.h"

#include <QElapsedTimer>
#include <QObject>

#include <deque>
#include <memory>
#include <vector>

namespace diptych {

/// Embeds many texts with one model: in batches, two requests in flight, equal texts sent once. Keeps the contract of
/// Reply: starts when the event loop runs again, `finished()` once (once more after every `resume()`), destroying
/// cancels. A batch that the endpoint finds too large (413, 400 or 422 about the input) is halved, down to one text.
/// After a failure what was embedded is kept and `resume()` asks only for the rest.
class EmbeddingRun : public QObject
{
    Q_OBJECT
public:
    struct Options {
        int batchSize = 64; ///< texts per request, at least 1
        int parallel = 2; ///< requests in flight, at least 1
    };

    /// `request.input` holds all texts; its other members go into every request. `provider` must outlive the run.
    EmbeddingRun(Provider &provider, EmbeddingRequest request, const Options &options, QObject *parent = nullptr);
    EmbeddingRun(Provider &provider, EmbeddingRequest request, QObject *parent = nullptr);
    ~EmbeddingRun() override;

    /// Ends in Error::Kind::Cancelled; what was embedded is kept. No effect when finished.
    void cancel();
    /// Asks for what is missing after a failure. No effect while running or when nothing is missing.
    void resume();

    [[nodiscard]] bool isFinished() const { return m_finished; }
    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }
    /// Rows in the order of the texts; zeros where a text is not embedded yet (see `hasRow`). Usage is the sum.
    [[nodiscard]] const EmbeddingResponse &response() const { return m_response; }
    [[nodiscard]] Result<EmbeddingResponse> result() const;
    [[nodiscard]] bool hasRow(int item) const;
    [[nodiscard]] int done() const { return m_done; } ///< texts embedded, repeated ones counted each
    [[nodiscard]] int total() const { return static_cast<int>(m_request.input.size()); }
    [[nodiscard]] int requestCount() const { return m_requestCount; } ///< sent so far
    [[nodiscard]] std::chrono::milliseconds elapsed() const; ///< spent asking, waits between failures not counted

Q_SIGNALS:
    /// A request was made; the reply is valid until it finishes.
    void replyStarted(diptych::Reply *reply, const diptych::EmbeddingRequest &request);
    void progressChanged(int done, int total);
    void finished();

private:
    /// A stretch of m_unique.
    struct Batch {
        std::size_t first = 0;
        std::size_t count = 0;
    };
    struct InFlight {
        Batch batch {};
        std::unique_ptr<EmbeddingReply> reply {};
    };

    void collectUniqueTexts();
    void startSoon();
    void fill();
    [[nodiscard]] Batch takeBatch();
    void send(const Batch &batch);
    void receive(EmbeddingReply *reply);
    [[nodiscard]] std::optional<Error> check(const EmbeddingResponse &answer, const Batch &batch) const;
    void store(const EmbeddingResponse &answer, const Batch &batch);
    void handleFailure(const Error &error, const Batch &batch);
    void end(std::optional<Error> error);

    Provider &m_provider;
    EmbeddingRequest m_request;
    Options m_options;
    std::vector<std::vector<int>> m_unique; ///< per different text: where it stands in the input
    std::vector<bool> m_hasRow; ///< per item of m_unique
    std::vector<std::size_t> m_uniqueOf; ///< per text of the input
    std::deque<Batch> m_pending;
    std::vector<InFlight> m_inFlight;
    EmbeddingResponse m_response;
    std::optional<Error> m_error;
    QElapsedTimer m_clock;
    std::chrono::milliseconds m_elapsed {0};
    int m_done = 0;
    int m_requestCount = 0;
    bool m_finished = false;
};

} // namespace diptych
