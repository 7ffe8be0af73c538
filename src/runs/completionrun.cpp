// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/completionrun.h"

#include "api/capabilitybook.h"

#include <QPointer>
#include <QTimer>

#include <algorithm>

namespace diptych {

namespace {

const QLatin1String countField("n");

Error stopped(const QString &message)
{
    return {.kind = Error::Kind::Cancelled, .message = message};
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
    if (part->source == Usage::Source::Estimated)
        sum->source = part->source;
    add(sum->promptTokens, part->promptTokens);
    add(sum->completionTokens, part->completionTokens);
    add(sum->totalTokens, part->totalTokens);
    add(sum->cachedTokens, part->cachedTokens);
    add(sum->reasoningTokens, part->reasoningTokens);
    add(sum->audioTokens, part->audioTokens);
}

/// Characters that a request wrote: without the prompt, where it came back.
qsizetype writtenLength(const CompletionRequest &request, const CompletionResponse &response)
{
    qsizetype length = 0;
    for (const CompletionChoice &choice : response.choices) {
        const bool isEchoed = request.echo.value_or(false) && choice.text.startsWith(request.prompt);
        length += choice.text.size() - (isEchoed ? request.prompt.size() : 0);
    }
    return length;
}

/// Whether what would go out says that the wire format has no n.
bool losesCount(const Result<WirePreview> &preview)
{
    if (!preview)
        return preview.error().kind == Error::Kind::Unsupported && preview.error().parameter == countField;
    const ChangeLog &log = preview->changeLog;
    return std::any_of(log.begin(), log.end(),
        [](const Change &change) { return change.kind == Change::Kind::Dropped && change.field == countField; });
}

} // namespace

CompletionRun::CompletionRun(Connections &connections, const CapabilityBook *book, std::vector<CompletionJob> jobs,
    const Options &options, QObject *parent)
    : QObject(parent)
    , m_connections(connections)
    , m_book(book)
    , m_options(options)
    , m_jobs(std::move(jobs))
    , m_outcomes(m_jobs.size())
{
    connect(&m_connections, &Connections::endpointAboutToChange, this, &CompletionRun::dropEndpoint);
    QTimer::singleShot(0, this, &CompletionRun::planAll);
}

CompletionRun::~CompletionRun() = default;

int CompletionRun::overCount() const
{
    return static_cast<int>(std::count_if(
        m_outcomes.begin(), m_outcomes.end(), [](const CompletionOutcome &outcome) { return outcome.isOver(); }));
}

void CompletionRun::planAll()
{
    const QPointer<CompletionRun> self(this);
    for (int job = 0; self && job < count(); ++job) {
        if (!at(job).isOver())
            plan(job);
    }
    if (self && m_jobs.empty() && !m_finished) {
        m_finished = true;
        Q_EMIT finished();
    } else if (self) {
        fill();
    }
}

void CompletionRun::plan(int index)
{
    const CompletionJob &wanted = job(index);
    const Provider *provider = m_connections.provider(wanted.endpointId);
    if (!provider) {
        fail(
            index, {.kind = Error::Kind::NotFound, .message = tr("The endpoint of this model is not there any more.")});
        return;
    }
    if (wanted.route == CompletionRoute::Chat) {
        at(index).bridge = tr("as you chose");
    } else if (wanted.route == CompletionRoute::Automatic) {
        const Capabilities known = m_book ? m_book->capabilities(wanted.model()) : Capabilities();
        at(index).bridge = reasonForChat(*provider, wanted.request, m_connections.findModel(wanted.model()), known);
    }
    const int samples = std::max(wanted.request.sampling.n.value_or(1), 1);
    const QString split = samples > 1 ? reasonToSplit(index) : QString();
    if (split.isEmpty()) {
        m_waiting.push_back({.job = index, .samples = samples});
        return;
    }
    ChangeLog &changes = at(index).changes;
    changes.push_back({.kind = Change::Kind::Converted,
        .field = countField,
        .reason = tr("%1 requests of one answer each: %2").arg(samples).arg(split)});
    if (wanted.request.sampling.seed)
        changes.push_back({.kind = Change::Kind::Converted,
            .field = QStringLiteral("seed"),
            .wire = QStringLiteral("seed"),
            .reason = tr("counted up from request to request, or all answers would be the same")});
    for (int sample = 0; sample < samples; ++sample)
        m_waiting.push_back({.job = index, .firstSample = sample});
}

QString CompletionRun::reasonToSplit(int index) const
{
    const CompletionJob &wanted = job(index);
    if (wanted.isSplit)
        return tr("as you chose");
    const Provider *provider = m_connections.provider(wanted.endpointId);
    const QString &bridge = m_outcomes[static_cast<std::size_t>(index)].bridge;
    const bool isLost = bridge.isEmpty()
        ? losesCount(provider->preview(wanted.request))
        : losesCount(provider->preview(bridgedToChat(wanted.request, Adaptation::Adapt, bridge).request));
    if (isLost)
        return tr("this wire format has no n");
    const CapabilityState known = m_book ? m_book->capabilities(wanted.model()).value(countField) : CapabilityState();
    return known.state == CapabilityState::State::Refused ? tr("the model refuses n (%1)").arg(known.evidence)
                                                          : QString();
}

bool CompletionRun::hasRoom(const Part &part) const
{
    const QString &endpointId = job(part.job).endpointId;
    const auto there = std::count_if(m_inFlight.begin(), m_inFlight.end(),
        [&](const InFlight &flying) { return job(flying.part.job).endpointId == endpointId; });
    return there < std::max(m_options.perEndpoint, 1);
}

void CompletionRun::fill()
{
    const QPointer<CompletionRun> self(this);
    while (self && !m_finished && static_cast<int>(m_inFlight.size()) < std::max(m_options.parallel, 1)) {
        const auto next =
            std::find_if(m_waiting.begin(), m_waiting.end(), [this](const Part &part) { return hasRoom(part); });
        if (next == m_waiting.end())
            return;
        const Part part = *next;
        m_waiting.erase(next);
        send(part);
    }
}

CompletionRequest CompletionRun::requestOf(const Part &part) const
{
    CompletionRequest request = job(part.job).request;
    const int all = std::max(request.sampling.n.value_or(1), 1);
    if (part.samples == all)
        return request;
    request.sampling.n.reset();
    if (request.sampling.seed)
        *request.sampling.seed += part.firstSample;
    return request;
}

void CompletionRun::send(const Part &part)
{
    Provider *provider = m_connections.provider(job(part.job).endpointId);
    if (!provider) {
        fail(part.job,
            {.kind = Error::Kind::NotFound, .message = tr("The endpoint of this model is not there any more.")});
        return;
    }
    CompletionOutcome &outcome = at(part.job);
    InFlight flying {.part = part, .request = requestOf(part), .isBridged = !outcome.bridge.isEmpty()};
    if (flying.isBridged)
        flying.reply = std::make_unique<BridgedCompletionReply>(*provider, flying.request, outcome.bridge);
    else
        flying.reply = provider->complete(flying.request);
    CompletionReply *raw = flying.reply.get();
    connect(
        raw, &CompletionReply::deltaReceived, this, [this, raw](const CompletionDelta &delta) { take(raw, delta); });
    connect(raw, &Reply::finished, this, [this, raw] { receive(raw); });
    connect(raw, &Reply::retryScheduled, this,
        [this, index = part.job](const Error &error, int attempt, std::chrono::milliseconds delay) {
            Q_EMIT retryScheduled(index, error, attempt, delay);
        });
    if (part.firstSample == 0)
        outcome.changes.insert(outcome.changes.end(), raw->changeLog().begin(), raw->changeLog().end());
    outcome.state = CompletionOutcome::State::Running;
    ++outcome.requests;
    const CompletionRequest request = flying.request;
    m_inFlight.push_back(std::move(flying));
    const QPointer<CompletionRun> self(this);
    Q_EMIT replyStarted(part.job, raw, request);
    if (self)
        Q_EMIT outcomeChanged(part.job);
}

void CompletionRun::take(const CompletionReply *reply, const CompletionDelta &delta)
{
    const auto found = std::find_if(m_inFlight.begin(), m_inFlight.end(),
        [reply](const InFlight &candidate) { return candidate.reply.get() == reply; });
    if (found == m_inFlight.end())
        return;
    CompletionDelta piece = delta;
    piece.usage.reset(); // summed when the request is over
    if (piece.choice >= 0)
        piece.choice += found->part.firstSample;
    found->hasText = found->hasText || !piece.text.isEmpty();
    const int index = found->part.job;
    append(at(index).response, piece);
    Q_EMIT deltaReceived(index, piece);
}

bool CompletionRun::takeDetour(const InFlight &arrived)
{
    const std::optional<Error> &error = arrived.reply->error();
    const int index = arrived.part.job;
    if (!error || arrived.isBridged || arrived.hasText || job(index).route != CompletionRoute::Automatic
        || !refusesCompletion(*error))
        return false;
    CompletionOutcome &outcome = at(index);
    const ChangeLog &refused = arrived.reply->changeLog();
    // The lines of the request that was refused make room for those of the chat.
    if (outcome.changes.size() >= refused.size()
        && std::equal(refused.rbegin(), refused.rend(), outcome.changes.rbegin()))
        outcome.changes.resize(outcome.changes.size() - refused.size());
    const QString status = error->httpStatus > 0 ? tr("HTTP %1: ").arg(error->httpStatus) : QString();
    outcome.bridge = tr("the completion route refused (%1%2)").arg(status, error->message.simplified().left(200));
    m_waiting.push_front(arrived.part);
    return true;
}

void CompletionRun::receive(const CompletionReply *reply)
{
    const auto found = std::find_if(m_inFlight.begin(), m_inFlight.end(),
        [reply](const InFlight &candidate) { return candidate.reply.get() == reply; });
    if (found == m_inFlight.end())
        return;
    const InFlight arrived = std::move(*found); // lives until the end of this function: we are in its slot
    m_inFlight.erase(found);
    const QPointer<CompletionRun> self(this);
    if (!takeDetour(arrived)) {
        record(arrived);
        closeIfOver(arrived.part.job);
    }
    if (self && !m_finished)
        fill();
}

void CompletionRun::record(const InFlight &arrived)
{
    CompletionOutcome &outcome = at(arrived.part.job);
    const CompletionResponse &answer = arrived.reply->response();
    const auto *bridged = qobject_cast<const BridgedCompletionReply *>(arrived.reply.get());
    const qsizetype thought = bridged ? bridged->reasoningLength() : 0;
    const AnswerMetrics metrics = measure(arrived.reply->exchange(), answer.usage, arrived.request.prompt.size(),
        writtenLength(arrived.request, answer) + thought, thought);
    add(outcome.response.usage, metrics.usage);
    outcome.metrics.push_back(metrics);
    const QString note = tr("The model thought before it wrote; its thoughts are not part of the text.");
    if (thought > 0 && !outcome.notes.contains(note))
        outcome.notes.append(note);
    const std::optional<Error> &error = arrived.reply->error();
    if (!error)
        return;
    // What went wrong says more than that somebody stopped the rest.
    if (!outcome.error || outcome.error->kind == Error::Kind::Cancelled)
        outcome.error = error;
    // The next request of the same job would fare no better.
    std::erase_if(m_waiting, [&arrived](const Part &part) { return part.job == arrived.part.job; });
}

QStringList CompletionRun::remarks(int index) const
{
    const CompletionRequest &asked = job(index).request;
    const CompletionOutcome &outcome = m_outcomes[static_cast<std::size_t>(index)];
    const std::vector<CompletionChoice> &choices = outcome.response.choices;
    QStringList remarks;
    if (outcome.state != CompletionOutcome::State::Done)
        return remarks;
    const int wanted = asked.sampling.n.value_or(1);
    if (static_cast<int>(choices.size()) < wanted)
        remarks.append(tr("Asked for %1 samples, %2 came.").arg(wanted).arg(choices.size()));
    const bool hasLogprobs = std::any_of(
        choices.begin(), choices.end(), [](const CompletionChoice &choice) { return !choice.logprobs.empty(); });
    const bool hasText = std::any_of(
        choices.begin(), choices.end(), [](const CompletionChoice &choice) { return !choice.text.isEmpty(); });
    if (asked.logprobs && hasText && !hasLogprobs)
        remarks.append(tr("logprobs was asked for, but the answer has none."));
    if (asked.echo.value_or(false) && outcome.bridge.isEmpty() && hasText
        && std::none_of(choices.begin(), choices.end(),
            [&asked](const CompletionChoice &choice) { return choice.text.startsWith(asked.prompt); }))
        remarks.append(tr("echo was asked for, but the prompt did not come back."));
    return remarks;
}

void CompletionRun::closeIfOver(int index)
{
    CompletionOutcome &outcome = at(index);
    const auto isOfJob = [index](const auto &part) { return part.job == index; };
    if (outcome.isOver() || std::any_of(m_waiting.begin(), m_waiting.end(), isOfJob)
        || std::any_of(
            m_inFlight.begin(), m_inFlight.end(), [&isOfJob](const InFlight &flying) { return isOfJob(flying.part); }))
        return;
    using State = CompletionOutcome::State;
    if (!outcome.error)
        outcome.state = State::Done;
    else
        outcome.state = outcome.error->kind == Error::Kind::Cancelled ? State::Stopped : State::Failed;
    outcome.notes.append(remarks(index));
    const bool wasLast = !m_finished && overCount() == count();
    m_finished = m_finished || wasLast;
    const QPointer<CompletionRun> self(this);
    Q_EMIT outcomeChanged(index);
    if (self && wasLast)
        Q_EMIT finished();
}

void CompletionRun::fail(int index, Error error)
{
    std::erase_if(m_waiting, [index](const Part &part) { return part.job == index; });
    if (!at(index).error)
        at(index).error = std::move(error);
    closeIfOver(index);
}

void CompletionRun::cancel(int index)
{
    if (index < 0 || index >= count() || at(index).isOver())
        return;
    std::erase_if(m_waiting, [index](const Part &part) { return part.job == index; });
    std::vector<QPointer<CompletionReply>> replies;
    for (const InFlight &flying : m_inFlight) {
        if (flying.part.job == index)
            replies.emplace_back(flying.reply.get());
    }
    const QPointer<CompletionRun> self(this);
    for (const QPointer<CompletionReply> &reply : replies) {
        if (self && reply)
            reply->cancel(); // comes back through receive()
    }
    if (self && !at(index).isOver())
        fail(index, stopped(tr("Stopped.")));
}

void CompletionRun::cancel()
{
    // Nothing new may start while the others are being stopped.
    m_waiting.clear();
    const QPointer<CompletionRun> self(this);
    for (int index = 0; self && index < count(); ++index)
        cancel(index);
}

void CompletionRun::retry(int index, CompletionRoute route)
{
    if (index < 0 || index >= count() || !at(index).isOver())
        return;
    m_jobs[static_cast<std::size_t>(index)].route = route;
    at(index) = {};
    m_finished = false;
    const QPointer<CompletionRun> self(this);
    plan(index);
    if (self && !m_finished)
        fill();
    if (self)
        Q_EMIT outcomeChanged(index);
}

void CompletionRun::retryNow(int index)
{
    for (const InFlight &flying : m_inFlight) {
        if (flying.part.job == index)
            flying.reply->retryNow();
    }
}

void CompletionRun::dropEndpoint(const QString &endpointId)
{
    std::erase_if(m_waiting, [&](const Part &part) { return job(part.job).endpointId == endpointId; });
    const QPointer<CompletionRun> self(this);
    for (int index = 0; self && index < count(); ++index) {
        if (job(index).endpointId == endpointId)
            cancel(index);
    }
}

} // namespace diptych
