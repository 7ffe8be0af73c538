// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/guide/units.h"

#include <QCoreApplication>
#include <QHash>
#include <QRegularExpression>
#include <QStringList>

#include <cmath>
#include <numbers>

namespace diptych {

namespace {

constexpr Dimension length {1};
constexpr Dimension area {2};
constexpr Dimension volume {3};
constexpr Dimension mass {0, 1};
constexpr Dimension duration {0, 0, 1};
constexpr Dimension temperature {0, 0, 0, 1};
constexpr Dimension data {0, 0, 0, 0, 1};
constexpr Dimension angle {0, 0, 0, 0, 0, 1};
constexpr Dimension speed {1, 0, -1};
constexpr Dimension frequency {0, 0, -1};
constexpr Dimension force {1, 1, -2};
constexpr Dimension pressure {-1, 1, -2};
constexpr Dimension energy {2, 1, -2};
constexpr Dimension power {2, 1, -3};

constexpr double foot = 0.3048;
constexpr double inch = 0.0254;
constexpr double pound = 0.45359237;
constexpr double gravity = 9.80665;
constexpr double gallon = 231 * inch * inch * inch;
constexpr double imperialGallon = 4.54609e-3;
constexpr double poundForce = pound * gravity;
constexpr double hour = 3600;
constexpr double day = 24 * hour;
constexpr double year = 365.2425 * day;

struct Row {
    const char *names; // separated by |; the first ones are symbols, in which case matters
    Dimension dimension;
    double factor;
    bool takesPrefixes = false;
    double offset = 0;
};

/// Source: NIST SP 811 (2008), appendix B; definitions of the international foot and pound (1959), the US gallon, the
/// UK gallon (1985); IAU 2012 resolution B2 (astronomical unit). Calories are thermochemical, the Btu is that of the
/// International Table, years are the mean of the Gregorian calendar.
const Row rows[] = {
    {"m|metre|meter", length, 1, true},
    {"in|\"|″|inch|inches", length, inch},
    {"ft|'|′|foot|feet", length, foot},
    {"yd|yard", length, 3 * foot},
    {"mi|mile", length, 5280 * foot},
    {"nmi|nautical mile|sea mile", length, 1852},
    {"µm|um|micron", length, 1e-6},
    {"Å|angstrom", length, 1e-10},
    {"au|AU|astronomical unit", length, 149'597'870'700.0},
    {"ly|light year|light-year|lightyear", length, 9'460'730'472'580'800.0},
    {"pc|parsec", length, 149'597'870'700.0 * 648'000 / std::numbers::pi, true},
    {"furlong", length, 660 * foot},
    {"fathom", length, 6 * foot},
    {"ha|hectare", area, 1e4},
    {"acre", area, 43'560 * foot *foot},
    {"L|l|litre|liter", volume, 1e-3, true},
    {"gal|gallon|us gallon", volume, gallon},
    {"qt|quart", volume, gallon / 4},
    {"pt|pint|us pint", volume, gallon / 8},
    {"cup", volume, gallon / 16},
    {"fl oz|floz|fluid ounce", volume, gallon / 128},
    {"tbsp|tablespoon", volume, gallon / 256},
    {"tsp|teaspoon", volume, gallon / 768},
    {"imperial gallon|uk gallon", volume, imperialGallon},
    {"imperial pint|uk pint", volume, imperialGallon / 8},
    {"barrel|oil barrel", volume, 42 * gallon},
    {"g|gram|gramme", mass, 1e-3, true},
    {"t|tonne|metric ton", mass, 1000},
    {"lb|lbs|pound", mass, pound},
    {"oz|ounce", mass, pound / 16},
    {"st|stone", mass, 14 * pound},
    {"ton|short ton|us ton", mass, 2000 * pound},
    {"long ton|imperial ton", mass, 2240 * pound},
    {"ct|carat", mass, 2e-4},
    {"grain", mass, pound / 7000},
    {"s|sec|second", duration, 1, true},
    {"min|minute", duration, 60},
    {"h|hr|hrs|hour", duration, hour},
    {"d|day", duration, day},
    {"wk|week", duration, 7 * day},
    {"fortnight", duration, 14 * day},
    {"month", duration, year / 12},
    {"yr|year", duration, year},
    {"decade", duration, 10 * year},
    {"century|centuries", duration, 100 * year},
    {"K|kelvin|degree kelvin", temperature, 1},
    {"C|°C|℃|celsius|centigrade|degree celsius|degree centigrade|degree c", temperature, 1, false, 273.15},
    {"F|°F|℉|fahrenheit|degree fahrenheit|degree f", temperature, 5.0 / 9, false, 459.67 * 5 / 9},
    {"°R|rankine|degree rankine", temperature, 5.0 / 9},
    {"b|bit", data, 1, true},
    {"B|byte", data, 8, true},
    {"nibble", data, 4},
    {"rad|radian", angle, 1, true},
    {"deg|°|degree", angle, std::numbers::pi / 180},
    {"arcmin|arcminute|arc minute|minute of arc", angle, std::numbers::pi / 10'800},
    {"arcsec|arcsecond|arc second|second of arc", angle, std::numbers::pi / 648'000},
    {"gon|gradian|grade", angle, std::numbers::pi / 200},
    {"turn|revolution|full circle", angle, 2 * std::numbers::pi},
    {"mph", speed, 5280 * foot / hour},
    {"kph|kmh", speed, 1000 / hour},
    {"kn|kt|knot", speed, 1852 / hour},
    {"c|speed of light|light speed", speed, 299'792'458},
    {"Hz|hertz", frequency, 1, true},
    {"N|newton", force, 1, true},
    {"lbf|pound force|pound-force", force, poundForce},
    {"kgf|kilogram force|kilogram-force", force, gravity},
    {"dyn|dyne", force, 1e-5},
    {"Pa|pascal", pressure, 1, true},
    {"bar", pressure, 1e5, true},
    {"atm|atmosphere", pressure, 101'325},
    {"psi|pound per square inch", pressure, poundForce / (inch * inch)},
    {"torr|Torr", pressure, 101'325.0 / 760},
    {"mmHg|millimetre of mercury|millimeter of mercury", pressure, 133.322387415},
    {"inHg|inch of mercury", pressure, 3386.389},
    {"J|joule", energy, 1, true},
    {"cal|calorie", energy, 4.184, true},
    {"Cal|food calorie", energy, 4184},
    {"Wh|watt hour|watt-hour", energy, hour, true},
    {"eV|electronvolt|electron volt", energy, 1.602176634e-19, true},
    {"BTU|Btu|btu|british thermal unit", energy, 1055.05585262},
    {"ft lb|ft-lb|foot pound|foot-pound", energy, foot *poundForce},
    {"erg", energy, 1e-7},
    {"W|watt", power, 1, true},
    {"hp|horsepower", power, 550 * foot *poundForce},
    {"bps", Dimension {0, 0, -1, 0, 1}, 1, true},
};

struct Prefix {
    const char *symbol;
    const char *name;
    double factor;
};

constexpr Prefix prefixes[] = {{"k", "kilo", 1e3}, {"K", "kilo", 1e3}, {"M", "mega", 1e6}, {"G", "giga", 1e9},
    {"T", "tera", 1e12}, {"P", "peta", 1e15}, {"E", "exa", 1e18}, {"h", "hecto", 1e2}, {"da", "deca", 1e1},
    {"d", "deci", 1e-1}, {"c", "centi", 1e-2}, {"m", "milli", 1e-3}, {"µ", "micro", 1e-6}, {"u", "micro", 1e-6},
    {"n", "nano", 1e-9}, {"p", "pico", 1e-12}, {"f", "femto", 1e-15}, {"Ki", "kibi", 1024.0}, {"Mi", "mebi", 1048576.0},
    {"Gi", "gibi", 1073741824.0}, {"Ti", "tebi", 1099511627776.0}};

bool isBinary(const Prefix &prefix)
{
    return QLatin1String(prefix.name).endsWith(QLatin1String("bi"));
}

struct Names {
    QHash<QString, Unit> exact; // as they are written, also plurals
    QHash<QString, Unit> folded; // in lower case; where two meet, the later one is left out
};

void addName(Names &names, const QString &name, const Unit &unit)
{
    if (!names.exact.contains(name))
        names.exact.insert(name, unit);
    const QString folded = name.toLower();
    if (!names.folded.contains(folded))
        names.folded.insert(folded, unit);
}

/// A name with its plural and its prefixes: symbols take k and M, words take kilo and mega; short words take both.
void addWithForms(Names &names, const Row &row, const QString &name)
{
    const bool symbol = name.size() <= 3 || name != name.toLower();
    const bool word = name.size() >= 3 && name == name.toLower();
    const QString plural =
        name.startsWith(QLatin1String("degree ")) ? QString(u"degrees " % name.mid(7)) : QString(name % u's');
    const Unit unit {.dimension = row.dimension, .factor = row.factor, .offset = row.offset};
    addName(names, name, unit);
    if (word)
        addName(names, plural, unit);
    for (const Prefix &prefix : prefixes) {
        // A byte is not divided, and only data is counted in powers of two.
        if (!row.takesPrefixes || (row.dimension == data ? prefix.factor < 1 : isBinary(prefix)))
            continue;
        const Unit larger {.dimension = row.dimension, .factor = row.factor * prefix.factor};
        if (symbol)
            addName(names, QString(QString::fromUtf8(prefix.symbol) % name), larger);
        if (word) {
            addName(names, QString(QString::fromUtf8(prefix.name) % name), larger);
            addName(names, QString(QString::fromUtf8(prefix.name) % plural), larger);
        }
    }
}

const Names &knownNames()
{
    static const Names names = [] {
        Names result;
        for (const Row &row : rows) {
            for (const QString &name : QString::fromUtf8(row.names).split(u'|'))
                addWithForms(result, row, name);
        }
        // "gb" is a gigabyte and "kb" a kilobyte, as most people mean it.
        for (const Prefix &prefix : prefixes) {
            if (prefix.factor > 1)
                result.exact.insert(QString(QString::fromUtf8(prefix.symbol).toLower() % u'b'),
                    {.dimension = data, .factor = 8 * prefix.factor});
        }
        return result;
    }();
    return names;
}

std::optional<Unit> simpleUnit(const QString &name)
{
    const auto exact = knownNames().exact.constFind(name);
    if (exact != knownNames().exact.cend())
        return *exact;
    const auto folded = knownNames().folded.constFind(name.toLower());
    return folded == knownNames().folded.cend() ? std::nullopt : std::optional(*folded);
}

Unit raised(Unit unit, int exponent)
{
    for (int &part : unit.dimension)
        part *= exponent;
    unit.factor = std::pow(unit.factor, exponent);
    return unit;
}

Unit product(const Unit &a, const Unit &b)
{
    Unit result {.factor = a.factor * b.factor};
    for (std::size_t i = 0; i < result.dimension.size(); ++i)
        result.dimension[i] = a.dimension[i] + b.dimension[i];
    return result;
}

/// "square feet", "m^2", "m3", "cubic metres".
std::optional<Unit> poweredUnit(QString name)
{
    if (const auto unit = simpleUnit(name))
        return unit;
    int exponent = 1;
    static const QRegularExpression before(QStringLiteral("^(square|sq\\.?|cubic|cu\\.?)\\s+"));
    static const QRegularExpression after(QStringLiteral("(\\^?2|²|\\^?3|³|\\s+squared|\\s+cubed)$"));
    const auto leading = before.match(name.toLower());
    const auto trailing = after.match(name.toLower());
    if (leading.hasMatch()) {
        exponent = leading.captured(1).startsWith(u's') ? 2 : 3;
        name = name.mid(leading.capturedEnd());
    } else if (trailing.hasMatch()) {
        const QString mark = trailing.captured(1);
        exponent = mark.contains(u'3') || mark.contains(QChar(0xb3)) || mark.contains(QLatin1String("cubed")) ? 3 : 2;
        name = name.first(trailing.capturedStart());
    }
    const auto unit = exponent == 1 ? std::nullopt : simpleUnit(name.trimmed());
    return unit && unit->offset == 0 ? std::optional(raised(*unit, exponent)) : std::nullopt;
}

} // namespace

std::optional<Unit> unitNamed(const QString &name)
{
    const QString text = name.simplified();
    if (text.isEmpty() || text.size() > 60)
        return {};
    if (const auto unit = poweredUnit(text))
        return unit;
    static const QRegularExpression division(QStringLiteral("\\s*/\\s*|\\s+(?:per|an|a)\\s+|\\s+per\\s+(?:an?\\s+)?"));
    const QStringList parts = text.split(division);
    if (parts.size() < 2)
        return {};
    std::optional<Unit> whole = poweredUnit(parts.first());
    for (qsizetype i = 1; i < parts.size() && whole; ++i) {
        const auto part = poweredUnit(parts[i]);
        if (!part || part->offset != 0 || whole->offset != 0)
            return {};
        whole = product(*whole, raised(*part, -1));
    }
    return whole;
}

QString dimensionName(const Dimension &dimension)
{
    struct Named {
        Dimension dimension;
        const char *name;
    };
    static const Named named[] = {{length, QT_TRANSLATE_NOOP("diptych::Units", "length")},
        {area, QT_TRANSLATE_NOOP("diptych::Units", "area")}, {volume, QT_TRANSLATE_NOOP("diptych::Units", "volume")},
        {mass, QT_TRANSLATE_NOOP("diptych::Units", "mass")}, {duration, QT_TRANSLATE_NOOP("diptych::Units", "time")},
        {temperature, QT_TRANSLATE_NOOP("diptych::Units", "temperature")},
        {data, QT_TRANSLATE_NOOP("diptych::Units", "data")}, {angle, QT_TRANSLATE_NOOP("diptych::Units", "angle")},
        {speed, QT_TRANSLATE_NOOP("diptych::Units", "speed")},
        {frequency, QT_TRANSLATE_NOOP("diptych::Units", "frequency")},
        {force, QT_TRANSLATE_NOOP("diptych::Units", "force")},
        {pressure, QT_TRANSLATE_NOOP("diptych::Units", "pressure")},
        {energy, QT_TRANSLATE_NOOP("diptych::Units", "energy")}, {power, QT_TRANSLATE_NOOP("diptych::Units", "power")},
        {Dimension {0, 0, -1, 0, 1}, QT_TRANSLATE_NOOP("diptych::Units", "data rate")}};
    for (const Named &each : named) {
        if (each.dimension == dimension)
            return QCoreApplication::translate("diptych::Units", each.name);
    }
    return {};
}

} // namespace diptych
