// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/clioptions.h"

#include "cli/command.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

#include <cstdio>
#include <limits>

namespace diptych::clioptions {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("diptych::clioptions", text);
}

QCommandLineOption valued(const QString &name, const QString &description, const QString &value)
{
    return QCommandLineOption(name, description, value);
}

// Any JSON value; what is not JSON is taken as text, so that quotes are not needed twice.
QJsonValue jsonOrText(const QString &text)
{
    const QJsonDocument wrapped = QJsonDocument::fromJson(QString(u'[' % text % u']').toUtf8());
    return wrapped.isArray() && wrapped.array().size() == 1 ? wrapped.array().first() : QJsonValue(text);
}

} // namespace

void addModel(QCommandLineParser &parser, const QString &defaultModel)
{
    parser.addOption({{QStringLiteral("m"), QStringLiteral("model")},
        tr("The model; without --url: %1 unless another is named.").arg(defaultModel), tr("model")});
}

void addSampling(QCommandLineParser &parser)
{
    parser.addOptions({
        valued(QStringLiteral("temperature"), tr("0 to 2; not sent unless given, like all of these."), tr("number")),
        valued(QStringLiteral("top-p"), tr("0 to 1."), tr("number")),
        valued(QStringLiteral("max-tokens"), tr("Longest answer, in tokens."), tr("count")),
        valued(QStringLiteral("frequency-penalty"), tr("-2 to 2."), tr("number")),
        valued(QStringLiteral("presence-penalty"), tr("-2 to 2."), tr("number")),
        valued(QStringLiteral("seed"), tr("For answers that can be repeated."), tr("number")),
        valued(QStringLiteral("stop"), tr("End the answer before this text; may be given several times."), tr("text")),
    });
}

void addExtras(QCommandLineParser &parser)
{
    parser.addOptions({
        valued(QStringLiteral("extra"), tr("A parameter outside the common API; may be given several times."),
            tr("name=json")),
        valued(QStringLiteral("extras"), tr("What becomes of them: error, drop or pass-through."), tr("mode")),
    });
}

void addOutput(QCommandLineParser &parser)
{
    parser.addOptions({
        {QStringLiteral("json"), tr("Write JSON lines.")},
        {{QStringLiteral("q"), QStringLiteral("quiet")}, tr("Leave out times and counts.")},
    });
}

void addStream(QCommandLineParser &parser)
{
    parser.addOption({QStringLiteral("no-stream"), tr("Ask for the answer in one piece.")});
}

QString model(const QCommandLineParser &parser, const QString &builtinDefault)
{
    if (parser.isSet(QStringLiteral("model")))
        return parser.value(QStringLiteral("model"));
    return parser.isSet(QStringLiteral("url")) ? QString() : builtinDefault;
}

Result<std::optional<double>> number(const QCommandLineParser &parser, const QString &name)
{
    if (!parser.isSet(name))
        return std::nullopt;
    bool isNumber = false;
    const double value = parser.value(name).toDouble(&isNumber);
    if (!isNumber || !qIsFinite(value))
        return usageError(tr("--%1 takes a number, not \"%2\".").arg(name, parser.value(name)));
    return value;
}

Result<std::optional<qint64>> integer(
    const QCommandLineParser &parser, const QString &name, qint64 smallest, qint64 largest)
{
    if (!parser.isSet(name))
        return std::nullopt;
    bool isNumber = false;
    const qint64 value = parser.value(name).toLongLong(&isNumber);
    if (!isNumber || value < smallest || value > largest)
        return usageError(tr("--%1 takes a whole number from %2 to %3, not \"%4\".")
                              .arg(name, QString::number(smallest), QString::number(largest), parser.value(name)));
    return value;
}

Result<SamplingParameters> sampling(const QCommandLineParser &parser)
{
    SamplingParameters result;
    const std::pair<QString, std::optional<double> *> numbers[] = {
        {QStringLiteral("temperature"), &result.temperature},
        {QStringLiteral("top-p"), &result.topP},
        {QStringLiteral("frequency-penalty"), &result.frequencyPenalty},
        {QStringLiteral("presence-penalty"), &result.presencePenalty},
    };
    for (const auto &[name, target] : numbers) {
        const auto value = number(parser, name);
        if (!value)
            return Failure(value.error());
        *target = *value;
    }
    const auto maxTokens = integer(parser, QStringLiteral("max-tokens"), 0, std::numeric_limits<int>::max());
    if (!maxTokens)
        return Failure(maxTokens.error());
    if (*maxTokens)
        result.maxTokens = static_cast<int>(**maxTokens);
    const auto seed =
        integer(parser, QStringLiteral("seed"), std::numeric_limits<qint64>::min(), std::numeric_limits<qint64>::max());
    if (!seed)
        return Failure(seed.error());
    result.seed = *seed;
    if (parser.isSet(QStringLiteral("stop")))
        result.stop = parser.values(QStringLiteral("stop"));
    return result;
}

Result<Extras> extras(const QCommandLineParser &parser)
{
    Extras result;
    const QStringList pairs = parser.values(QStringLiteral("extra"));
    for (const QString &pair : pairs) {
        const qsizetype equals = pair.indexOf(u'=');
        if (equals < 1)
            return usageError(tr("--extra takes name=value, not \"%1\".").arg(pair));
        result.values.insert(pair.left(equals), jsonOrText(pair.mid(equals + 1)));
    }
    if (!parser.isSet(QStringLiteral("extras")))
        return result;
    result.mode = extrasModeFromName(parser.value(QStringLiteral("extras")));
    if (!result.mode)
        return usageError(
            tr("--extras takes error, drop or pass-through, not \"%1\".").arg(parser.value(QStringLiteral("extras"))));
    return result;
}

QStringList arguments(const QCommandLineParser &parser)
{
    return parser.positionalArguments().mid(1);
}

Result<QString> text(const QCommandLineParser &parser, const QString &what)
{
    const QStringList given = arguments(parser);
    if (given.size() != 1)
        return usageError(given.isEmpty() ? tr("%1 is missing; \"-\" reads it from standard input.").arg(what)
                                          : tr("Only one %1 can be given; put it in quotes.").arg(what));
    if (given.first() != u"-")
        return given.first();
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly))
        return usageError(tr("Standard input can not be read."));
    return QString::fromUtf8(input.readAll());
}

} // namespace diptych::clioptions
