// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/paramsmodel.h"

#include <QAbstractItemModelTester>
#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTest>

using namespace diptych;
using State = ParamsModel::State;

class TestParamsModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void wrongTypeIsRefused_data();
    void wrongTypeIsRefused();
    void typedTextReadsBack_data();
    void typedTextReadsBack();
    void unusualValueIsKeptAndWarned();
    void everyParameterIsAccountedFor();
    void threeStates();
    void closingAnEditorKeepsInherited();
    void resetGoesBackToInherited();
    void longValuesAreShownByName();
    void stopTexts_data();
    void stopTexts();
    void collisions();
    void refusedParameterIsMarked();
    void withheldIsShownAndGivenBack();

private:
    [[nodiscard]] QModelIndex cell(const char *name, int column = ParamsModel::ValueColumn) const
    {
        return m_model->index(m_model->rowOf(QLatin1String(name)), column);
    }
    [[nodiscard]] State state(const char *name) const { return cell(name).data(ParamsModel::StateRole).value<State>(); }

    std::unique_ptr<ParamsModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void TestParamsModel::init()
{
    m_tester.reset();
    m_model = std::make_unique<ParamsModel>();
    m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get());
}

void TestParamsModel::wrongTypeIsRefused_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("typed");
    QTest::newRow("word for a number") << "temperature"
                                       << "hot";
    QTest::newRow("nan") << "temperature"
                         << "nan";
    QTest::newRow("infinite") << "top_p"
                              << "inf";
    QTest::newRow("fraction for a whole number") << "max_tokens"
                                                 << "1.5";
    QTest::newRow("beyond int") << "max_tokens"
                                << "99999999999";
    QTest::newRow("beyond 64 bits") << "seed"
                                    << "99999999999999999999";
    QTest::newRow("yes for true") << "logprobs"
                                  << "yes";
    QTest::newRow("unknown format") << "response_format"
                                    << "xml";
    QTest::newRow("schema without name") << "response_format"
                                         << R"({"type":"json_schema","json_schema":{"schema":{}}})";
    QTest::newRow("broken json") << "tools"
                                 << "[{";
    QTest::newRow("tools not a list") << "tools"
                                      << "{}";
    QTest::newRow("tool without name") << "tools"
                                       << "[{}]";
}

void TestParamsModel::wrongTypeIsRefused()
{
    QFETCH(QString, name);
    QFETCH(QString, typed);
    QSignalSpy rejected(m_model.get(), &ParamsModel::rejected);
    QSignalSpy edited(m_model.get(), &ParamsModel::edited);
    QVERIFY(!m_model->setData(cell(qPrintable(name)), typed));
    QCOMPARE(rejected.size(), 1);
    QVERIFY(rejected.at(0).at(1).toString().contains(name));
    QCOMPARE(edited.size(), 0);
    QCOMPARE(m_model->session(), RequestSettings {});
}

void TestParamsModel::typedTextReadsBack_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("shown");
    QTest::newRow("real") << "temperature"
                          << " 0.7 "
                          << "0.7";
    QTest::newRow("whole real") << "temperature"
                                << "1"
                                << "1";
    QTest::newRow("tiny") << "top_p"
                          << "1e-9"
                          << "1e-09";
    QTest::newRow("largest seed") << "seed"
                                  << "9223372036854775807"
                                  << "9223372036854775807";
    QTest::newRow("negative seed") << "seed"
                                   << "-1"
                                   << "-1";
    QTest::newRow("bool") << "stream"
                          << "false"
                          << "false";
    QTest::newRow("choice") << "reasoning_effort"
                            << "low"
                            << "low";
    QTest::newRow("format") << "response_format"
                            << "json_object"
                            << "json_object";
    QTest::newRow("named tool") << "tool_choice"
                                << "get_weather"
                                << "get_weather";
    QTest::newRow("bare tool") << "tools"
                               << R"([{"name":"f"}])"
                               << R"([{"function":{"name":"f"},"type":"function"}])";
    const QString schema =
        QStringLiteral(R"({"json_schema":{"name":"a","schema":{"type":"object"},"strict":true},"type":"json_schema"})");
    QTest::newRow("schema") << "response_format" << schema << schema;
}

void TestParamsModel::typedTextReadsBack()
{
    QFETCH(QString, name);
    QFETCH(QString, typed);
    QFETCH(QString, shown);
    QVERIFY(m_model->setData(cell(qPrintable(name)), typed));
    QCOMPARE(cell(qPrintable(name)).data(Qt::EditRole).toString(), shown);
    // What is shown means the same when it is typed again.
    const ParameterSpec &spec = m_model->specAt(m_model->rowOf(name));
    const auto again = parseParameter(spec, shown);
    QVERIFY(again);
    RequestSettings settings;
    QVERIFY(spec.write(settings, *again));
    QCOMPARE(settings, m_model->session());
}

