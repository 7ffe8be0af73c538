// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/promptfile.h"

#include <QJsonArray>
#include <QTest>

using namespace diptych;

class TestPromptFile : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void refused_data();
    void refused();
    void prompty();
    void promptYml();
    void describedInputs();
};

void TestPromptFile::refused_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("words");
    QTest::newRow("empty") << QByteArray() << QStringLiteral("no prompt file");
    QTest::newRow("text") << QByteArray("hello") << QStringLiteral("no prompt file");
    QTest::newRow("binary") << QByteArray("\x00\x01\xff\xfe", 4) << QStringLiteral("no prompt file");
    QTest::newRow("no end") << QByteArray("---\nname: a\nuser:\nhi") << QStringLiteral("closing line");
    QTest::newRow("bad yaml") << QByteArray("---\nname: a\nb: [1\n---\nuser:\n") << QStringLiteral("line ");
    QTest::newRow("bad role") << QByteArray("messages:\n- role: boss\n  content: a\n") << QStringLiteral("boss");
    QTest::newRow("no messages") << QByteArray("name: a\n") << QStringLiteral("messages");
    QByteArray aliases("a0: &a0 x\n");
    for (int i = 1; i < 20; ++i) {
        const QByteArray last = "*a" + QByteArray::number(i - 1);
        aliases += 'a' + QByteArray::number(i) + ": &a" + QByteArray::number(i) + " [" + last + ", " + last + "]\n";
    }
    QTest::newRow("aliases of aliases") << aliases << QStringLiteral("too many");
    QTest::newRow("deep") << QByteArray(200, '[') + QByteArray(200, ']') << QStringLiteral("deep");
}

void TestPromptFile::refused()
{
    QFETCH(const QByteArray, content);
    QFETCH(const QString, words);
    const Result<PromptFile> file = parsePromptFile(content);
    QVERIFY(!file);
    QCOMPARE(file.error().kind, Error::Kind::InvalidRequest);
    QVERIFY2(file.error().message.contains(words), qPrintable(file.error().message));
}

void TestPromptFile::prompty()
{
    const auto file = parsePromptFile("---\r\nname: Basic\r\nmodel:\r\n  api: chat\r\n  configuration:\r\n"
                                      "    azure_deployment: d1\r\n  parameters:\r\n    temperature: 0.2\r\n"
                                      "    max_tokens: 100\r\n    stop: [a, \"1\"]\r\n    safe_prompt: true\r\n"
                                      "sample:\r\n  first: Jane\r\n---\r\nsystem:\r\nYou help {{first}}.\r\n\r\n"
                                      "user:\r\n{{question}}\r\n");
    QVERIFY2(file, file ? "" : qPrintable(file.error().message));
    QCOMPARE(file->name, QStringLiteral("Basic"));
    QCOMPARE(file->model, QStringLiteral("d1"));
    QCOMPARE(file->settings.sampling.temperature, 0.2);
    QCOMPARE(file->settings.sampling.maxTokens, 100);
    QCOMPARE(file->settings.sampling.stop, QStringList({QStringLiteral("a"), QStringLiteral("1")}));
    QCOMPARE(*file->settings.extras, QJsonObject({{QStringLiteral("safe_prompt"), true}}));
    QJsonObject values = file->values;
    QCOMPARE(fillMessages(file->text, values).error().parameter, QStringLiteral("question"));
    values.insert(u"question", QStringLiteral("Why?"));
    const auto messages = fillMessages(file->text, values);
    QVERIFY(messages);
    QCOMPARE(messages->size(), std::size_t(2));
    QCOMPARE(messages->front().text(), QStringLiteral("You help Jane."));
}

void TestPromptFile::promptYml()
{
    const auto file = parsePromptFile("name: Summarizer\nmodel: openai/gpt-4o-mini\nmodelParameters:\n"
                                      "  temperature: 0.5\nmessages:\n  - role: system\n    content: Be brief.\n"
                                      "  - role: user\n    content: 'Summarise: {{input}}'\ntestData:\n"
                                      "  - input: A text\n    expected: B\n");
    QVERIFY2(file, file ? "" : qPrintable(file.error().message));
    QCOMPARE(file->model, QStringLiteral("openai/gpt-4o-mini"));
    QCOMPARE(file->values, QJsonObject({{QStringLiteral("input"), QStringLiteral("A text")}}));
    const auto messages = fillMessages(file->text, file->values);
    QVERIFY(messages);
    QCOMPARE(messages->back(), Message::fromText(Role::User, QStringLiteral("Summarise: A text")));
}

void TestPromptFile::describedInputs()
{
    const auto file = parsePromptFile("---\ninputs:\n  a:\n    type: string\n    sample: x\n  b:\n    type: number\n"
                                      "    default: 2\n  c: plain\n---\nuser:\n{{a}}{{b}}{{c}}\n");
    QVERIFY(file);
    QCOMPARE(fillMessages(file->text, file->values)->front().text(), QStringLiteral("x2plain"));
}

QTEST_GUILESS_MAIN(TestPromptFile)
#include "tst_promptfile.moc"
