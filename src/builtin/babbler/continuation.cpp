// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/babbler/continuation.h"

#include "builtin/sampling.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace diptych {

namespace {

constexpr int defaultMaxTokens = 16;
constexpr double unknownProbability = 1e-7; // of a word that is not in the vocabulary

} // namespace

NgramModel::Token tokenOf(const NgramModel &model, const QString &piece)
{
    const QString word = piece.trimmed();
    if (word.isEmpty())
        return piece.contains(u'\n') ? 0 : NgramModel::unknownToken;
    return model.find(word.front().isLetterOrNumber() ? QString(u' ' % word) : word);
}

Continuation::Continuation(
    std::shared_ptr<const NgramModel> model, int order, const CompletionRequest &request, int index)
    : m_model(std::move(model))
    , m_order(order)
    , m_prompt(ngramPieces(request.prompt))
    , m_index(index)
    , m_most(request.sampling.maxTokens.value_or(defaultMaxTokens))
    , m_stop(request.sampling.stop.value_or(QStringList()))
    , m_alternatives(request.logprobs)
    , m_sampler(request.sampling, index)
    , m_context {0}
    , m_blankBefore(request.prompt.isEmpty() || request.prompt.back().isSpace())
{
    if (request.echo.value_or(false))
        return;
    m_echoed = static_cast<qsizetype>(m_prompt.size());
    for (const QString &piece : m_prompt) {
        if (!piece.trimmed().isEmpty() || piece.contains(u'\n'))
            m_context.push_back(tokenOf(*m_model, piece));
    }
}

std::optional<CompletionDelta> Continuation::next()
{
    if (m_over)
        return {};
    CompletionDelta delta {.choice = m_index};
    if (m_echoed < static_cast<qsizetype>(m_prompt.size())) {
        echoPrompt(delta);
        return delta;
    }
    if (m_drawn >= m_most) {
        finish(delta, m_text.size(), QStringLiteral("length"));
        return delta;
    }
    drawToken();
    const qsizetype stop = firstStop(m_text, m_stop, m_released);
    if (stop >= 0)
        finish(delta, stop, QStringLiteral("stop"));
    else if (m_drawn >= m_most)
        finish(delta, m_text.size(), QStringLiteral("length"));
    else
        release(delta, safeEnd());
    return delta;
}

void Continuation::echoPrompt(CompletionDelta &delta)
{
    const QString &piece = m_prompt[static_cast<std::size_t>(m_echoed++)];
    const NgramModel::Token token = tokenOf(*m_model, piece);
    delta.text = piece;
    if (m_alternatives) {
        if (m_echoed == 1)
            delta.logprobs = {TokenLogprob {.token = piece, .bytes = piece.toUtf8()}};
        else
            delta.logprobs = {logprob(piece, token, m_model->distribution(m_context, m_order))};
    }
    if (!piece.trimmed().isEmpty() || piece.contains(u'\n'))
        m_context.push_back(token);
}

void Continuation::drawToken()
{
    const std::vector<float> distribution = m_model->distribution(m_context, m_order);
    const NgramModel::Token token = m_sampler.draw(distribution);
    QString text = m_model->text(token);
    if (m_blankBefore && text.startsWith(u' '))
        text.remove(0, 1);
    m_blankBefore = token == 0;
    if (m_alternatives)
        m_held.push_back({logprob(text, token, distribution), m_text.size()});
    m_text += text;
    m_context.push_back(token);
    if (m_context.size() > 64)
        m_context.erase(m_context.begin(), m_context.end() - NgramModel::highestOrder);
    ++m_drawn;
}

qsizetype Continuation::safeEnd() const
{
    qsizetype end = m_text.size();
    for (const QString &stop : m_stop) {
        for (qsizetype length = std::min(stop.size() - 1, m_text.size() - m_released); length > 0; --length) {
            if (m_text.endsWith(QStringView(stop).first(length))) {
                end = std::min(end, m_text.size() - length);
                break;
            }
        }
    }
    return end;
}

void Continuation::release(CompletionDelta &delta, qsizetype end)
{
    delta.text = m_text.mid(m_released, end - m_released);
    m_released = end;
    auto held = m_held.begin();
    for (; held != m_held.end() && held->begin < end; ++held)
        delta.logprobs.push_back(std::move(held->logprob));
    m_held.erase(m_held.begin(), held);
}

void Continuation::finish(CompletionDelta &delta, qsizetype end, const QString &reason)
{
    release(delta, end);
    delta.finishReason = reason;
    m_over = true;
}

TokenLogprob Continuation::logprob(
    const QString &text, NgramModel::Token token, const std::vector<float> &distribution) const
{
    const auto logarithm = [&](NgramModel::Token of) {
        const double probability = of < 0 ? unknownProbability : distribution[static_cast<std::size_t>(of)];
        return std::log(std::max(probability, 1e-30));
    };
    TokenLogprob result {.token = text, .logprob = logarithm(token), .bytes = text.toUtf8()};
    std::vector<NgramModel::Token> order(distribution.size());
    std::iota(order.begin(), order.end(), 0);
    const auto count = std::min<std::ptrdiff_t>(*m_alternatives, std::ssize(order));
    std::partial_sort(order.begin(), order.begin() + count, order.end(), [&](NgramModel::Token a, NgramModel::Token b) {
        return distribution[static_cast<std::size_t>(a)] > distribution[static_cast<std::size_t>(b)];
    });
    for (auto best = order.begin(); best != order.begin() + count; ++best)
        result.top.push_back({m_model->text(*best), logarithm(*best)});
    return result;
}

} // namespace diptych
