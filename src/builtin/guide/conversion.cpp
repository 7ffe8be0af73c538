// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/guide/conversion.h"

#include "builtin/guide/units.h"

#include <QCoreApplication>
#include <QHash>
#include <QRegularExpression>

#include <cmath>

namespace diptych {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::Conversion", text);
}

/// So many of a unit, in base units.
struct Quantity {
    double value = 0;
    Unit unit {};
    QString unitName {};
    QString written {};
};

/// A quantity, and the unit in which it is wanted, as words.
struct Wish {
    QString quantity {};
    QString target {};
};

std::optional<double> numberOf(const QString &text)
{
    static const QHash<QString, double> words {{QStringLiteral("a"), 1}, {QStringLiteral("an"), 1},
        {QStringLiteral("one"), 1}, {QStringLiteral("two"), 2}, {QStringLiteral("three"), 3},
        {QStringLiteral("four"), 4}, {QStringLiteral("five"), 5}, {QStringLiteral("six"), 6},
        {QStringLiteral("seven"), 7}, {QStringLiteral("eight"), 8}, {QStringLiteral("nine"), 9},
        {QStringLiteral("ten"), 10}, {QStringLiteral("twelve"), 12}, {QStringLiteral("hundred"), 100},
        {QStringLiteral("a hundred"), 100}, {QStringLiteral("thousand"), 1000}, {QStringLiteral("a thousand"), 1000},
        {QStringLiteral("a million"), 1e6}, {QStringLiteral("half"), 0.5}, {QStringLiteral("half a"), 0.5},
        {QStringLiteral("half an"), 0.5}, {QStringLiteral("a quarter"), 0.25}};
    const auto word = words.constFind(text.toLower());
    if (word != words.cend())
        return *word;
    bool ok = false;
    const double value = QString(text).remove(u',').replace(QChar(0x2212), u'-').toDouble(&ok);
    return ok && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

std::optional<Quantity> quantityOf(const QString &text)
{
    // A comma is taken for a thousands separator only where three digits follow.
    static const QRegularExpression part(
        QStringLiteral(
            "\\G\\s*(?:and\\s+)?((?:half an?|an? (?:hundred|thousand|million|quarter)|[-−+]?\\d+(?:,\\d{3})*"
            "(?:\\.\\d+)?(?:e[-+]?\\d{1,3})?|[-−]?\\.\\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|"
            "twelve|half)(?![\\d.]))\\s*(?:of an? )?([^\\d\\s][^\\d]*?(?:\\^?[23](?!\\d))?)(?=\\s*(?:and\\s+)?"
            "[-−]?\\d|$)"),
        QRegularExpression::CaseInsensitiveOption);
    Quantity sum;
    qsizetype end = 0;
    for (auto matches = part.globalMatch(text); matches.hasNext();) {
        const auto match = matches.next();
        const auto number = numberOf(match.captured(1));
        const auto unit = unitNamed(match.captured(2).trimmed());
        if (!number || !unit || (end > 0 && (unit->dimension != sum.unit.dimension || unit->offset != 0)))
            return {};
        sum.value += *number * unit->factor + unit->offset;
        if (end == 0) {
            sum.unit = *unit;
            sum.unitName = match.captured(2).trimmed();
        }
        end = match.capturedEnd();
    }
    if (end != text.size() || end == 0)
        return {};
    sum.written = text;
    return sum;
}

/// "how many feet are in 3 metres", "how many miles is 10 km".
std::optional<Wish> countedIn(const QString &text)
{
    static const QRegularExpression howMany(
        QStringLiteral(
            "how (?:many|much) (.+?) (?:(?:(?:are|is|do|does|go) )?(?:there )?(?:in|into|to|per|make up|equals?)|is|"
            "are|make) (.+)$"),
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression numbered(
        QStringLiteral("^(?:[-−.]?\\d|(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|half)\\s)"),
        QRegularExpression::CaseInsensitiveOption);
    const auto match = howMany.match(text);
    if (!match.hasMatch() || !unitNamed(match.captured(1)))
        return {};
    const QString amount = match.captured(2);
    return Wish {
        .quantity = numbered.match(amount).hasMatch() ? amount : QString(u"1 " % amount), .target = match.captured(1)};
}

std::optional<Wish> wishIn(const QString &question)
{
    static const QRegularExpression ending(QStringLiteral("(?:[\\s?!.]|\\bplease)+$"));
    static const QRegularExpression asking(
        QStringLiteral(
            "^(?:(?:please|can you|could you|tell me|so|and)\\s+)*(?:(?:convert|change|express|turn|what(?:'s| is| "
            "are)|how (?:much|far|long|heavy|tall|high|hot|cold|fast|big|large|old|warm|deep|wide) (?:is|are))\\s+)?"),
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression into(
        QStringLiteral("\\s(?:to|into|in|as|=(?: ?\\?)?|equals?|expressed in|->|→)(?=\\s)"));
    const QString text = question.simplified().remove(ending);
    if (const auto counted = countedIn(text))
        return counted;
    const QString bare = QString(text).remove(asking);
    // Of "5 in to cm" the first word that could divide is the unit itself.
    for (auto dividers = into.globalMatch(bare); dividers.hasNext();) {
        const auto divider = dividers.next();
        const Wish wish {
            .quantity = bare.first(divider.capturedStart()), .target = bare.mid(divider.capturedEnd() + 1)};
        if (quantityOf(wish.quantity) && unitNamed(wish.target))
            return wish;
    }
    return {};
}

QString measured(const QString &unitName, const Unit &unit)
{
    const QString dimension = dimensionName(unit.dimension);
    return dimension.isEmpty() ? translated("%1 measures something else").arg(unitName)
                               : translated("%1 measures %2").arg(unitName, dimension);
}

} // namespace

QString readableNumber(double value)
{
    const double size = std::abs(value);
    if (size != 0 && (size >= 1e15 || size < 1e-4))
        return QString::number(value, 'g', 7).replace(QLatin1String("e+"), QLatin1String("e"));
    const int whole = size < 1 ? 0 : static_cast<int>(std::floor(std::log10(size))) + 1;
    QString text = QString::number(value, 'f', std::max(0, 9 - whole));
    static const QRegularExpression zeros(QStringLiteral("(\\.\\d*?)0+$"));
    text.replace(zeros, QStringLiteral("\\1"));
    if (text.endsWith(u'.'))
        text.chop(1);
    return text == QLatin1String("-0") ? QStringLiteral("0") : text;
}

std::optional<QString> convertedUnits(const QString &question)
{
    if (question.size() > 200)
        return {};
    const auto wish = wishIn(question);
    if (!wish)
        return {};
    const auto quantity = quantityOf(wish->quantity);
    const auto target = unitNamed(wish->target);
    if (!quantity || !target)
        return {};
    if (quantity->unit.dimension != target->dimension) {
        return translated("That does not convert: %1, %2.")
            .arg(measured(quantity->unitName, quantity->unit), measured(wish->target, *target));
    }
    const double value = (quantity->value - target->offset) / target->factor;
    return QString(quantity->written % u" = **" % readableNumber(value) % u' ' % wish->target % u"**");
}

} // namespace diptych