void TestParamsModel::unusualValueIsKeptAndWarned()
{
    QVERIFY(m_model->setData(cell("temperature"), QStringLiteral("7.5")));
    QVERIFY(m_model->setData(cell("reasoning_effort"), QStringLiteral("heroic")));
    QCOMPARE(m_model->session().sampling.temperature, 7.5);
    QCOMPARE(m_model->session().reasoningEffort, QStringLiteral("heroic"));
    QCOMPARE(m_model->warnings().size(), 2);
    QVERIFY(cell("temperature").data(ParamsModel::WarningRole).toString().contains(QStringLiteral("2")));
    m_model->reset(m_model->rowOf(QStringLiteral("temperature")));
    QCOMPARE(m_model->warnings().size(), 1);
}

void TestParamsModel::everyParameterIsAccountedFor()
{
    // Every row writes a member of its own: with all of them set, no member is left unset but the two of the extras.
    RequestSettings all;
    const QHash<ParameterKind, QString> samples {{ParameterKind::Real, QStringLiteral("0.5")},
        {ParameterKind::Integer, QStringLiteral("3")}, {ParameterKind::Boolean, QStringLiteral("true")},
        {ParameterKind::Choice, QStringLiteral("low")}, {ParameterKind::Texts, QStringLiteral("x")},
        {ParameterKind::ResponseFormat, QStringLiteral("text")}, {ParameterKind::ToolChoice, QStringLiteral("auto")},
        {ParameterKind::Tools, QStringLiteral("[]")}};
    for (const ParameterSpec &spec : parameterSpecs()) {
        const RequestSettings before = all;
        QVERIFY(spec.write(all, *parseParameter(spec, samples.value(spec.kind))));
        QVERIFY2(all != before, qPrintable(spec.name));
        QVERIFY(!spec.hint.isEmpty());
    }
    QVERIFY(all.sampling.temperature && all.sampling.topP && all.sampling.maxTokens && all.sampling.frequencyPenalty
        && all.sampling.presencePenalty && all.sampling.seed && all.sampling.stop && all.sampling.n);
    QVERIFY(all.maxCompletionTokens && all.logprobs && all.topLogprobs && all.reasoningEffort && all.responseFormat
        && all.tools && all.toolChoice && all.parallelToolCalls && all.stream);
}

void TestParamsModel::threeStates()
{
    RequestSettings session;
    session.sampling.temperature = 0.3;
    session.sampling.topP = 0.9;
    RequestSettings pane;
    pane.sampling.temperature = 1.1;
    m_model->setSettings(session, pane, true);
    QCOMPARE(state("temperature"), State::Set);
    QCOMPARE(state("top_p"), State::Inherited);
    QCOMPARE(state("seed"), State::Unset);
    QCOMPARE(cell("temperature").data().toString(), QStringLiteral("1.1"));
    QCOMPARE(cell("top_p").data().toString(), QStringLiteral("0.9"));
    QCOMPARE(cell("seed").data().toString(), QStringLiteral("not sent"));
    m_model->setSettings(session, pane, false);
    QCOMPARE(state("temperature"), State::Overridden);
    QCOMPARE(state("top_p"), State::Set);
    QCOMPARE(cell("temperature").data().toString(), QStringLiteral("0.3"));
}

void TestParamsModel::closingAnEditorKeepsInherited()
{
    RequestSettings session;
    session.sampling.topP = 0.9;
    m_model->setSettings(session, {}, true);
    QVERIFY(m_model->setData(cell("top_p"), QStringLiteral("0.9")));
    QVERIFY(m_model->setData(cell("seed"), QString()));
    QCOMPARE(m_model->pane(), RequestSettings {});
}

void TestParamsModel::resetGoesBackToInherited()
{
    RequestSettings session;
    session.sampling.temperature = 0.3;
    m_model->setSettings(session, {}, true);
    QSignalSpy edited(m_model.get(), &ParamsModel::edited);
    QVERIFY(m_model->setData(cell("temperature"), QStringLiteral("2")));
    QCOMPARE(state("temperature"), State::Set);
    QVERIFY(m_model->setData(cell("temperature"), QString()));
    QCOMPARE(state("temperature"), State::Inherited);
    QCOMPARE(edited.size(), 2);
    QCOMPARE(edited.at(1).at(0).value<RequestSettings>(), RequestSettings {});
    QCOMPARE(edited.at(1).at(1).toBool(), true);
    QCOMPARE(m_model->session(), session);
}

