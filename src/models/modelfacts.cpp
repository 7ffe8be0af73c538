// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/modelfacts.h"

#include "models/formatting.h"
#include "models/modeltraits.h"

#include <QCoreApplication>
#include <QLocale>

namespace diptych {

namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("diptych::ModelFacts", source);
}

template <typename T>
void complete(std::optional<T> &value, const std::optional<T> &other)
{
    if (!value)
        value = other;
}

template <typename Container>
void complete(Container &value, const Container &other)
{
    if (value.isEmpty())
        value = other;
}

QString rateText(double rate, const QString &currency)
{
    // Two decimals, and more where a rate has more.
    QString number = QLocale().toString(rate, 'f', 6);
    for (int extra = 0; extra < 4 && number.endsWith(u'0'); ++extra)
        number.chop(1);
    return currency == QLatin1String("USD") ? QString(u'$' + number) : QStringLiteral("%1 %2").arg(number, currency);
}

} // namespace

ModelInfo infoOf(const ModelDescription &description)
{
    return {.name = description.id,
        .type = description.type,
        .provider = description.ownedBy,
        .contextLength = description.contextLength,
        .facts = description.facts,
        .raw = description.raw};
}

ModelInfo completed(ModelInfo answer, const ModelInfo &listed)
{
    complete(answer.name, listed.name);
    complete(answer.provider, listed.provider);
    complete(answer.contextLength, listed.contextLength);
    complete(answer.raw, listed.raw);
    if (answer.type == ModelType::Unknown)
        answer.type = listed.type;
    ModelFacts &facts = answer.facts;
    complete(facts.maxOutputTokens, listed.facts.maxOutputTokens);
    complete(facts.embeddingLength, listed.facts.embeddingLength);
    complete(facts.inputModalities, listed.facts.inputModalities);
    complete(facts.outputModalities, listed.facts.outputModalities);
    complete(facts.family, listed.facts.family);
    complete(facts.parameterSize, listed.facts.parameterSize);
    complete(facts.quantization, listed.facts.quantization);
    complete(facts.size, listed.facts.size);
    complete(facts.inputPrice, listed.facts.inputPrice);
    complete(facts.outputPrice, listed.facts.outputPrice);
    facts.isDeprecated = facts.isDeprecated || listed.facts.isDeprecated;
    facts.capabilities = mergedCapabilities(listed.facts.capabilities, facts.capabilities);
    return answer;
}

std::vector<FactText> factTexts(const ModelFacts &facts)
{
    std::vector<FactText> texts;
    const auto add = [&texts](const char *name, const QString &value) {
        if (!value.isEmpty())
            texts.push_back({text(name), value});
    };
    const auto number = [](const std::optional<qint64> &value) {
        return value ? QLocale().toString(*value) : QString();
    };
    if (facts.isDeprecated)
        add(QT_TRANSLATE_NOOP("diptych::ModelFacts", "State"),
            text(QT_TRANSLATE_NOOP("diptych::ModelFacts", "deprecated")));
    if (facts.maxOutputTokens)
        add(QT_TRANSLATE_NOOP("diptych::ModelFacts", "Longest answer"),
            text(QT_TRANSLATE_NOOP("diptych::ModelFacts", "%1 tokens")).arg(number(facts.maxOutputTokens)));
    add(QT_TRANSLATE_NOOP("diptych::ModelFacts", "Takes"), facts.inputModalities.join(QStringLiteral(", ")));
    add(QT_TRANSLATE_NOOP("diptych::ModelFacts", "Gives"), facts.outputModalities.join(QStringLiteral(", ")));
    add(QT_TRANSLATE_NOOP("diptych::ModelFacts", "Family"), facts.family);
    add(QT_TRANSLATE_NOOP("diptych::ModelFacts", "Parameters"), facts.parameterSize);
    add(QT_TRANSLATE_NOOP("diptych::ModelFacts", "Quantisation"), facts.quantization);
    if (facts.size)
        add(QT_TRANSLATE_NOOP("diptych::ModelFacts", "Size"), formatBytes(*facts.size));
    if (facts.embeddingLength)
        add(QT_TRANSLATE_NOOP("diptych::ModelFacts", "Vectors"),
            text(QT_TRANSLATE_NOOP("diptych::ModelFacts", "%1 dimensions")).arg(number(facts.embeddingLength)));
    return texts;
}

QString chargeText(const Charge &charge)
{
    switch (charge.kind) {
    case Charge::Kind::BuiltIn:
        return text(QT_TRANSLATE_NOOP("diptych::ModelFacts", "free, part of Diptych"));
    case Charge::Kind::OwnMachine:
        return text(QT_TRANSLATE_NOOP("diptych::ModelFacts", "no charge on your own machine"));
    case Charge::Kind::Unknown:
        return text(QT_TRANSLATE_NOOP("diptych::ModelFacts", "not known"));
    case Charge::Kind::Priced:
        break;
    }
    if (charge.isFree())
        return text(QT_TRANSLATE_NOOP("diptych::ModelFacts", "free"));
    const Price &price = charge.price;
    QStringList rates;
    if (price.input)
        rates.append(
            text(QT_TRANSLATE_NOOP("diptych::ModelFacts", "%1 in")).arg(rateText(*price.input, price.currency)));
    if (price.cachedInput)
        rates.append(text(QT_TRANSLATE_NOOP("diptych::ModelFacts", "%1 cached"))
                         .arg(rateText(*price.cachedInput, price.currency)));
    if (price.output)
        rates.append(
            text(QT_TRANSLATE_NOOP("diptych::ModelFacts", "%1 out")).arg(rateText(*price.output, price.currency)));
    QStringList parts;
    if (!rates.isEmpty())
        parts.append(text(QT_TRANSLATE_NOOP("diptych::ModelFacts", "%1 per million tokens"))
                         .arg(rates.join(QStringLiteral(" · "))));
    if (price.images)
        parts.append(text(QT_TRANSLATE_NOOP("diptych::ModelFacts", "%1 per thousand pictures"))
                         .arg(rateText(*price.images, price.currency)));
    return parts.isEmpty() ? text("not known") : parts.join(QStringLiteral(", "));
}

QString chargeSourceText(const Charge &charge)
{
    if (charge.kind != Charge::Kind::Priced)
        return {};
    QStringList parts {charge.price.source};
    if (charge.price.date.isValid())
        parts.append(QLocale().toString(charge.price.date, QLocale::ShortFormat));
    parts.removeAll(QString());
    return parts.join(QStringLiteral(", "));
}

} // namespace diptych
