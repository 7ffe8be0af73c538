// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/parameters.h"

#include "models/jsontext.h"
#include "models/parametervalues.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocale>

namespace diptych {

namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("diptych::parameters", source);
}

/// `member` picks the optional member of a RequestSettings, const or not.
template <typename Member>
ParameterSpec spec(const char *name, ParameterKind kind, Member member)
{
    ParameterSpec made {.name = QLatin1String(name), .kind = kind};
    made.read = [member](const RequestSettings &settings) -> std::optional<QJsonValue> {
        const auto &value = member(settings);
        return value ? std::optional(parameterToJson(*value)) : std::nullopt;
    };
    made.write = [member](RequestSettings &settings, const std::optional<QJsonValue> &json) {
        auto &target = member(settings);
        if (!json) {
            target.reset();
            return true;
        }
        typename std::decay_t<decltype(target)>::value_type value {};
        if (!parameterFromJson(*json, value))
            return false;
        target = std::move(value);
        return true;
    };
    return made;
}

ParameterSpec usual(ParameterSpec made, std::optional<double> low, std::optional<double> high, const char *hint)
{
    made.usualLow = low;
    made.usualHigh = high;
    made.hint = text(hint);
    return made;
}

ParameterSpec choices(ParameterSpec made, const QStringList &list, const char *hint)
{
    made.choices = list;
    made.hint = text(hint);
    return made;
}

std::vector<ParameterSpec> samplingSpecs()
{
    using Kind = ParameterKind;
    return {
        usual(spec(
                  "temperature", Kind::Real, [](auto &all) -> auto & { return all.sampling.temperature; }),
            0, 2,
            QT_TRANSLATE_NOOP(
                "diptych::parameters", "How freely the model picks; 0 always takes the likeliest token.")),
        usual(spec(
                  "top_p", Kind::Real, [](auto &all) -> auto & { return all.sampling.topP; }),
            0, 1,
            QT_TRANSLATE_NOOP("diptych::parameters", "Picks only among the likeliest tokens that make up this share.")),
        usual(spec(
                  "max_tokens", Kind::Integer, [](auto &all) -> auto & { return all.sampling.maxTokens; }),
            1, {}, QT_TRANSLATE_NOOP("diptych::parameters", "Where the answer is cut off, in tokens.")),
        usual(spec(
                  "max_completion_tokens", Kind::Integer, [](auto &all) -> auto & { return all.maxCompletionTokens; }),
            1, {}, QT_TRANSLATE_NOOP("diptych::parameters", "What reasoning models take instead of max_tokens.")),
        usual(spec(
                  "frequency_penalty", Kind::Real, [](auto &all) -> auto & { return all.sampling.frequencyPenalty; }),
            -2, 2, QT_TRANSLATE_NOOP("diptych::parameters", "Makes words rarer the more often they occurred.")),
        usual(spec(
                  "presence_penalty", Kind::Real, [](auto &all) -> auto & { return all.sampling.presencePenalty; }),
            -2, 2, QT_TRANSLATE_NOOP("diptych::parameters", "Makes words rarer that occurred at all.")),
        usual(spec(
                  "seed", Kind::Integer, [](auto &all) -> auto & { return all.sampling.seed; }),
            {}, {}, QT_TRANSLATE_NOOP("diptych::parameters", "The same seed and settings aim at the same answer.")),
        usual(spec(
                  "stop", Kind::Texts, [](auto &all) -> auto & { return all.sampling.stop; }),
            {}, {},
            QT_TRANSLATE_NOOP("diptych::parameters",
                "The answer ends before any of these. One text, or several as \"a\", \"b\"; \\n is a line break.")),
        usual(spec(
                  "n", Kind::Integer, [](auto &all) -> auto & { return all.sampling.n; }),
            1, 128, QT_TRANSLATE_NOOP("diptych::parameters", "How many answers are made.")),
    };
}

