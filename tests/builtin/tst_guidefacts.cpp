// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/guide/calendar.h"
#include "builtin/guide/conversion.h"
#include "builtin/guide/units.h"

#include <QTest>

using namespace diptych;

/// Units and dates: what is worked out without looking anything up.
class TestGuideFacts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatIsNoConversionIsLeftAlone_data();
    void whatIsNoConversionIsLeftAlone();
    void unitsThatDoNotFitAreRefused_data();
    void unitsThatDoNotFitAreRefused();
    void unitsAreConverted_data();
    void unitsAreConverted();
    void unitsKeepTheirDefinitions_data();
    void unitsKeepTheirDefinitions();
    void numbersAreReadable_data();
    void numbersAreReadable();
    void whatIsNoDateIsLeftAlone_data();
    void whatIsNoDateIsLeftAlone();
    void datesAreWorkedOut_data();
    void datesAreWorkedOut();

private:
    QDateTime m_now {QDate(2026, 3, 1), QTime(14, 5)};
};

void TestGuideFacts::whatIsNoConversionIsLeftAlone_data()
{
    QTest::addColumn<QString>("question");
    for (const char *question : {"", "5", "5 miles", "in", "What is 5 in base 2?", "How many panes can I have?",
             "How much is the fish?", "convert the endpoint to v1", "5 flurbs in km", "5 km in flurbs",
             "how many tokens are in a sentence", "change the key to another", "5 km 3 kg in m", "5 km 3 in m",
             "what is 72 in hexadecimal", "1e999 m in km", "What is strict in Diptych?"})
        QTest::newRow(question) << QString::fromLatin1(question);
    QTest::newRow("very long") << QString(u"5 " % QString(300, u'm') % u" in km");
}

void TestGuideFacts::whatIsNoConversionIsLeftAlone()
{
    QFETCH(QString, question);
    const auto answer = convertedUnits(question);
    QVERIFY2(!answer, answer ? qPrintable(*answer) : "");
}

void TestGuideFacts::unitsThatDoNotFitAreRefused_data()
{
    QTest::addColumn<QString>("question");
    QTest::addColumn<QString>("answer");
    const auto row = [](const char *question, const char *answer) {
        QTest::newRow(question) << QString::fromUtf8(question) << QString::fromUtf8(answer);
    };
    row("convert 5 miles to kilograms", "That does not convert: miles measures length, kilograms measures mass.");
    row("72 °F in metres", "That does not convert: °F measures temperature, metres measures length.");
    row("5 GB in seconds", "That does not convert: GB measures data, seconds measures time.");
    row("3 m^5 in s", "");
    row("3 m/s^2 in km", "That does not convert: m/s^2 measures something else, km measures length.");
}

void TestGuideFacts::unitsThatDoNotFitAreRefused()
{
    QFETCH(QString, question);
    QFETCH(QString, answer);
    QCOMPARE(convertedUnits(question).value_or(QString()), answer);
}

void TestGuideFacts::unitsAreConverted_data()
{
    QTest::addColumn<QString>("question");
    QTest::addColumn<QString>("answer");
    const auto row = [](const char *question, const char *answer) {
        QTest::newRow(question) << QString::fromUtf8(question) << QString::fromUtf8(answer);
    };
    row("convert 5 miles to km", "5 miles = **8.04672 km**");
    row("1 mile = ? km", "1 mile = **1.609344 km**");
    row("how many feet are in 3 metres?", "3 metres = **9.84251969 feet**");
    row("How many ounces are there in a pound?", "a pound = **16 ounces**");
    row("how many miles is 10 km", "10 km = **6.21371192 miles**");
    row("72 °F in Celsius", "72 °F = **22.2222222 Celsius**");
    row("what is 100 degrees Celsius in degrees Fahrenheit?", "100 degrees Celsius = **212 degrees Fahrenheit**");
    row("-40 F to C", "-40 F = **-40 C**");
    row("300 K in °C", "300 K = **26.85 °C**");
    row("5 GB in MiB", "5 GB = **4768.37158 MiB**");
    row("1 GiB in bytes", "1 GiB = **1073741824 bytes**");
    row("10 mb in kb", "10 mb = **10000 kb**");
    row("1 byte in bits", "1 byte = **8 bits**");
    row("100 Mbit/s in MB/s", "100 Mbit/s = **12.5 MB/s**");
    row("60 mph in m/s", "60 mph = **26.8224 m/s**");
    row("what's 100 km/h in miles per hour", "100 km/h = **62.1371192 miles per hour**");
    row("20 knots in km/h", "20 knots = **37.04 km/h**");
    row("2 square metres in square feet", "2 square metres = **21.5278208 square feet**");
    row("1 acre in m²", "1 acre = **4046.85642 m²**");
    row("5 m3 to litres", "5 m3 = **5000 litres**");
    row("2 cups in ml", "2 cups = **473.176473 ml**");
    row("1 gallon in L", "1 gallon = **3.78541178 L**");
    row("11 stone in kg", "11 stone = **69.853225 kg**");
    row("6 ft 2 in to cm", "6 ft 2 in = **187.96 cm**");
    row("5'11\" in cm", "5'11\" = **180.34 cm**");
    row("5 in to cm", "5 in = **12.7 cm**");
    row("1,500 metres in miles", "1,500 metres = **0.932056788 miles**");
    row("half a mile in yards", "half a mile = **880 yards**");
    row("30 psi in bar", "30 psi = **2.06842719 bar**");
    row("1 atm in kPa", "1 atm = **101.325 kPa**");
    row("500 kcal in kJ", "500 kcal = **2092 kJ**");
    row("1 kWh in MJ", "1 kWh = **3.6 MJ**");
    row("100 horsepower in kW", "100 horsepower = **74.5699872 kW**");
    row("how many days are in a year", "a year = **365.2425 days**");
    row("how many seconds in a week?", "a week = **604800 seconds**");
    row("90 degrees in radians", "90 degrees = **1.57079633 radians**");
    row("1 light year in km", "1 light year = **9460730472581 km**");
    row("2 hours 30 minutes in seconds", "2 hours 30 minutes = **9000 seconds**");
}

