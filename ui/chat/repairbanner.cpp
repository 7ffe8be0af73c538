// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/repairbanner.h"

#include "models/jsontext.h"

#include <algorithm>

namespace diptych {

namespace {

using namespace std::chrono_literals;
constexpr std::size_t buttonCount = 2; // further repairs are in the menu
constexpr qsizetype longestTitle = 160;
const QLatin1String stopId("stop-waiting");

QString detailsOf(const Error &error)
{
    QStringList lines;
    const auto add = [&lines](const QString &name, const QString &value) {
        if (!value.isEmpty())
            lines.append(QStringLiteral("%1: %2").arg(name, value));
    };
    add(RepairBanner::tr("kind"), kindName(error.kind));
    add(RepairBanner::tr("status"), error.httpStatus > 0 ? QString::number(error.httpStatus) : QString());
    add(RepairBanner::tr("code"), error.providerCode);
    add(RepairBanner::tr("parameter"), error.parameter);
    add(RepairBanner::tr("request"), error.requestId);
    add(RepairBanner::tr("message"), error.message);
    lines.append(QString());
    lines.append(
        error.bodySample.isEmpty() ? RepairBanner::tr("There was no answer body.") : prettyJson(error.bodySample));
    return lines.join(u'\n');
}

bool asksAgain(Repair::Kind kind)
{
    return kind != Repair::Kind::ChooseModel && kind != Repair::Kind::UpdateKey && kind != Repair::Kind::EditEndpoint;
}

} // namespace

RepairBanner::RepairBanner(QWidget *parent)
    : Banner(parent)
{
    m_clock.setInterval(1s);
    connect(&m_clock, &QTimer::timeout, this, [this] {
        --m_secondsLeft;
        showCountdown();
    });
    connect(this, &Banner::actionTriggered, this, &RepairBanner::choose);
    connect(this, &Banner::dismissed, this, &RepairBanner::stopWaiting);
}

void RepairBanner::showError(const Error &error, const RequestOrigin &origin, const ChangeLog &changes)
{
    stopWaiting();
    m_error = error;
    m_origin = origin;
    m_repairs = repairsFor(error, origin, changes);
    showRepairs();
}

void RepairBanner::showRepairs()
{
    QString message = m_error.message.isEmpty() ? kindName(m_error.kind) : m_error.message.trimmed();
    if (message.size() > longestTitle)
        message = message.left(longestTitle).trimmed() + u'…'; // all of it is in the details
    const QString title = m_error.httpStatus > 0 ? tr("%1: %2").arg(m_error.httpStatus).arg(message) : message;
    // Of what is not supported the buttons say what to do.
    const bool isSaid = m_error.kind == Error::Kind::Unsupported && m_repairs.size() > 1;
    showMessage(Tone::Error, title, isSaid ? QString() : whatToDo(m_error));
    for (std::size_t index = 0; index < m_repairs.size(); ++index) {
        const Repair &repair = m_repairs[index];
        const QString effect = repairEffect(repair, m_origin);
        if (index < buttonCount)
            addAction(repairId(repair), repairText(repair), effect);
        else
            addMenuAction(repairId(repair), repairText(repair), effect);
    }
    setDetails(detailsOf(m_error));
}

void RepairBanner::choose(const QString &id)
{
    if (id == stopId) {
        stopWaiting();
        showRepairs();
        return;
    }
    const auto found = std::find_if(
        m_repairs.begin(), m_repairs.end(), [&id](const Repair &repair) { return repairId(repair) == id; });
    if (found == m_repairs.end())
        return;
    const Repair repair = *found;
    if (repair.kind == Repair::Kind::Wait) {
        startWaiting(repair.delay.value_or(0ms));
        return;
    }
    if (asksAgain(repair.kind))
        dismiss();
    Q_EMIT repairChosen(repair);
}

void RepairBanner::startWaiting(std::chrono::milliseconds delay)
{
    m_secondsLeft = static_cast<int>((delay.count() + 999) / 1000);
    showMessage(Tone::Warning, m_error.message);
    addAction(stopId, tr("Stop waiting"));
    m_clock.start();
    showCountdown();
}

void RepairBanner::showCountdown()
{
    if (m_secondsLeft > 0) {
        setText(tr("Asking again in %1 s.").arg(m_secondsLeft));
        return;
    }
    dismiss();
    Q_EMIT repairChosen({.kind = Repair::Kind::AskAgain});
}

void RepairBanner::stopWaiting()
{
    m_clock.stop();
}

} // namespace diptych
