// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/babbler/babbler.h"

#include "builtin/babbler/continuation.h"
#include "builtin/babbler/ngrammodel.h"
#include "builtin/builtindata.h"
#include "builtin/catalogue.h"
#include "builtin/sampling.h"

#include <QCoreApplication>

namespace diptych {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::Babbler", text);
}

std::optional<Error> check(const CompletionRequest &request)
{
    if (const auto error = checkSampling(request.sampling))
        return error;
    if (request.sampling.maxTokens.value_or(0) > Babbler::mostTokens) {
        return invalidParameter(
            QStringLiteral("max_tokens"), translated("This model gives at most %1 tokens.").arg(Babbler::mostTokens));
    }
    if (!request.suffix.value_or(QString()).isEmpty())
        return unsupportedParameter(
            QStringLiteral("suffix"), translated("This model reads from left to right; it cannot fill a gap."));
    if (request.bestOf && *request.bestOf != request.sampling.n.value_or(1))
        return unsupportedParameter(
            QStringLiteral("best_of"), translated("This model gives every answer that it makes; use n."));
    if (request.logprobs && (*request.logprobs < 0 || *request.logprobs > 5))
        return invalidParameter(QStringLiteral("logprobs"), translated("logprobs must be between 0 and 5."));
    if (!request.extras.value(u"logit_bias").toObject().isEmpty())
        return unsupportedParameter(QStringLiteral("logit_bias"), translated("This model takes no logit_bias."));
    return {};
}

/// Hands out the choices token by token, in turn.
class Turns
{
public:
    Turns(const std::shared_ptr<const NgramModel> &model, const CompletionRequest &request)
        : m_model(request.model)
        , m_prompt(static_cast<qint64>(ngramPieces(request.prompt).size()))
    {
        for (int index = 0; index < request.sampling.n.value_or(1); ++index)
            m_choices.emplace_back(model, Babbler::orderOf(request.model), request, index);
    }

    std::optional<CompletionDelta> operator()()
    {
        if (m_ended == m_choices.size())
            return {};
        std::optional<CompletionDelta> delta;
        while (!delta) {
            delta = m_choices[m_turn].next();
            m_turn = (m_turn + 1) % m_choices.size();
        }
        if (!delta->finishReason.isEmpty() && ++m_ended == m_choices.size())
            delta->usage = usage();
        if (!std::exchange(m_begun, true)) {
            delta->id = newResponseId(QLatin1String("cmpl-"));
            delta->model = m_model;
            delta->created = QDateTime::currentSecsSinceEpoch();
        }
        return delta;
    }

private:
    [[nodiscard]] Usage usage() const
    {
        qint64 drawn = 0;
        for (const Continuation &choice : m_choices)
            drawn += choice.drawn();
        return {.promptTokens = m_prompt, .completionTokens = drawn, .totalTokens = m_prompt + drawn};
    }

    std::vector<Continuation> m_choices;
    std::size_t m_turn = 0;
    std::size_t m_ended = 0;
    bool m_begun = false;
    QString m_model;
    qint64 m_prompt;
};

} // namespace

Babbler::Babbler() = default;
Babbler::~Babbler() = default;

int Babbler::orderOf(const QString &model)
{
    return model == QLatin1String("babbler-3") ? 3 : NgramModel::highestOrder;
}

Result<PlannedAnswer<CompletionDelta>> Babbler::complete(const CompletionRequest &request) const
{
    if (const auto error = check(request))
        return Failure(*error);
    if (!m_model)
        m_model = NgramModel::fromData(builtinData(QStringLiteral("babbler.bin")));
    if (!m_model)
        return Failure(Error {
            .kind = Error::Kind::Storage, .message = translated("The data of this model is missing or damaged.")});
    return PlannedAnswer<CompletionDelta> {.next = Turns(m_model, request)};
}

} // namespace diptych
