// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/embeddingrun.h"

#include <QHash>
#include <QPointer>
#include <QTimer>

#include <algorithm>
#include <numeric>

namespace diptych {

namespace {

/// True when fewer texts in one request may help.
bool isTooMuch(const Error &error)
{
    if (error.httpStatus == 413)
        return true;
    const bool aboutInput = error.parameter.isEmpty() || error.parameter.startsWith(QLatin1String("input"));
    const bool refused = error.httpStatus == 400 || error.httpStatus == 422 || error.httpStatus == 0;
    return error.kind == Error::Kind::InvalidRequest && aboutInput && refused;
}

void add(std::optional<qint64> &sum, const std::optional<qint64> &part)
{
    if (part)
        sum = sum.value_or(0) + *part;
}

void add(std::optional<Usage> &sum, const std::optional<Usage> &part)
{
    if (!part)
        return;
    if (!sum)
        sum = Usage {.source = part->source};
    add(sum->promptTokens, part->promptTokens);
    add(sum->completionTokens, part->completionTokens);
    add(sum->totalTokens, part->totalTokens);
}

} // namespace

EmbeddingRun::EmbeddingRun(Provider &provider, EmbeddingRequest request, const Options &options, QObject *parent)
    : QObject(parent)
    , m_provider(provider)
    , m_request(std::move(request))
    , m_options(options)
{
    collectUniqueTexts();
    startSoon();
}

EmbeddingRun::EmbeddingRun(Provider &provider, EmbeddingRequest request, QObject *parent)
    : EmbeddingRun(provider, std::move(request), Options {}, parent)
{
}

EmbeddingRun::~EmbeddingRun() = default;

void EmbeddingRun::collectUniqueTexts()
{
    QHash<QString, std::size_t> known;
    for (int item = 0; item < total(); ++item) {
        const QString &text = m_request.input[item];
        const auto found = known.constFind(text);
        if (found != known.constEnd()) {
            m_unique[*found].push_back(item);
            m_uniqueOf.push_back(*found);
            continue;
        }
        known.insert(text, m_unique.size());
        m_uniqueOf.push_back(m_unique.size());
        m_unique.push_back({item});
    }
    m_hasRow.resize(m_unique.size());
    if (!m_unique.empty())
        m_pending.push_back({0, m_unique.size()});
}

void EmbeddingRun::startSoon()
{
    QTimer::singleShot(0, this, [this] {
        if (m_finished)
            return;
        m_clock.start();
        if (total() == 0)
            end(Error {.kind = Error::Kind::InvalidRequest, .message = tr("There is nothing to embed.")});
        else
            fill();
    });
}

void EmbeddingRun::cancel()
{
    if (!m_finished)
        end(Error {.kind = Error::Kind::Cancelled, .message = tr("Stopped.")});
}

void EmbeddingRun::resume()
{
    if (!m_finished || m_pending.empty())
        return;
    m_finished = false;
    m_error.reset();
    startSoon();
}

Result<EmbeddingResponse> EmbeddingRun::result() const
{
    if (m_error)
        return Failure(*m_error);
    return m_response;
}

bool EmbeddingRun::hasRow(int item) const
{
    return item >= 0 && item < total() && m_hasRow[m_uniqueOf[static_cast<std::size_t>(item)]];
}

std::chrono::milliseconds EmbeddingRun::elapsed() const
{
    return m_clock.isValid() ? m_elapsed + std::chrono::milliseconds(m_clock.elapsed()) : m_elapsed;
}

void EmbeddingRun::fill()
{
    const QPointer<EmbeddingRun> self(this);
    while (self && !m_finished && !m_pending.empty()
        && static_cast<int>(m_inFlight.size()) < std::max(m_options.parallel, 1))
        send(takeBatch());
    if (self && !m_finished && m_inFlight.empty() && m_pending.empty())
        end({});
}

EmbeddingRun::Batch EmbeddingRun::takeBatch()
{
    Batch &front = m_pending.front();
    const Batch batch {front.first, std::min(front.count, static_cast<std::size_t>(std::max(m_options.batchSize, 1)))};
    front.first += batch.count;
    front.count -= batch.count;
    if (front.count == 0)
        m_pending.pop_front();
    return batch;
}

void EmbeddingRun::send(const Batch &batch)
{
    EmbeddingRequest request = m_request;
    request.input.clear();
    for (std::size_t i = 0; i < batch.count; ++i)
        request.input.append(m_request.input[m_unique[batch.first + i].front()]);
    auto reply = m_provider.embed(request);
    EmbeddingReply *raw = reply.get();
    connect(raw, &Reply::finished, this, [this, raw] { receive(raw); });
    m_inFlight.push_back({batch, std::move(reply)});
    ++m_requestCount;
    Q_EMIT replyStarted(raw, request);
}

void EmbeddingRun::receive(EmbeddingReply *reply)
{
    const auto found = std::find_if(m_inFlight.begin(), m_inFlight.end(),
        [reply](const InFlight &candidate) { return candidate.reply.get() == reply; });
    if (m_finished || found == m_inFlight.end())
        return;
    const InFlight arrived = std::move(*found); // lives until the end of this function: we are in its slot
    m_inFlight.erase(found);
    std::optional<Error> error = arrived.reply->error();
    if (!error)
        error = check(arrived.reply->response(), arrived.batch);
    if (error) {
        handleFailure(*error, arrived.batch);
        return;
    }
    store(arrived.reply->response(), arrived.batch);
    const QPointer<EmbeddingRun> self(this);
    Q_EMIT progressChanged(m_done, total());
    if (self && !m_finished)
        fill();
}

std::optional<Error> EmbeddingRun::check(const EmbeddingResponse &answer, const Batch &batch) const
{
    if (answer.dimensions <= 0 || answer.count() != static_cast<int>(batch.count)) {
        return Error {.kind = Error::Kind::Protocol,
            .message = tr("Asked for %1 embeddings, received %2.").arg(batch.count).arg(answer.count())};
    }
    if (m_response.dimensions != 0 && answer.dimensions != m_response.dimensions) {
        return Error {.kind = Error::Kind::Protocol,
            .message = tr("The number of dimensions changed from %1 to %2 between two requests.")
                           .arg(m_response.dimensions)
                           .arg(answer.dimensions)};
    }
    return {};
}

void EmbeddingRun::store(const EmbeddingResponse &answer, const Batch &batch)
{
    const auto width = static_cast<std::size_t>(answer.dimensions);
    if (m_response.dimensions == 0) {
        m_response.id = answer.id;
        m_response.model = answer.model;
        m_response.format = answer.format;
        m_response.dimensions = answer.dimensions;
        m_response.values.resize(m_request.input.size() * static_cast<qsizetype>(width));
    }
    add(m_response.usage, answer.usage);
    for (std::size_t i = 0; i < batch.count; ++i) {
        const auto row = answer.row(static_cast<int>(i));
        m_hasRow[batch.first + i] = true;
        for (const int item : m_unique[batch.first + i]) {
            std::copy(row.begin(), row.end(), m_response.values.begin() + item * answer.dimensions);
            ++m_done;
        }
    }
}

void EmbeddingRun::handleFailure(const Error &error, const Batch &batch)
{
    m_pending.push_front(batch);
    if (batch.count > 1 && isTooMuch(error)) {
        m_options.batchSize = std::min(m_options.batchSize, static_cast<int>(batch.count / 2));
        fill();
        return;
    }
    end(error);
}

void EmbeddingRun::end(std::optional<Error> error)
{
    for (InFlight &dropped : m_inFlight)
        m_pending.push_front(dropped.batch);
    m_inFlight.clear();
    m_elapsed = elapsed();
    m_clock.invalidate();
    m_error = std::move(error);
    m_finished = true;
    Q_EMIT finished();
}

} // namespace diptych
