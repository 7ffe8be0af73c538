// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/faults/fault.h"

#include "gateway/fieldreader.h"

#include <QCoreApplication>

#include <array>

namespace diptych {

namespace {

constexpr std::array kinds {Fault::Kind::Delay, Fault::Kind::Stall, Fault::Kind::Cut, Fault::Kind::Malformed,
    Fault::Kind::WrongType, Fault::Kind::RateLimit, Fault::Kind::Error, Fault::Kind::Slow};

QString text(const char *source)
{
    return QCoreApplication::translate("diptych::Fault", source);
}

void readKind(FieldReader &reader, const QString &name, Fault &fault)
{
    QStringList names;
    for (const Fault::Kind kind : kinds) {
        names.append(faultName(kind));
        if (faultName(kind) == name) {
            fault.kind = kind;
            return;
        }
    }
    reader.fail(QStringLiteral("kind"),
        text("There is no fault \"%1\". There are: %2.").arg(name, names.join(QStringLiteral(", "))));
}

void readDetails(FieldReader &reader, Fault &fault)
{
    constexpr int mostPieces = 100'000;
    constexpr int mostMilliseconds = 600'000;
    constexpr int mostSeconds = 3'600;
    constexpr int mostBytes = 1'000'000;
    fault.after = reader.smallInteger(QStringLiteral("after"), 0, mostPieces).value_or(fault.after);
    if (const auto delay = reader.smallInteger(QStringLiteral("milliseconds"), 0, mostMilliseconds))
        fault.delay = std::chrono::milliseconds(*delay);
    if (const auto wait = reader.smallInteger(QStringLiteral("retry_after"), 0, mostSeconds))
        fault.retryAfter = std::chrono::seconds(*wait);
    fault.status = reader.smallInteger(QStringLiteral("status"), 500, 599).value_or(fault.status);
    fault.bytesPerSecond =
        reader.smallInteger(QStringLiteral("bytes_per_second"), 1, mostBytes).value_or(fault.bytesPerSecond);
}

} // namespace

QString faultName(Fault::Kind kind)
{
    switch (kind) {
    case Fault::Kind::Delay:
        return QStringLiteral("delay");
    case Fault::Kind::Stall:
        return QStringLiteral("stall");
    case Fault::Kind::Cut:
        return QStringLiteral("cut");
    case Fault::Kind::Malformed:
        return QStringLiteral("malformed");
    case Fault::Kind::WrongType:
        return QStringLiteral("wrong_type");
    case Fault::Kind::RateLimit:
        return QStringLiteral("rate_limit");
    case Fault::Kind::Error:
        return QStringLiteral("error");
    case Fault::Kind::Slow:
        break;
    }
    return QStringLiteral("slow");
}

Result<std::optional<Fault>> findFault(const QJsonObject &body)
{
    const QString name = QStringLiteral("fault");
    QJsonValue asked = body.value(name);
    if (asked.isUndefined())
        asked = body.value(u"options").toObject().value(name);
    if (asked.isUndefined() || asked.isNull())
        return std::optional<Fault>();
    const QJsonObject object = asked.isString() ? QJsonObject {{QStringLiteral("kind"), asked}} : asked.toObject();
    FieldReader reader(object, name);
    Fault fault;
    readKind(reader, reader.string(QStringLiteral("kind")).value_or(QString()), fault);
    readDetails(reader, fault);
    if (reader.error())
        return Failure(*reader.error());
    return std::optional(fault);
}

} // namespace diptych