std::vector<ParameterSpec> answerSpecs()
{
    using Kind = ParameterKind;
    const auto q = [](const char *word) { return QString(QLatin1String(word)); };
    return {
        usual(spec(
                  "logprobs", Kind::Boolean, [](auto &all) -> auto & { return all.logprobs; }),
            {}, {}, QT_TRANSLATE_NOOP("diptych::parameters", "Asks for the probability of every token.")),
        usual(spec(
                  "top_logprobs", Kind::Integer, [](auto &all) -> auto & { return all.topLogprobs; }),
            0, 20,
            QT_TRANSLATE_NOOP("diptych::parameters", "How many alternatives come with each token; needs logprobs.")),
        choices(spec(
                    "reasoning_effort", Kind::Choice, [](auto &all) -> auto & { return all.reasoningEffort; }),
            {q("none"), q("minimal"), q("low"), q("medium"), q("high"), q("xhigh"), q("max")},
            QT_TRANSLATE_NOOP("diptych::parameters", "How long a reasoning model thinks.")),
        choices(spec(
                    "response_format", Kind::ResponseFormat, [](auto &all) -> auto & { return all.responseFormat; }),
            {q("text"), q("json_object"), q("json_schema")},
            QT_TRANSLATE_NOOP("diptych::parameters", "The form of the answer.")),
        choices(spec(
                    "tool_choice", Kind::ToolChoice, [](auto &all) -> auto & { return all.toolChoice; }),
            {q("auto"), q("none"), q("required")},
            QT_TRANSLATE_NOOP("diptych::parameters", "Whether a tool must be called, or the name of the function.")),
        usual(spec(
                  "parallel_tool_calls", Kind::Boolean, [](auto &all) -> auto & { return all.parallelToolCalls; }),
            {}, {}, QT_TRANSLATE_NOOP("diptych::parameters", "Whether several tools may be called at once.")),
        usual(spec(
                  "tools", Kind::Tools, [](auto &all) -> auto & { return all.tools; }),
            {}, {}, QT_TRANSLATE_NOOP("diptych::parameters", "Functions that the model may call.")),
        usual(spec(
                  "stream", Kind::Boolean, [](auto &all) -> auto & { return all.stream; }),
            {}, {},
            QT_TRANSLATE_NOOP("diptych::parameters", "Whether the answer comes piece by piece. Unset: it does.")),
    };
}

tl::unexpected<Error> wrong(const ParameterSpec &spec, const char *expected)
{
    return Failure({.kind = Error::Kind::InvalidRequest,
        .message = text("%1: %2").arg(spec.name, text(expected)),
        .parameter = spec.name});
}

Result<QJsonValue> parseNumber(const ParameterSpec &spec, const QString &typed)
{
    bool ok = false;
    if (spec.kind == ParameterKind::Integer) {
        const qint64 whole = typed.toLongLong(&ok);
        return ok ? Result<QJsonValue>(whole)
                  : wrong(spec, QT_TRANSLATE_NOOP("diptych::parameters", "a whole number is needed."));
    }
    double real = typed.toDouble(&ok);
    if (!ok) // also in the notation of the desktop's language, such as 0,7
        real = QLocale().toDouble(typed, &ok);
    return ok && qIsFinite(real) ? Result<QJsonValue>(real)
                                 : wrong(spec, QT_TRANSLATE_NOOP("diptych::parameters", "a number is needed."));
}

QJsonValue parseTexts(const QString &typed)
{
    for (const QString &list : {typed, QString(u'[' + typed + u']')}) {
        const QJsonDocument document = QJsonDocument::fromJson(list.toUtf8());
        if (document.isArray())
            return document.array();
    }
    QString single = typed;
    single.replace(QLatin1String("\\n"), QLatin1String("\n")).replace(QLatin1String("\\t"), QLatin1String("\t"));
    return QJsonArray {single};
}

Result<QJsonValue> parseJson(const ParameterSpec &spec, const QString &typed)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(typed.toUtf8(), &error);
    if (error.error != QJsonParseError::NoError)
        return wrong(spec, QT_TRANSLATE_NOOP("diptych::parameters", "this is not valid JSON."));
    return document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
}

} // namespace

