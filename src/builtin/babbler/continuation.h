// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/completion.h"
#include "builtin/babbler/ngrammodel.h"
#include "builtin/babbler/tokensampler.h"

#include <memory>
#include <optional>
#include <vector>

namespace diptych {

/// One choice of a completion under way: hands out the echoed prompt, then token by token. Text that may turn out to be
/// the beginning of a stop sequence is held back until it is known not to be.
class Continuation
{
public:
    Continuation(std::shared_ptr<const NgramModel> model, int order, const CompletionRequest &request, int index);

    /// The next piece; unset when the choice is over. May have no text while some is held back.
    [[nodiscard]] std::optional<CompletionDelta> next();
    [[nodiscard]] qint64 drawn() const { return m_drawn; } ///< tokens so far

private:
    void echoPrompt(CompletionDelta &delta);
    void drawToken();
    void release(CompletionDelta &delta, qsizetype end);
    void finish(CompletionDelta &delta, qsizetype end, const QString &reason);
    [[nodiscard]] qsizetype safeEnd() const;
    [[nodiscard]] TokenLogprob logprob(
        const QString &text, NgramModel::Token token, const std::vector<float> &distribution) const;

    std::shared_ptr<const NgramModel> m_model;
    int m_order;
    std::vector<QString> m_prompt;
    qsizetype m_echoed = 0; // pieces of the prompt handed out; all of them when there is nothing to echo
    int m_index;
    int m_most;
    QStringList m_stop;
    std::optional<int> m_alternatives; // per token; unset: no logprobs
    TokenSampler m_sampler;
    std::vector<NgramModel::Token> m_context;
    bool m_blankBefore = false; // the text so far ends in a blank or is empty
    QString m_text; // drawn
    qsizetype m_released = 0; // characters of m_text handed out
    struct Held {
        TokenLogprob logprob;
        qsizetype begin; // in m_text
    };
    std::vector<Held> m_held;
    qint64 m_drawn = 0;
    bool m_over = false;
};

/// The token of a piece of text.
[[nodiscard]] NgramModel::Token tokenOf(const NgramModel &model, const QString &piece);

} // namespace diptych
