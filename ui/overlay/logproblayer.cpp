// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "overlay/logproblayer.h"

#include "models/tokenprobability.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace diptych {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("diptych::LogprobLayer", text);
}

/// How open the choice of a token was; where no alternatives were given, how surprising it is.
std::optional<double> bitsOf(const TokenLogprob &token)
{
    const std::optional<double> entropy = entropyBits(token);
    return entropy ? entropy : surpriseBits(token);
}

/// The less likely, the stronger: nothing at certainty, full at one in a hundred or less.
float strength(double logprob)
{
    constexpr double coldest = -4.6; // ln 0.01
    return static_cast<float>(std::clamp(logprob / coldest, 0.0, 1.0));
}

} // namespace

const TokenSpans &LogprobLayer::update(const AnswerKey &key)
{
    Tokens &known = m_tokens[key];
    if (known.isFinal)
        return known.tokens.spans();
    const ShownAnswer answer = m_answers.find(key);
    if (answer.exists && answer.logprobs)
        known.tokens.update(answer.text, answer.givenLength, *answer.logprobs, answer.isFinished);
    known.isFinal = answer.isFinished;
    return known.tokens.spans();
}

std::vector<TranscriptMark> LogprobLayer::marks(const TokenSpans &tokens)
{
    constexpr float faintest = 0.02F;
    std::vector<TranscriptMark> result;
    for (const TokenSpans::Span &span : tokens.spans()) {
        const float heat = span.token.logprob ? strength(*span.token.logprob) : 0;
        if (heat >= faintest && span.length > 0)
            result.push_back(
                {.kind = TranscriptMark::Kind::Heat, .start = span.start, .length = span.length, .strength = heat});
    }
    return result;
}

std::vector<EntropyChart::Bar> LogprobLayer::entropy(const AnswerKey &key)
{
    std::vector<EntropyChart::Bar> bars;
    const auto size = static_cast<double>(m_answers.find(key).text.size());
    for (const TokenSpans::Span &span : update(key).spans()) {
        if (const auto bits = bitsOf(span.token); bits && size > 0)
            bars.push_back({.place = static_cast<double>(span.start) / size, .bits = *bits});
    }
    return bars;
}

QString LogprobLayer::summary(const AnswerKey &key)
{
    qsizetype uncertain = 0;
    qsizetype measured = 0;
    double bits = 0;
    for (const TokenSpans::Span &span : update(key).spans()) {
        const auto entropy = bitsOf(span.token);
        if (!entropy)
            continue;
        ++measured;
        bits += *entropy;
        uncertain += isUncertain(span.token) ? 1 : 0;
    }
    if (measured == 0)
        return {};
    return tr("%1 tokens · %2 uncertain · %3 bit each")
        .arg(QLocale().toString(measured), QLocale().toString(uncertain),
            QLocale().toString(bits / static_cast<double>(measured), 'f', 2));
}

std::ptrdiff_t LogprobLayer::nextUncertain(const TokenSpans &tokens, qsizetype from, int direction)
{
    const auto &spans = tokens.spans();
    const auto count = static_cast<std::ptrdiff_t>(spans.size());
    for (std::ptrdiff_t step = 0; step < count; ++step) {
        const std::ptrdiff_t index = direction > 0 ? step : count - 1 - step;
        const TokenSpans::Span &span = spans[static_cast<std::size_t>(index)];
        const bool isBeyond = direction > 0 ? span.start > from : span.start < from;
        if (isBeyond && span.length > 0 && isUncertain(span.token))
            return index;
    }
    return -1;
}

} // namespace diptych
