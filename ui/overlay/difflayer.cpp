// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "overlay/difflayer.h"

#include <QCoreApplication>
#include <QLocale>

namespace diptych {

namespace {

QString tr(const char *text, int count = -1)
{
    return QCoreApplication::translate("diptych::DiffLayer", text, nullptr, count);
}

TranscriptMark::Kind markKind(AnswerChange::Kind kind)
{
    switch (kind) {
    case AnswerChange::Kind::Added:
        return TranscriptMark::Kind::Added;
    case AnswerChange::Kind::Removed:
        return TranscriptMark::Kind::Removed;
    case AnswerChange::Kind::Space:
        return TranscriptMark::Kind::Space;
    case AnswerChange::Kind::Changed:
        break;
    }
    return TranscriptMark::Kind::Changed;
}

} // namespace

void DiffLayer::setBaseline(const QString &paneId)
{
    if (m_baseline == paneId)
        return;
    m_baseline = paneId;
    clear();
}

void DiffLayer::forget(const AnswerKey &key)
{
    if (key.paneId != m_baseline) {
        m_comparisons.remove(key);
        return;
    }
    m_comparisons.removeIf([&key](const auto &entry) { return entry.key().turn == key.turn; });
}

const AnswerComparison *DiffLayer::update(const AnswerKey &key)
{
    if (key.paneId == m_baseline)
        return nullptr;
    const auto known = m_comparisons.constFind(key);
    if (known != m_comparisons.constEnd() && !known->diff)
        return &known->result;
    const ShownAnswer base = m_answers.find({m_baseline, key.turn});
    const ShownAnswer answer = m_answers.find(key);
    if (!base.exists || !answer.exists)
        return nullptr;
    Comparison &comparison = m_comparisons[key];
    if (!comparison.diff)
        comparison.diff = std::make_shared<AnswerDiff>();
    comparison.diff->update(base.text, base.isFinished, answer.text, answer.isFinished);
    comparison.result = comparison.diff->result();
    if (base.isFinished && answer.isFinished)
        comparison.diff.reset();
    return &comparison.result;
}

std::vector<TranscriptMark> DiffLayer::marks(const AnswerComparison &comparison)
{
    std::vector<TranscriptMark> result;
    result.reserve(comparison.changes.size());
    for (const AnswerChange &change : comparison.changes) {
        result.push_back({.kind = markKind(change.kind), .start = change.start, .length = change.length});
        if (change.kind == AnswerChange::Kind::Space && change.length == 0)
            result.pop_back(); // nothing to see, and no difference that counts
        for (const AnswerChange::Part &part : change.parts) {
            const bool isGap = part.length == 0;
            result.push_back({.kind = isGap ? TranscriptMark::Kind::Removed : TranscriptMark::Kind::Part,
                .start = part.start,
                .length = part.length});
        }
    }
    return result;
}

QString DiffLayer::summary(const AnswerKey &key)
{
    if (key.paneId == m_baseline)
        return tr("baseline");
    const AnswerComparison *comparison = update(key);
    if (!comparison)
        return tr("The baseline has no answer to this turn.");
    // Rounded down: "100 %" is said of equal answers only.
    const int percent = static_cast<int>(comparison->same * 100);
    const QString same = tr("%1 % same").arg(QLocale().toString(percent));
    const QString count = comparison->count == 0 ? tr("no differences")
        : comparison->count == 1                 ? tr("1 difference")
                                                 : tr("%1 differences").arg(QLocale().toString(comparison->count));
    const QString text = QStringLiteral("%1 · %2").arg(count, same);
    return comparison->isJson ? text + tr(" · JSON by pointer") : text;
}

QString DiffLayer::baseText(int turn, const AnswerChange &change) const
{
    return m_answers.find({m_baseline, turn}).text.mid(change.baseStart, change.baseLength);
}

} // namespace diptych
