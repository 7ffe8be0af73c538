// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tokenestimate.h"

#include "models/sessionrequest.h"
#include "models/sessiontree.h"
#include "store/attachment.h"
#include "store/mediafacts.h"

#include <QJsonDocument>

#include <algorithm>
#include <array>
#include <cmath>

namespace diptych {

namespace {

constexpr double messageFrame = 4;
constexpr double pixelsPerToken = 750;
constexpr double mostPictureTokens = 1600;
constexpr double unknownPictureTokens = 800;
constexpr double tokensPerSecond = 25;
constexpr double bytesPerSecond = 16'000; // 128 kbit/s
constexpr double leastDeviation = 0.01; // nobody foretells better than that

/// Of the first 128 characters; most texts are made of little else.
const std::array<double, 128> &asciiWeights()
{
    static const auto weights = [] {
        std::array<double, 128> made {};
        for (std::size_t code = 0; code < made.size(); ++code) {
            const QChar letter(static_cast<char16_t>(code));
            made[code] = letter.isLetter() || letter.isSpace() ? 0.25 : 0.4;
        }
        return made;
    }();
    return weights;
}

double weight(QChar letter)
{
    const char16_t code = letter.unicode();
    if (code < 0x250) // Latin
        return letter.isLetter() || letter.isSpace() ? 0.25 : 0.4;
    const bool isIdeograph = (code >= 0x2E80 && code <= 0x9FFF) || (code >= 0xAC00 && code <= 0xD7AF)
        || (code >= 0xF900 && code <= 0xFAFF) || (code >= 0xFF00 && code <= 0xFFEF);
    return isIdeograph ? 0.8 : 0.4;
}

struct PartEstimate {
    double operator()(const TextPart &part) const { return estimatedTokens(part.text); }
    double operator()(const ImagePart &part) const
    {
        // The header stands at the beginning; what follows need not be decoded.
        constexpr qsizetype enough = 88'000;
        const qsizetype comma = part.url.indexOf(u',');
        const QByteArray start = QByteArray::fromBase64(QStringView(part.url).mid(comma + 1).left(enough).toLatin1());
        const std::optional<QSize> size = pictureSize(start);
        if (!size)
            return unknownPictureTokens;
        return std::min(size->width() * double(size->height()) / pixelsPerToken, mostPictureTokens);
    }
    double operator()(const AudioPart &part) const
    {
        if (const auto length = soundLength(part.data))
            return tokensPerSecond * static_cast<double>(length->count()) / 1000;
        return tokensPerSecond * static_cast<double>(part.data.size()) / bytesPerSecond;
    }
    double operator()(const AudioUrlPart &) const { return unknownPictureTokens; }
};

double jsonTokens(const QJsonObject &object)
{
    return object.isEmpty() ? 0
                            : estimatedTokens(QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact)));
}

} // namespace

double estimatedTokens(QStringView text)
{
    const std::array<double, 128> &ascii = asciiWeights();
    double tokens = 0;
    for (const QChar letter : text)
        tokens += letter.unicode() < ascii.size() ? ascii[letter.unicode()] : weight(letter);
    return tokens;
}

double estimatedTokens(const Message &message)
{
    double tokens = messageFrame;
    for (const ContentPart &part : message.content)
        tokens += std::visit(PartEstimate {}, part);
    for (const ToolCall &call : message.toolCalls)
        tokens += estimatedTokens(call.name) + estimatedTokens(call.arguments) + messageFrame;
    return tokens;
}

double estimatedTokens(const ChatRequest &request)
{
    double tokens = 0;
    for (const Message &message : request.messages)
        tokens += estimatedTokens(message);
    for (const Tool &tool : request.tools) {
        tokens +=
            messageFrame + estimatedTokens(tool.name) + estimatedTokens(tool.description) + jsonTokens(tool.parameters);
    }
    if (request.responseFormat)
        tokens += jsonTokens(request.responseFormat->schema);
    return tokens;
}

TokenCalibration calibrated(std::span<const TokenSample> samples)
{
    double estimated = 0;
    double counted = 0;
    int used = 0;
    for (const TokenSample &sample : samples) {
        if (sample.estimated <= 0 || sample.counted <= 0)
            continue;
        estimated += sample.estimated;
        counted += static_cast<double>(sample.counted);
        ++used;
    }
    TokenCalibration calibration {.samples = used};
    if (used == 0)
        return calibration;
    calibration.ratio = counted / estimated;
    if (used < 2)
        return calibration;
    calibration.deviation = leastDeviation;
    for (const TokenSample &sample : samples) {
        if (sample.estimated <= 0 || sample.counted <= 0)
            continue;
        const auto own = static_cast<double>(sample.counted);
        const double foretold = sample.estimated * (counted - own) / (estimated - sample.estimated);
        calibration.deviation = std::max(calibration.deviation, std::abs(foretold - own) / own);
    }
    return calibration;
}

std::vector<TokenSample> tokenSamples(const Session &session, const ModelRef &model)
{
    std::vector<TokenSample> samples;
    if (session.earlierTurns > 0)
        return samples; // what was sent began with turns that are not here
    for (const PaneState &pane : session.panes) {
        const QString system = systemPromptOf(session, pane);
        double history = system.isEmpty() ? 0 : estimatedTokens(Message::fromText(Role::System, system));
        for (const Turn &turn : session.turns) {
            const double asked = history + estimatedTokens(turn.prompt);
            for (const Answer &answer : turn.answers) {
                const Usage &usage = answer.metrics.usage;
                const bool isCounted = usage.source == Usage::Source::Provider && usage.promptTokens.value_or(0) > 0;
                // Rounds of tools are requests of their own; an answer that was continued was part of the request.
                const bool isPlain = answer.toolRounds.empty() && answer.givenLength == 0;
                if (answer.paneId == pane.id && answer.model == model && isCounted && isPlain)
                    samples.push_back({.estimated = asked, .counted = *usage.promptTokens});
            }
            const Answer *next = historyAnswer(turn, pane.id);
            if (!next || next->message.text().isEmpty())
                continue;
            history = asked + estimatedTokens(next->message);
            for (const Message &round : next->toolRounds)
                history += estimatedTokens(round);
        }
    }
    return samples;
}

} // namespace diptych
