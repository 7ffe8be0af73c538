// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sessioncodec.h"

#include "samples.h"

#include <QJsonDocument>
#include <QMetaEnum>
#include <QTest>

using namespace diptych;

class TestSessionCodec : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void damagedTextIsAnError_data();
    void damagedTextIsAnError();
    void aNewerVersionIsAnError();
    void unknownKeysAndWrongTypesAreIgnored();
    void everyMemberComesBack();
    void unsetStaysUnset();
    void toolChoiceComesBack_data();
    void toolChoiceComesBack();
    void everyErrorKindComesBack();
    void everyStateComesBack();
};

void TestSessionCodec::damagedTextIsAnError_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("not JSON") << QByteArray("\x00\x01", 2);
    QTest::newRow("cut off") << encodeMessage(samples::message()).chopped(1);
    QTest::newRow("an array") << QByteArray("[]");
}

void TestSessionCodec::damagedTextIsAnError()
{
    QFETCH(QByteArray, text);
    QCOMPARE(decodeMessage(text).error().kind, Error::Kind::Storage);
    QCOMPARE(decodeMetrics(text).error().kind, Error::Kind::Storage);
    QCOMPARE(decodeSettings(text).error().kind, Error::Kind::Storage);
    QCOMPARE(decodeError(text).error().kind, Error::Kind::Storage);
}

void TestSessionCodec::aNewerVersionIsAnError()
{
    const Result<Message> message = decodeMessage("{\"v\":2,\"role\":\"user\",\"content\":[]}");
    QVERIFY(!message);
    QVERIFY(message.error().message.contains(u"newer"));
}

void TestSessionCodec::unknownKeysAndWrongTypesAreIgnored()
{
    const Result<Message> message = decodeMessage("{\"v\":1,\"role\":\"alien\",\"mood\":1,\"content\":[{\"type\":"
                                                  "\"smell\"},7,{\"type\":\"text\",\"text\":\"x\",\"y\":1}]}");
    QVERIFY(message);
    QCOMPARE(*message, Message::fromText(Role::User, QStringLiteral("x")));
    QCOMPARE(decodeSettings("{\"temperature\":\"hot\",\"stop\":7,\"stream\":1,\"tools\":{}}"), RequestSettings {});
    QCOMPARE(decodeMetrics("{\"phases\":[],\"usage\":{\"prompt\":\"many\"}}"), AnswerMetrics {});
}

void TestSessionCodec::everyMemberComesBack()
{
    QCOMPARE(decodeMessage(encodeMessage(samples::message())), samples::message());
    QCOMPARE(decodeSettings(encodeSettings(samples::settings())), samples::settings());
    QCOMPARE(decodeMetrics(encodeMetrics(samples::metrics())), samples::metrics());
    QCOMPARE(decodeError(encodeError(samples::error())), samples::error());
}

void TestSessionCodec::unsetStaysUnset()
{
    QCOMPARE(decodeMessage(encodeMessage({})), Message {});
    QCOMPARE(decodeSettings(encodeSettings({})), RequestSettings {});
    QCOMPARE(decodeMetrics(encodeMetrics({})), AnswerMetrics {});
    // What earlier versions wrote: one mark for all counts, nothing of the pieces.
    const Result<AnswerMetrics> old = decodeMetrics(
        R"({"v":1,"usage":{"prompt":3,"completion":4,"estimated":true},"pieces":{"buckets":[1,"x",null,7]}})");
    QVERIFY(old && old->isPromptEstimated && old->isCompletionEstimated);
    QCOMPARE(old->pieces.count, 0);
    QCOMPARE(old->pieces.buckets[3], 7);
    QCOMPARE(old->attempts, 1);
    QCOMPARE(decodeError(encodeError({})), Error {});
    QCOMPARE(encodeSettings({}), QByteArray("{\"v\":1}"));
    // Set to nothing is not unset: it overrides what would be inherited.
    const RequestSettings emptied {.tools = std::vector<Tool> {}, .extras = QJsonObject {}};
    QCOMPARE(decodeSettings(encodeSettings(emptied)), emptied);
}

void TestSessionCodec::toolChoiceComesBack_data()
{
    QTest::addColumn<int>("mode");
    QTest::newRow("auto") << int(ToolChoice::Mode::Auto);
    QTest::newRow("none") << int(ToolChoice::Mode::None);
    QTest::newRow("required") << int(ToolChoice::Mode::Required);
}

void TestSessionCodec::toolChoiceComesBack()
{
    QFETCH(int, mode);
    const RequestSettings settings {.toolChoice = ToolChoice {.mode = ToolChoice::Mode(mode)}};
    QCOMPARE(decodeSettings(encodeSettings(settings)), settings);
}

void TestSessionCodec::everyErrorKindComesBack()
{
    const QMetaEnum kinds = QMetaEnum::fromType<Error::Kind>();
    for (int index = 0; index < kinds.keyCount(); ++index) {
        const Error error {.kind = Error::Kind(kinds.value(index))};
        QCOMPARE(decodeError(encodeError(error)), error);
    }
}

void TestSessionCodec::everyStateComesBack()
{
    for (const auto state : {Answer::State::Streaming, Answer::State::Complete, Answer::State::Stopped,
             Answer::State::Failed, Answer::State::Interrupted})
        QCOMPARE(answerStateFromName(answerStateName(state)), state);
    QCOMPARE(answerStateFromName(u"melted"), Answer::State::Interrupted);
}

QTEST_GUILESS_MAIN(TestSessionCodec)
#include "tst_sessioncodec.moc"