void TestGuideFacts::unitsAreConverted()
{
    QFETCH(QString, question);
    QFETCH(QString, answer);
    QCOMPARE(convertedUnits(question).value_or(QString()), answer);
}

void TestGuideFacts::unitsKeepTheirDefinitions_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<double>("factor");
    QTest::newRow("yard") << QStringLiteral("yard") << 0.9144;
    QTest::newRow("nautical mile") << QStringLiteral("nautical miles") << 1852.0;
    QTest::newRow("psi") << QStringLiteral("psi") << 6894.757293168361;
    QTest::newRow("US gallon") << QStringLiteral("US gallon") << 3.785411784e-3;
    QTest::newRow("acre") << QStringLiteral("acre") << 4046.8564224;
    QTest::newRow("horsepower") << QStringLiteral("hp") << 745.69987158227022;
    QTest::newRow("parsec") << QStringLiteral("parsec") << 3.0856775814913673e16;
    QTest::newRow("nothing") << QStringLiteral("flurb") << 0.0;
}

void TestGuideFacts::unitsKeepTheirDefinitions()
{
    QFETCH(QString, name);
    QFETCH(double, factor);
    const double found = unitNamed(name).value_or(Unit {.factor = 0}).factor;
    QVERIFY2(std::abs(found - factor) <= 1e-12 * factor, qPrintable(QString::number(found, 'g', 17)));
}

void TestGuideFacts::numbersAreReadable_data()
{
    QTest::addColumn<double>("value");
    QTest::addColumn<QString>("text");
    QTest::newRow("zero") << 0.0 << QStringLiteral("0");
    QTest::newRow("negative zero") << -0.0 << QStringLiteral("0");
    QTest::newRow("whole") << 1200.0 << QStringLiteral("1200");
    QTest::newRow("fraction") << 1.0 / 3 << QStringLiteral("0.333333333");
    QTest::newRow("large") << 6.02214076e23 << QStringLiteral("6.022141e23");
    QTest::newRow("small") << 1.5e-9 << QStringLiteral("1.5e-09");
}

void TestGuideFacts::numbersAreReadable()
{
    QFETCH(double, value);
    QFETCH(QString, text);
    QCOMPARE(readableNumber(value), text);
}

void TestGuideFacts::whatIsNoDateIsLeftAlone_data()
{
    QTest::addColumn<QString>("question");
    for (const char *question :
        {"", "What day is flurb?", "what is 2026-02-30", "What day is 2026-02-30?", "days between here and there",
            "how many days until I die", "what date format do logs have", "how long is a session kept"})
        QTest::newRow(question) << QString::fromLatin1(question);
}

void TestGuideFacts::whatIsNoDateIsLeftAlone()
{
    QFETCH(QString, question);
    const auto answer = answerAboutDates(question, m_now);
    QVERIFY2(!answer, answer ? qPrintable(*answer) : "");
}

void TestGuideFacts::datesAreWorkedOut_data()
{
    QTest::addColumn<QString>("question");
    QTest::addColumn<QString>("answer");
    const auto row = [](const char *question, const char *answer) {
        QTest::newRow(question) << QString::fromLatin1(question) << QString::fromLatin1(answer);
    };
    row("What day is 2026-03-01?", "**Sunday, 1 March 2026**");
    row("what day of the week was 24 December 1999", "**Friday, 24 December 1999**");
    row("On which day does July 4th, 2026 fall?", "**Saturday, 4 July 2026**");
    row("What day is it today?", "**Sunday, 1 March 2026**");
    row("what day is tomorrow", "**Monday, 2 March 2026**");
    row("How many days are there between 1 March 2026 and 24 December 2026?",
        "From Sunday, 1 March 2026 to Thursday, 24 December 2026: **298 days**.");
    row("days between 2024-02-28 and 2024-02-29",
        "From Wednesday, 28 February 2024 to Thursday, 29 February 2024: **1 day**.");
    row("how many days until 2027-01-01", "From today, Sunday, 1 March 2026, to Friday, 1 January 2027: **306 days**.");
    row("How many days until December 24?",
        "From today, Sunday, 1 March 2026, to Thursday, 24 December 2026: **298 days**.");
    row("What date is 30 days after 2026-03-01?", "**Tuesday, 31 March 2026**");
    row("3 weeks ago", "**Sunday, 8 February 2026**");
    row("what day will it be in 10 days", "**Wednesday, 11 March 2026**");
    row("days until Christmas?", "From today, Sunday, 1 March 2026, to Friday, 25 December 2026: **299 days**.");
    row("What time is it?", "**14:05**");
    row("1 month before 31 March 2026", "**Saturday, 28 February 2026**");
}

void TestGuideFacts::datesAreWorkedOut()
{
    QFETCH(QString, question);
    QFETCH(QString, answer);
    QCOMPARE(answerAboutDates(question, m_now).value_or(QString()), answer);
}

QTEST_GUILESS_MAIN(TestGuideFacts)
#include "tst_guidefacts.moc"
