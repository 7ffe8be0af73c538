// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/completionsweep.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>

namespace diptych {

namespace {

constexpr int stepsWithoutStep = 4; // a range without a step has five values

QString translated(const char *text)
{
    return QCoreApplication::translate("CompletionSweep", text);
}

Failure wrong(const QString &message)
{
    return Failure(Error {.kind = Error::Kind::InvalidRequest, .message = message});
}

/// A value without what counting in steps leaves behind the ninth decimal.
double rounded(double value)
{
    constexpr double digits = 1e9;
    return std::round(value * digits) / digits;
}

void addOnce(std::vector<double> &values, double value)
{
    if (std::find(values.begin(), values.end(), value) == values.end())
        values.push_back(value);
}

Result<void> addRange(std::vector<double> &values, const QRegularExpressionMatch &range)
{
    const double first = range.captured(1).toDouble();
    const double last = range.captured(2).toDouble();
    const QString given = range.captured(3);
    const double step = given.isEmpty() ? (last - first) / stepsWithoutStep : given.toDouble();
    if (first == last) {
        addOnce(values, rounded(first));
        return {};
    }
    if (!(std::abs(step) > 0) || (step > 0) != (last > first))
        return wrong(translated("The step of %1 does not lead from one end to the other.").arg(range.captured(0)));
    constexpr double slack = 1e-9; // 0..1 step 0.1 includes 1
    const double steps = std::floor((last - first) / step + slack);
    if (steps + 1 > mostSweepValues)
        return wrong(translated("%1 has more than %2 values.").arg(range.captured(0)).arg(mostSweepValues));
    for (int i = 0; i <= static_cast<int>(steps); ++i)
        addOnce(values, rounded(first + i * step));
    return {};
}

void addCost(std::vector<Cost> &sums, const Cost &cost)
{
    const auto same = std::find_if(
        sums.begin(), sums.end(), [&cost](const Cost &candidate) { return candidate.currency == cost.currency; });
    if (same == sums.end())
        sums.push_back(cost);
    else
        same->amount += cost.amount;
}

} // namespace

Result<std::vector<double>> parseSweepValues(const QString &text)
{
    static const QString number = QStringLiteral("(-?(?:\\d+\\.?\\d*|\\.\\d+))");
    static const QRegularExpression rangeForm(
        QRegularExpression::anchoredPattern(number + QStringLiteral("\\s*(?:\\.\\.+|…|–| to )\\s*") + number
            + QStringLiteral("(?:\\s*(?:step|by|:)\\s*") + number + QStringLiteral(")?")));
    static const QRegularExpression separators(QStringLiteral("[,;]"));
    std::vector<double> values;
    const QStringList parts = text.split(separators, Qt::SkipEmptyParts);
    for (const QString &part : parts) {
        const QString trimmed = part.trimmed();
        if (trimmed.isEmpty())
            continue;
        if (const QRegularExpressionMatch range = rangeForm.match(trimmed); range.hasMatch()) {
            if (const Result<void> added = addRange(values, range); !added)
                return Failure(added.error());
            continue;
        }
        bool isNumber = false;
        const double value = trimmed.toDouble(&isNumber);
        if (!isNumber || !std::isfinite(value))
            return wrong(translated("“%1” is no number; write 0, 0.5, 1 or 0..1 step 0.25.").arg(trimmed.left(40)));
        addOnce(values, value);
    }
    if (static_cast<int>(values.size()) > mostSweepValues)
        return wrong(translated("At most %1 values, please.").arg(mostSweepValues));
    return values;
}

std::vector<CompletionJob> sweepJobs(const CompletionSweep &sweep)
{
    std::vector<CompletionJob> jobs;
    for (std::size_t i = 0; i < sweep.models.size(); ++i) {
        const ModelRef &model = sweep.models[i];
        for (int row = 0; row < sweep.rows(); ++row) {
            for (int column = 0; column < sweep.columns(); ++column) {
                CompletionJob job {.endpointId = model.endpointId, .request = sweep.base, .isSplit = sweep.isSplit};
                job.request.model = model.model;
                if (i < sweep.routes.size())
                    job.route = sweep.routes[i];
                if (!sweep.temperatures.empty())
                    job.request.sampling.temperature = sweep.temperatures[static_cast<std::size_t>(row)];
                if (!sweep.topPs.empty())
                    job.request.sampling.topP = sweep.topPs[static_cast<std::size_t>(column)];
                jobs.push_back(std::move(job));
            }
        }
    }
    return jobs;
}

int sweepJob(const CompletionSweep &sweep, int model, int row, int column)
{
    return model * sweep.cells() + row * sweep.columns() + column;
}

RunEstimate estimateRun(const std::vector<CompletionJob> &jobs, const std::function<Charge(const ModelRef &)> &charge)
{
    RunEstimate estimate;
    for (const CompletionJob &job : jobs) {
        const int samples = std::max(job.request.sampling.n.value_or(1), 1);
        const int requests = job.isSplit ? samples : 1;
        const qint64 prompt = estimateTokens(job.request.prompt.size()) * requests;
        const std::optional<int> limit = job.request.sampling.maxTokens;
        estimate.requests += requests;
        estimate.samples += samples;
        estimate.promptTokens += prompt;
        if (limit)
            estimate.mostAnswerTokens = estimate.mostAnswerTokens.value_or(0) + qint64 {*limit} * samples;
        const Charge costs = charge(job.model());
        if (costs.isFree()) {
            estimate.free += requests;
            continue;
        }
        const Usage most {.promptTokens = prompt, .completionTokens = qint64 {limit.value_or(0)} * samples};
        const std::optional<Cost> cost = costs.estimate(most);
        if (!cost)
            estimate.unpriced += requests;
        else if (!limit)
            estimate.unbounded += requests;
        if (cost)
            addCost(estimate.most, *cost);
    }
    return estimate;
}

} // namespace diptych