std::vector<ParameterSpec> parameterSpecs()
{
    std::vector<ParameterSpec> all = samplingSpecs();
    for (ParameterSpec &more : answerSpecs())
        all.push_back(std::move(more));
    return all;
}

Result<QJsonValue> parseParameter(const ParameterSpec &spec, const QString &typed)
{
    const QString trimmed = typed.trimmed();
    Result<QJsonValue> value = QJsonValue(trimmed);
    switch (spec.kind) {
    case ParameterKind::Real:
    case ParameterKind::Integer:
        value = parseNumber(spec, trimmed);
        break;
    case ParameterKind::Boolean:
        if (trimmed != QLatin1String("true") && trimmed != QLatin1String("false"))
            return wrong(spec, QT_TRANSLATE_NOOP("diptych::parameters", "true or false is needed."));
        value = QJsonValue(trimmed == QLatin1String("true"));
        break;
    case ParameterKind::Texts:
        value = parseTexts(typed);
        break;
    case ParameterKind::Tools:
        value = parseJson(spec, trimmed);
        break;
    case ParameterKind::ResponseFormat:
        if (trimmed.startsWith(u'{'))
            value = parseJson(spec, trimmed);
        break;
    case ParameterKind::Choice:
    case ParameterKind::ToolChoice:
        break;
    }
    RequestSettings probe;
    if (value && !spec.write(probe, *value))
        return wrong(spec,
            QT_TRANSLATE_NOOP(
                "diptych::parameters", "the value has the wrong type, is out of range, or lacks a name."));
    return value;
}

QString parameterText(const ParameterSpec &spec, const QJsonValue &value)
{
    if (value.isBool())
        return value.toBool() ? QStringLiteral("true") : QStringLiteral("false");
    if (spec.kind == ParameterKind::Integer)
        return QString::number(value.toInteger());
    if (value.isDouble())
        return QString::number(value.toDouble(), 'g', QLocale::FloatingPointShortest);
    if (value.isString())
        return value.toString();
    if (spec.kind == ParameterKind::Texts) {
        QStringList quoted;
        for (const QJsonValue item : value.toArray())
            quoted.append(jsonQuoted(item.toString()));
        return quoted.join(QLatin1String(", "));
    }
    if (spec.kind == ParameterKind::ResponseFormat && !value.toObject().contains(QLatin1String("json_schema")))
        return value[QLatin1String("type")].toString();
    if (spec.kind == ParameterKind::ToolChoice)
        return value[QLatin1String("function")][QLatin1String("name")].toString();
    const QJsonDocument document = value.isArray() ? QJsonDocument(value.toArray()) : QJsonDocument(value.toObject());
    return QString::fromUtf8(document.toJson(QJsonDocument::Compact));
}

QString parameterWarning(const ParameterSpec &spec, const QJsonValue &value)
{
    const QLocale locale;
    if (value.isDouble() && spec.usualLow && value.toDouble() < *spec.usualLow)
        return text("%1 is usually at least %2; it is sent as it is.").arg(spec.name, locale.toString(*spec.usualLow));
    if (value.isDouble() && spec.usualHigh && value.toDouble() > *spec.usualHigh)
        return text("%1 is usually at most %2; it is sent as it is.").arg(spec.name, locale.toString(*spec.usualHigh));
    if (spec.kind == ParameterKind::Choice && !spec.choices.contains(value.toString()))
        return text("%1 is usually one of %2; it is sent as it is.")
            .arg(spec.name, spec.choices.join(QLatin1String(", ")));
    if (spec.kind == ParameterKind::Texts && value.toArray().size() > 4)
        return text("Many servers take at most 4 stop texts.");
    return {};
}

QStringList collidingExtras(const QJsonObject &extras)
{
    QStringList known {QStringLiteral("model"), QStringLiteral("messages"), QStringLiteral("prompt"),
        QStringLiteral("modalities"), QStringLiteral("user")};
    for (const ParameterSpec &parameter : parameterSpecs())
        known.append(parameter.name);
    QStringList colliding;
    for (const QString &key : extras.keys()) {
        if (known.contains(key))
            colliding.append(key);
    }
    return colliding;
}

} // namespace diptych
