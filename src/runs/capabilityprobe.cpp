// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/capabilityprobe.h"

#include "api/capabilitybook.h"

#include <QPointer>
#include <QTimer>

#include <algorithm>

namespace diptych {

namespace {

/// True for failures after which no other question makes sense now.
bool endsTheRun(const Error &error)
{
    switch (error.kind) {
    case Error::Kind::Authentication:
    case Error::Kind::RateLimited:
    case Error::Kind::Network:
    case Error::Kind::Tls:
        return true;
    default:
        return false;
    }
}

bool isAboutMaxTokens(const Error &error)
{
    const bool refused = error.kind == Error::Kind::Unsupported || error.kind == Error::Kind::InvalidRequest;
    return refused && error.httpStatus != 0
        && (error.parameter == QLatin1String("max_tokens") || error.message.contains(QLatin1String("max_tokens")));
}

const std::optional<Usage> *usageOf(const ProbeAnswer &answer)
{
    if (const auto *chat = std::get_if<ChatResponse>(&answer.response))
        return &chat->usage;
    if (const auto *completion = std::get_if<CompletionResponse>(&answer.response))
        return &completion->usage;
    if (const auto *embedding = std::get_if<EmbeddingResponse>(&answer.response))
        return &embedding->usage;
    return nullptr;
}

void add(std::optional<qint64> &sum, const std::optional<qint64> &part)
{
    if (part)
        sum = sum.value_or(0) + *part;
}

QString routeOf(const Exchange &exchange)
{
    return QStringLiteral("%1 %2").arg(QString::fromLatin1(exchange.method), exchange.url.path()).trimmed();
}

} // namespace

CapabilityProbe::CapabilityProbe(
    Provider &provider, ModelRef model, ProbePlan plan, CapabilityBook *book, QObject *parent)
    : QObject(parent)
    , m_provider(provider)
    , m_model(std::move(model))
    , m_plan(std::move(plan))
    , m_book(book)
{
    std::erase_if(m_plan, [](const Probe &probe) { return !probe.isSelected || probe.calls.empty(); });
    QTimer::singleShot(0, this, &CapabilityProbe::askNext);
}

CapabilityProbe::~CapabilityProbe() = default;

void CapabilityProbe::cancel()
{
    end(Error {.kind = Error::Kind::Cancelled, .message = tr("Stopped.")});
}

CapabilityState::State CapabilityProbe::stateOf(const QString &ability) const
{
    const auto known = std::find_if(m_findings.rbegin(), m_findings.rend(),
        [&ability](const ProbeFinding &finding) { return finding.ability == ability; });
    return known == m_findings.rend() ? CapabilityState::State::Unknown : known->state.state;
}

void CapabilityProbe::askNext()
{
    if (m_isFinished)
        return;
    while (m_next < m_plan.size() && !current().base.isEmpty()
        && stateOf(current().base) == CapabilityState::State::Refused)
        ++m_next;
    if (m_next == m_plan.size()) {
        end({});
        return;
    }
    m_answers.clear();
    ask(current().calls.front());
}

void CapabilityProbe::ask(const ProbeCall &call)
{
    m_pieces = 0;
    const auto keep = [this](auto reply) {
        auto *raw = reply.get();
        m_reply = std::move(reply);
        m_read = [this, raw] {
            return ProbeAnswer {.response = raw->response(),
                .pieces = m_pieces,
                .changeLog = raw->changeLog(),
                .route = routeOf(raw->exchange())};
        };
    };
    std::visit(
        [this, &keep](const auto &request) {
            using Request = std::decay_t<decltype(request)>;
            if constexpr (std::is_same_v<Request, InfoCall>) {
                keep(m_provider.info(request.model));
            } else if constexpr (std::is_same_v<Request, ChatRequest>) {
                auto reply = m_provider.chat(request);
                connect(reply.get(), &ChatReply::deltaReceived, this, [this](const ChatDelta &delta) {
                    m_pieces += delta.text.isEmpty() && delta.reasoning.isEmpty() ? 0 : 1;
                });
                keep(std::move(reply));
            } else if constexpr (std::is_same_v<Request, CompletionRequest>) {
                keep(m_provider.complete(request));
            } else if constexpr (std::is_same_v<Request, EmbeddingRequest>) {
                keep(m_provider.embed(request));
            } else {
                keep(m_provider.embedImages(request));
            }
        },
        call);
    connect(m_reply.get(), &Reply::finished, this, &CapabilityProbe::receive);
    // Waiting out a rate limit would only spend what is left of it on our questions.
    connect(m_reply.get(), &Reply::retryScheduled, this, [this](const Error &error) {
        if (endsTheRun(error))
            end(error);
    });
    Q_EMIT replyStarted(m_reply.get(), current().ability);
}

void CapabilityProbe::receive()
{
    if (m_isFinished)
        return;
    // Lives on: we are in its slot, and others who were told of it wait for its end after us.
    Reply *const done = m_reply.release();
    done->deleteLater();
    if (const std::optional<Error> error = done->error())
        takeFailure(*error);
    else
        takeSuccess();
}

void CapabilityProbe::takeSuccess()
{
    m_answers.push_back(m_read());
    if (const auto *usage = usageOf(m_answers.back()); usage && *usage) {
        add(m_usage.promptTokens, (*usage)->promptTokens);
        add(m_usage.completionTokens, (*usage)->completionTokens);
    }
    if (m_answers.size() < current().calls.size()) {
        ask(current().calls[m_answers.size()]);
        return;
    }
    const QPointer<CapabilityProbe> self(this);
    for (const ProbeFinding &finding : judge(current(), m_answers)) {
        if (self && !m_isFinished)
            note(finding);
    }
    if (self)
        finishProbe();
}

void CapabilityProbe::takeFailure(const Error &error)
{
    if (endsTheRun(error) || error.kind == Error::Kind::Cancelled) {
        end(error);
        return;
    }
    if (asksAgainWithOtherLimit(error))
        return;
    const QPointer<CapabilityProbe> self(this);
    const ProbeFinding finding = judge(current(), error, stateOf(current().base) == CapabilityState::State::Supported);
    note(finding, finding.state.state != CapabilityState::State::Unknown);
    if (self)
        finishProbe();
}

bool CapabilityProbe::asksAgainWithOtherLimit(const Error &error)
{
    if (m_usesCompletionLimit || current().ability == QLatin1String("max_tokens") || !isAboutMaxTokens(error))
        return false;
    m_usesCompletionLimit = true;
    limitWithCompletionTokens(m_plan);
    const QPointer<CapabilityProbe> self(this);
    CapabilityState refusal = refusalOf(error, CapabilityState::Source::Probed);
    note({QStringLiteral("max_tokens"), refusal});
    if (self && !m_isFinished)
        askNext();
    return true;
}

void CapabilityProbe::note(ProbeFinding finding, bool isNews)
{
    finding.state.seenAt = QDateTime::currentDateTimeUtc();
    m_findings.push_back(finding);
    const QPointer<CapabilityProbe> self(this);
    const bool isKnown =
        m_book && m_book->capabilities(m_model).value(finding.ability).state != CapabilityState::State::Unknown;
    if (m_book && (isNews || !isKnown))
        m_book->note(m_model, finding.ability, finding.state);
    if (self)
        Q_EMIT found(finding);
}

void CapabilityProbe::finishProbe()
{
    if (m_isFinished)
        return;
    ++m_next;
    const QPointer<CapabilityProbe> self(this);
    Q_EMIT progressChanged(done(), total());
    // Not from here: the reply that brought us is still above us on the stack.
    if (self && !m_isFinished)
        QTimer::singleShot(0, this, &CapabilityProbe::askNext);
}

void CapabilityProbe::end(std::optional<Error> error)
{
    if (m_isFinished)
        return;
    m_isFinished = true;
    m_error = std::move(error);
    if (m_reply) {
        m_reply->disconnect(this);
        m_reply.reset();
    }
    Q_EMIT finished();
}

} // namespace diptych
