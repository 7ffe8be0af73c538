// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/gemini/thinking.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace diptych::gemini {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::RequestEncoder", text);
}

struct Effort {
    QLatin1String name;
    int budget; // tokens
    QLatin1String level;
};

constexpr std::array efforts {
    Effort {QLatin1String("none"), 0, QLatin1String("minimal")},
    Effort {QLatin1String("minimal"), 1024, QLatin1String("minimal")},
    Effort {QLatin1String("low"), 1024, QLatin1String("low")},
    Effort {QLatin1String("medium"), 8192, QLatin1String("medium")},
    Effort {QLatin1String("high"), 24576, QLatin1String("high")},
    Effort {QLatin1String("xhigh"), 24576, QLatin1String("high")},
    Effort {QLatin1String("max"), 24576, QLatin1String("high")},
};

bool thinksByBudget(const QString &model)
{
    return model.contains(QLatin1String("gemini-2")) || model.contains(QLatin1String("gemini-1"));
}

} // namespace

void writeReasoningEffort(BodyEncoder &encoder, const QString &effort, const QString &model, const QJsonObject &extras)
{
    const QString field = QStringLiteral("reasoning_effort");
    const auto found =
        std::find_if(efforts.begin(), efforts.end(), [&effort](const Effort &known) { return known.name == effort; });
    if (found == efforts.end()) {
        encoder.unmapped(field, translated("this API has no such level of thinking"));
        return;
    }
    const QString config = QStringLiteral("generationConfig.thinkingConfig.");
    const bool isOff = found->name == QLatin1String("none");
    if (thinksByBudget(model)) {
        const QString wire = config + QStringLiteral("thinkingBudget");
        if (isOff)
            encoder.converted(field, wire, found->budget, translated("thinking is switched off by a budget of none"));
        else
            encoder.approximated(field, wire, found->budget, translated("this model takes a number of tokens"));
    } else {
        const QString wire = config + QStringLiteral("thinkingLevel");
        if (found->level == found->name)
            encoder.renamed(field, wire, effort, translated("this API's name for it"));
        else
            encoder.approximated(field, wire, QString(found->level), translated("the nearest level of this API"));
    }
    const QJsonObject own = extras.value(u"generationConfig")[u"thinkingConfig"].toObject();
    if (!isOff && !own.contains(u"includeThoughts"))
        encoder.added(config + QStringLiteral("includeThoughts"), true, translated("thoughts stay hidden otherwise"));
}

} // namespace diptych::gemini
