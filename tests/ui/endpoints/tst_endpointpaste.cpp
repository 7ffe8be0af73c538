// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoints/endpointdialog.h"
#include "scriptedprovider.h"

#include <QLineEdit>
#include <QTest>

using namespace diptych;

/// What happens to the fields when something else is pasted after the first text.
class TestEndpointPaste : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void aPastedKeyIsForItsServerOnly();
    void aTypedKeyStays();
    void aNameGoesWithItsUrl();

private:
    QLineEdit *edit(const char *name) const { return m_dialog->findChild<QLineEdit *>(QString::fromLatin1(name)); }
    void paste(const char *text) const { edit("urlEdit")->setText(QString::fromUtf8(text)); }
    [[nodiscard]] QByteArray key() const { return m_dialog->endpoint().credential.reveal(); }

    std::unique_ptr<EndpointDialog> m_dialog;
};

void TestEndpointPaste::init()
{
    const std::vector<ProviderDescriptor> descriptors {
        {.name = QStringLiteral("openai"), .displayName = QStringLiteral("OpenAI-compatible")}};
    m_dialog = std::make_unique<EndpointDialog>(
        [](const Endpoint &endpoint) { return std::make_unique<ScriptedProvider>(endpoint); }, descriptors, QString());
}

void TestEndpointPaste::aPastedKeyIsForItsServerOnly()
{
    paste("curl https://llm.example.com/v1/chat/completions -H 'Authorization: Bearer s3cret' -H 'X-Team: blue' "
          "-d '{\"model\":\"m\"}'");
    paste("https://llm.example.com/other/v1");
    QCOMPARE(key(), QByteArray("s3cret"));
    QCOMPARE(m_dialog->endpoint().defaultModel, QStringLiteral("m"));
    QCOMPARE(m_dialog->endpoint().headers.size(), std::size_t(1));
    paste("https://elsewhere.example.com/v1");
    QCOMPARE(key(), QByteArray());
    QCOMPARE(m_dialog->endpoint().defaultModel, QString());
    QVERIFY(m_dialog->endpoint().headers.empty());
}

void TestEndpointPaste::aTypedKeyStays()
{
    paste("https://llm.example.com/v1");
    edit("keyEdit")->setText(QStringLiteral("typed"));
    paste("https://elsewhere.example.com/v1");
    QCOMPARE(key(), QByteArray("typed"));
}

void TestEndpointPaste::aNameGoesWithItsUrl()
{
    paste("https://llm.example.com/v1");
    QVERIFY(!edit("nameEdit")->text().isEmpty());
    paste("nonsense it is");
    QCOMPARE(edit("nameEdit")->text(), QString());
    edit("nameEdit")->selectAll();
    QTest::keyClicks(edit("nameEdit"), QStringLiteral("Mine"));
    paste("more nonsense");
    QCOMPARE(edit("nameEdit")->text(), QStringLiteral("Mine"));
}

QTEST_MAIN(TestEndpointPaste)
#include "tst_endpointpaste.moc"