void TestParamsModel::longValuesAreShownByName()
{
    QVERIFY(m_model->setData(cell("tools"), QStringLiteral(R"([{"name":"f"},{"name":"g"}])")));
    QCOMPARE(cell("tools").data().toString(), QStringLiteral("f, g"));
    QVERIFY(m_model->setData(
        cell("response_format"), QStringLiteral(R"({"type":"json_schema","json_schema":{"name":"a","schema":{}}})")));
    QCOMPARE(cell("response_format").data().toString(), QStringLiteral("schema: a"));
}

void TestParamsModel::stopTexts_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QStringList>("expected");
    QTest::newRow("one") << "END" << QStringList {QStringLiteral("END")};
    QTest::newRow("blanks count") << " END" << QStringList {QStringLiteral(" END")};
    QTest::newRow("line break") << "\\n\\n" << QStringList {QStringLiteral("\n\n")};
    QTest::newRow("list") << R"("a", "\n")" << QStringList {QStringLiteral("a"), QStringLiteral("\n")};
    QTest::newRow("json") << R"(["a","b"])" << QStringList {QStringLiteral("a"), QStringLiteral("b")};
    QTest::newRow("comma in a text") << "a, b" << QStringList {QStringLiteral("a, b")};
}

void TestParamsModel::stopTexts()
{
    QFETCH(QString, typed);
    QVERIFY(m_model->setData(cell("stop"), typed));
    QTEST(m_model->session().sampling.stop.value(), "expected");
}

void TestParamsModel::collisions()
{
    const QJsonObject extras {
        {QStringLiteral("temperature"), 1}, {QStringLiteral("safe_prompt"), true}, {QStringLiteral("messages"), 1}};
    QCOMPARE(collidingExtras(extras), (QStringList {QStringLiteral("messages"), QStringLiteral("temperature")}));
}

void TestParamsModel::refusedParameterIsMarked()
{
    QSignalSpy changed(m_model.get(), &ParamsModel::dataChanged);
    const CapabilityState refused {.state = CapabilityState::State::Refused,
        .evidence = QStringLiteral("422: no"),
        .seenAt = QDateTime(QDate(2026, 5, 4), QTime(3, 2), Qt::UTC)};
    const CapabilityState supported {.state = CapabilityState::State::Supported};
    m_model->setCapabilities({{QStringLiteral("seed"), refused}, {QStringLiteral("json_schema"), refused},
        {QStringLiteral("temperature"), supported}});
    QCOMPARE(changed.size(), 1);
    QVERIFY(cell("seed").data(ParamsModel::RefusalRole).toString().contains(QStringLiteral("422: no")));
    QVERIFY(cell("seed").data(Qt::ToolTipRole).toString().contains(QStringLiteral("2026")));
    QCOMPARE(cell("temperature").data(ParamsModel::RefusalRole).toString(), QString());
    QCOMPARE(m_model->refusedAbilities(m_model->rowOf(QStringLiteral("response_format"))),
        QStringList {QStringLiteral("json_schema")});
    // A form that was not refused has no mark.
    QVERIFY(m_model->setData(cell("response_format"), QStringLiteral("json_object")));
    QVERIFY(m_model->refusedAbilities(m_model->rowOf(QStringLiteral("response_format"))).isEmpty());
}

void TestParamsModel::withheldIsShownAndGivenBack()
{
    RequestSettings session;
    session.sampling.seed = 1;
    const RequestSettings pane {.withheld = {QStringLiteral("seed")}};
    m_model->setSettings(session, pane, false);
    QCOMPARE(state("seed"), State::Overridden);
    m_model->setSettings(session, pane, true);
    QCOMPARE(state("seed"), State::Withheld);
    QCOMPARE(cell("seed").data().toString(), QStringLiteral("not sent"));
    m_model->reset(m_model->rowOf(QStringLiteral("seed")));
    QCOMPARE(state("seed"), State::Inherited);
    QCOMPARE(m_model->pane(), RequestSettings {});
    m_model->setSettings(session, pane, true);
    QVERIFY(m_model->setData(cell("seed"), QStringLiteral("1")));
    QVERIFY(m_model->pane().withheld.isEmpty());
    QCOMPARE(state("seed"), State::Set);
}

QTEST_GUILESS_MAIN(TestParamsModel)
#include "tst_paramsmodel.moc"
