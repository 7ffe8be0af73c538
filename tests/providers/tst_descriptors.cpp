// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/servervariant.h"
#include "providers/registry.h"

#include <QJsonArray>
#include <QSet>
#include <QTest>

#include <algorithm>

using namespace diptych;

namespace {

bool isOfType(const QJsonValue &value, KnownExtra::Type type)
{
    switch (type) {
    case KnownExtra::Type::Boolean:
        return value.isBool();
    case KnownExtra::Type::Integer:
        return value.isDouble() && value.toDouble() == value.toInteger();
    case KnownExtra::Type::Number:
        return value.isDouble();
    case KnownExtra::Type::Text:
        return value.isString();
    case KnownExtra::Type::List:
        return value.isArray();
    case KnownExtra::Type::Object:
        return value.isObject();
    case KnownExtra::Type::Any:
        return true;
    }
    return false;
}

} // namespace

/// What the wire formats say of themselves has no contradictions: editors and the recogniser rely on it.
class TestDescriptors : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void names();
    void extras_data();
    void extras();
    void variants_data();
    void variants();
};

void TestDescriptors::names()
{
    QSet<QString> names;
    for (const ProviderDescriptor &descriptor : providerDescriptors()) {
        QVERIFY2(!names.contains(descriptor.name), qPrintable(descriptor.name));
        names.insert(descriptor.name);
        QVERIFY(!descriptor.displayName.isEmpty());
    }
}

void TestDescriptors::extras_data()
{
    QTest::addColumn<QString>("owner");
    QTest::addColumn<QString>("key");
    QTest::addColumn<int>("position");
    for (const ProviderDescriptor &descriptor : providerDescriptors()) {
        const auto add = [](const QString &owner, const std::vector<KnownExtra> &extras) {
            int position = 0;
            for (const KnownExtra &extra : extras)
                QTest::addRow("%s %s", qPrintable(owner), qPrintable(extra.key)) << owner << extra.key << position++;
        };
        add(descriptor.name, descriptor.extras);
        for (const ServerVariant &variant : descriptor.variants)
            add(descriptor.name + u'/' + variant.name, variant.extras);
    }
}

void TestDescriptors::extras()
{
    QFETCH(const QString, owner);
    QFETCH(const QString, key);
    QFETCH(const int, position);
    const ProviderDescriptor *descriptor = findDescriptor(providerDescriptors(), owner.section(u'/', 0, 0));
    const ServerVariant *variant = findVariant(*descriptor, owner.section(u'/', 1));
    const std::vector<KnownExtra> &all = variant ? variant->extras : descriptor->extras;
    const KnownExtra &extra = all[static_cast<std::size_t>(position)];
    QCOMPARE(std::count_if(all.begin(), all.end(), [&key](const KnownExtra &other) { return other.key == key; }), 1);
    QVERIFY(!extra.description.isEmpty());
    QVERIFY2(isOfType(extra.example, extra.type), qPrintable(key));
    if (!extra.values.isEmpty() && extra.example.isString())
        QVERIFY(extra.values.contains(extra.example.toString()));
    if (extra.minimum && extra.example.isDouble())
        QVERIFY(extra.example.toDouble() >= *extra.minimum);
    if (extra.maximum && extra.example.isDouble())
        QVERIFY(extra.example.toDouble() <= *extra.maximum);
}

void TestDescriptors::variants_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("owner");
    QTest::addColumn<QString>("variant");
    const auto row = [](const char *url, const char *owner, const char *variant) {
        QTest::addRow("%s %s", url, owner)
            << QString::fromLatin1(url) << QString::fromLatin1(owner) << QString::fromLatin1(variant);
    };
    row("https://api.openai.com/v1", "openai", "");
    row("https://api.mistral.ai/v1", "mistralai", "mistral");
    row("https://api.groq.com/openai/v1", "OpenAI", "groq");
    row("https://openrouter.ai/api/v1", "", "openrouter");
    row("https://api.deepseek.com", "deepseek", "deepseek");
    row("http://localhost:8080/v1", "llamacpp", "llamacpp");
    row("http://localhost:8080/v1", "vllm", "vllm");
    row("http://localhost:8000/v1", "", "vllm");
    row("http://localhost:1234/v1", "organization_owner", "lmstudio");
    row("http://localhost:9999/v1", "library", "");
}

void TestDescriptors::variants()
{
    QFETCH(const QString, url);
    QFETCH(const QString, owner);
    Endpoint endpoint;
    endpoint.baseUrl = QUrl(url);
    const ProviderDescriptor *openai = findDescriptor(providerDescriptors(), QStringLiteral("openai"));
    QTEST(variantOf(*openai, endpoint, {{.id = QStringLiteral("m"), .ownedBy = owner}}), "variant");
}

QTEST_GUILESS_MAIN(TestDescriptors)
#include "tst_descriptors.moc"
