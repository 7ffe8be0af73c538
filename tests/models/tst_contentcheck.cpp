// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/contentcheck.h"

#include "api/capabilitybook.h"
#include "api/connections.h"
#include "scriptedprovider.h"

#include <QTest>

using namespace diptych;
using State = CapabilityState::State;

class TestContentCheck : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void unknownModelsAreNotRefused();
    void declaredInputsCount();
    void declaredAbilitiesCountMore();
    void whatWasSeenCountsMost();
    void kinds();
    void textsNameWhatIsRefused();
    void longContentIsShortenedForShowing();

private:
    void list(const ModelFacts &facts)
    {
        m_connections->addModel(
            QStringLiteral("e"), {.id = QStringLiteral("m"), .type = ModelType::Chat, .facts = facts});
    }
    [[nodiscard]] ContentAbilities abilities() const { return contentAbilities(m_model, *m_connections, &m_book); }

    const ModelRef m_model {QStringLiteral("e"), QStringLiteral("m")};
    std::unique_ptr<Connections> m_connections;
    CapabilityBook m_book;
};

void TestContentCheck::init()
{
    m_book.load({});
    m_connections = std::make_unique<Connections>(
        [](const Endpoint &endpoint) { return std::make_unique<ScriptedProvider>(endpoint); });
    m_connections->add({.id = QStringLiteral("e"), .name = QStringLiteral("Endpoint")});
}

void TestContentCheck::unknownModelsAreNotRefused()
{
    QCOMPARE(abilities(), ContentAbilities {});
    QCOMPARE(contentAbilities({}, *m_connections, nullptr), ContentAbilities {});
    list({});
    QCOMPARE(abilities(), ContentAbilities {});
}

void TestContentCheck::declaredInputsCount()
{
    list({.inputModalities = {QStringLiteral("text"), QStringLiteral("image")}});
    QCOMPARE(abilities(), (ContentAbilities {.pictures = State::Supported, .sounds = State::Refused}));
}

void TestContentCheck::declaredAbilitiesCountMore()
{
    list({.inputModalities = {QStringLiteral("text")},
        .capabilities = {{QStringLiteral("images"), CapabilityState {.state = State::Supported}}}});
    QCOMPARE(abilities(), (ContentAbilities {.pictures = State::Supported, .sounds = State::Refused}));
}

void TestContentCheck::whatWasSeenCountsMost()
{
    list({.inputModalities = {QStringLiteral("text"), QStringLiteral("image")}});
    m_book.note(m_model, QStringLiteral("images"), {.state = State::Refused, .source = CapabilityState::Source::Seen});
    QCOMPARE(abilities().pictures, State::Refused);
}

void TestContentCheck::kinds()
{
    QCOMPARE(contentKinds({}), ContentKinds {});
    const Message picture {.content = {TextPart {}, ImagePart {}}};
    const Message sound {.content = {AudioPart {}}};
    QCOMPARE(contentKinds({picture}), ContentKinds {.hasPictures = true});
    QCOMPARE(contentKinds({sound, picture}), (ContentKinds {.hasPictures = true, .hasSounds = true}));
    QCOMPARE(contentKinds({Message {.content = {AudioUrlPart {}}}}), ContentKinds {.hasSounds = true});
}

void TestContentCheck::textsNameWhatIsRefused()
{
    const ContentAbilities none {.pictures = State::Refused, .sounds = State::Refused};
    const QString model = QStringLiteral("llama");
    QVERIFY(refusalText(model, {}, none).isEmpty());
    QCOMPARE(refusalText(model, {.hasPictures = true}, none), QStringLiteral("llama takes no pictures"));
    QCOMPARE(refusalText(model, {.hasSounds = true}, none), QStringLiteral("llama takes no sounds"));
    QCOMPARE(refusalText(model, {.hasPictures = true, .hasSounds = true}, none),
        QStringLiteral("llama takes neither pictures nor sounds"));
    QVERIFY(refusalText(model, {.hasPictures = true}, {}).isEmpty());
}

void TestContentCheck::longContentIsShortenedForShowing()
{
    const QString address = QStringLiteral("data:image/png;base64,") + QString(200'000, u'A');
    const ImagePart small {.url = QStringLiteral("data:image/png;base64,AAAA")};
    const Message message {.content = {ImagePart {.url = address}, small,
                               AudioPart {.data = QByteArray(200'000, 'x'), .format = QStringLiteral("wav")},
                               TextPart {QString(200'000, u't')}}};
    const Message shown = withShortContent({.messages = {message}}).messages.front();
    const QString url = std::get<ImagePart>(shown.content[0]).url;
    QVERIFY(url.size() < 10'000 && url.startsWith(QStringLiteral("data:image/png;base64,A")) && url.endsWith(u'…'));
    QCOMPARE(shown.content[1], message.content[1]);
    QVERIFY(std::get<AudioPart>(shown.content[2]).data.size() < 10'000);
    QCOMPARE(shown.content[3], message.content[3]);
}

QTEST_GUILESS_MAIN(TestContentCheck)
#include "tst_contentcheck.moc"
