// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/provider.h"
#include "runs/capabilityprobejudge.h"

#include <QObject>

#include <functional>
#include <memory>
#include <vector>

namespace diptych {

class CapabilityBook;

/// Asks a model what it can do, one tiny request after the other, and writes what it finds into a CapabilityBook as it
/// goes. Keeps the contract of Reply: starts when the event loop runs again, `finished()` once, destroying cancels.
/// A refused key, a rate limit, a lost connection and cancel() end it with that error; what was found stays. Where the
/// ability that others rest on is refused, the others are not asked.
class CapabilityProbe : public QObject
{
    Q_OBJECT
public:
    /// Only the selected probes of the plan are asked. `provider` and `book` must outlive the run; `book` may be null.
    CapabilityProbe(
        Provider &provider, ModelRef model, ProbePlan plan, CapabilityBook *book, QObject *parent = nullptr);
    ~CapabilityProbe() override;

    /// Ends in Error::Kind::Cancelled. No effect when finished.
    void cancel();

    [[nodiscard]] bool isFinished() const { return m_isFinished; }
    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }
    [[nodiscard]] const std::vector<ProbeFinding> &findings() const { return m_findings; } ///< so far, with time
    [[nodiscard]] const Usage &usage() const { return m_usage; } ///< what the answers so far counted
    [[nodiscard]] int done() const { return static_cast<int>(m_next); } ///< probes asked or passed over
    [[nodiscard]] int total() const { return static_cast<int>(m_plan.size()); }

Q_SIGNALS:
    void replyStarted(diptych::Reply *reply, const QString &ability); ///< valid until the reply finishes
    void found(const diptych::ProbeFinding &finding);
    void progressChanged(int done, int total);
    void finished();

private:
    void askNext();
    void ask(const ProbeCall &call);
    void receive();
    void takeSuccess();
    void takeFailure(const Error &error);
    [[nodiscard]] bool asksAgainWithOtherLimit(const Error &error);
    /// `isNews`: says something of the model; otherwise it does not take the place of what is known.
    void note(ProbeFinding finding, bool isNews = true);
    void finishProbe();
    void end(std::optional<Error> error);
    [[nodiscard]] const Probe &current() const { return m_plan[m_next]; }
    [[nodiscard]] CapabilityState::State stateOf(const QString &ability) const;

    Provider &m_provider;
    ModelRef m_model;
    ProbePlan m_plan;
    CapabilityBook *m_book;
    std::size_t m_next = 0; ///< the probe under way
    std::vector<ProbeAnswer> m_answers; ///< of the probe under way
    std::unique_ptr<Reply> m_reply;
    std::function<ProbeAnswer()> m_read; ///< takes the answer out of m_reply
    int m_pieces = 0; ///< of the reply under way
    bool m_usesCompletionLimit = false;
    std::vector<ProbeFinding> m_findings;
    Usage m_usage;
    std::optional<Error> m_error;
    bool m_isFinished = false;
};

} // namespace diptych

Q_DECLARE_METATYPE(diptych::ProbeFinding)
