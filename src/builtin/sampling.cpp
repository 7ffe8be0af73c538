// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/sampling.h"

#include "builtin/catalogue.h"

#include <QCoreApplication>

namespace diptych {

namespace {

struct Range {
    const char *name;
    std::optional<double> value;
    double least;
    double most;
};

} // namespace

std::optional<Error> checkSampling(const SamplingParameters &sampling)
{
    const Range ranges[] = {
        {"temperature", sampling.temperature, 0, 2},
        {"top_p", sampling.topP, 0, 1},
        {"frequency_penalty", sampling.frequencyPenalty, -2, 2},
        {"presence_penalty", sampling.presencePenalty, -2, 2},
        {"max_tokens", sampling.maxTokens, 0, std::numeric_limits<int>::max()},
        {"n", sampling.n, 1, 128},
    };
    for (const Range &range : ranges) {
        // Not (value within range), so that NaN is refused too.
        if (range.value && !(*range.value >= range.least && *range.value <= range.most)) {
            const QString name = QString::fromLatin1(range.name);
            const QString message = QCoreApplication::translate("diptych::Sampling", "%1 must be between %2 and %3.")
                                        .arg(name, QString::number(range.least), QString::number(range.most, 'g', 10));
            return invalidParameter(name, message);
        }
    }
    return {};
}

qsizetype firstStop(const QString &text, const QStringList &stop, qsizetype from)
{
    qsizetype first = -1;
    for (const QString &sequence : stop) {
        const qsizetype at = sequence.isEmpty() ? -1 : text.indexOf(sequence, from);
        if (at >= 0 && (first < 0 || at < first))
            first = at;
    }
    return first;
}

} // namespace diptych
