// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/route.h"

#include <QCoreApplication>

#include <algorithm>

namespace diptych {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::Route", text);
}

} // namespace

QString modelRefText(const ModelRef &model)
{
    return QString(model.endpointId % u'/' % model.model);
}

std::optional<ModelRef> modelRefFromText(const QString &text)
{
    const qsizetype slash = text.indexOf(u'/');
    const ModelRef model {
        .endpointId = slash < 0 ? text : text.left(slash), .model = slash < 0 ? QString() : text.mid(slash + 1)};
    return model.isValid() ? std::optional(model) : std::nullopt;
}

QString tapeModeName(TapeMode mode)
{
    switch (mode) {
    case TapeMode::Record:
        return QStringLiteral("record");
    case TapeMode::Replay:
        return QStringLiteral("replay");
    case TapeMode::Off:
        break;
    }
    return QStringLiteral("off");
}

std::optional<TapeMode> tapeModeFromName(QStringView name)
{
    for (const TapeMode mode : {TapeMode::Off, TapeMode::Record, TapeMode::Replay}) {
        if (name == tapeModeName(mode))
            return mode;
    }
    return std::nullopt;
}

QString faultOf(const Route &route)
{
    if (route.name.trimmed().isEmpty())
        return translated("The route has no name: write what clients call the model, or * for any.");
    const bool hasTarget = std::any_of(route.targets.begin(), route.targets.end(),
        [](const RouteTarget &target) { return target.model.isValid() && target.weight > 0; });
    if (!hasTarget && route.tape != TapeMode::Replay)
        return translated("The route leads nowhere: choose a model with a weight above 0.");
    if (std::any_of(route.targets.begin(), route.targets.end(), [](const auto &target) { return target.weight < 0; }))
        return translated("A weight is below 0.");
    if (route.budget && *route.budget < 0)
        return translated("The budget is below 0.");
    if (route.replaySpeed < 0)
        return translated("The speed of the replay is below 0; 0 stands for at once.");
    return {};
}

bool matchesPattern(QStringView pattern, QStringView name)
{
    // Goes back to the last star only, so that a long name can not make it slow.
    qsizetype at = 0;
    qsizetype star = -1;
    qsizetype resume = 0;
    for (qsizetype i = 0; i < name.size();) {
        if (at < pattern.size() && pattern[at] == u'*') {
            star = at++;
            resume = i;
        } else if (at < pattern.size() && pattern[at] == name[i]) {
            ++at;
            ++i;
        } else if (star >= 0) {
            at = star + 1;
            i = ++resume;
        } else {
            return false;
        }
    }
    while (at < pattern.size() && pattern[at] == u'*')
        ++at;
    return at == pattern.size();
}

} // namespace diptych
