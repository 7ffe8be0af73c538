// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/draftstore.h"
#include "store/promptfile.h"
#include "store/promptlibrary.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace diptych;

class TestPromptLibrary : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void damagedFilesAreMovedAside();
    void uselessEntriesAreLeftOut();
    void promptsComeBack();
    void twoWindowsKeepEachOthersPrompts();
    void removedPromptsAreGone();
    void filesBecomePrompts();
    void textWithoutRolesIsTheUsers();
    void unreadableFilesSayWhy();
    void draftsComeBack();
    void largeFilesAreWrittenOnce();
    void emptyDraftsLeaveNothing();
    void damagedDraftsAreReported();
    void draftsStayInTheirFolder();
    void oldDraftsArePruned();

private:
    [[nodiscard]] QString file(const char *name) const { return m_folder->filePath(QString::fromLatin1(name)); }
    void write(const char *name, const QByteArray &bytes) const
    {
        QFile target(file(name));
        QVERIFY(target.open(QIODevice::WriteOnly));
        target.write(bytes);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestPromptLibrary::damagedFilesAreMovedAside()
{
    write("prompts.json", "[1, 2");
    const PromptLibrary library(file("prompts.json"));
    const auto damaged = library.load();
    QVERIFY(!damaged);
    QCOMPARE(damaged.error().kind, Error::Kind::Storage);
    const auto fresh = library.load();
    QVERIFY(fresh && fresh->empty());
}

void TestPromptLibrary::uselessEntriesAreLeftOut()
{
    write("prompts.json", R"({"prompts": [1, {"id": "a"}, {"text": "t"}, {"id": "b", "text": "t", "name": 7,
        "settings": {"v": 1, "temperature": "hot"}}]})");
    const auto prompts = PromptLibrary(file("prompts.json")).load();
    QVERIFY(prompts);
    QCOMPARE(prompts->size(), std::size_t(1));
    QCOMPARE(prompts->front().id, QStringLiteral("b"));
    QVERIFY(prompts->front().name.isEmpty());
}

void TestPromptLibrary::promptsComeBack()
{
    const Prompt prompt {.id = QStringLiteral("a"),
        .name = QStringLiteral("Summary"),
        .description = QStringLiteral("of a text"),
        .text = QStringLiteral("Sum up {{text}}"),
        .model = QStringLiteral("guide"),
        .values = {{QStringLiteral("text"), QStringLiteral("…")}},
        .settings = {.sampling = {.temperature = 0.25}, .extras = QJsonObject {{QStringLiteral("top_k"), 3}}},
        .changedAt = QDateTime::fromMSecsSinceEpoch(1'700'000'000'123, Qt::UTC)};
    Prompt other = prompt;
    other.id = QStringLiteral("b");
    other.name = QStringLiteral("another");
    const PromptLibrary library(file("prompts.json"));
    QVERIFY(library.put(prompt));
    QVERIFY(library.put(other));
    const auto loaded = library.load();
    QVERIFY(loaded);
    const std::vector<Prompt> byName {other, prompt};
    QCOMPARE(*loaded, byName);
}

void TestPromptLibrary::twoWindowsKeepEachOthersPrompts()
{
    const PromptLibrary first(file("prompts.json"));
    const PromptLibrary second(file("prompts.json"));
    QVERIFY(first.put({.id = QStringLiteral("a"), .text = QStringLiteral("1")}));
    QVERIFY(second.put({.id = QStringLiteral("b"), .text = QStringLiteral("2")}));
    QVERIFY(first.put({.id = QStringLiteral("a"), .text = QStringLiteral("3")}));
    const auto loaded = second.load();
    QVERIFY(loaded);
    QCOMPARE(loaded->size(), std::size_t(2));
    QCOMPARE(loaded->front().text, QStringLiteral("3"));
}

void TestPromptLibrary::removedPromptsAreGone()
{
    const PromptLibrary library(file("prompts.json"));
    QVERIFY(library.put({.id = QStringLiteral("a"), .text = QStringLiteral("1")}));
    QVERIFY(library.remove(QStringLiteral("unknown")));
    QCOMPARE(library.load()->size(), std::size_t(1));
    QVERIFY(library.remove(QStringLiteral("a")));
    QVERIFY(library.load()->empty());
}

void TestPromptLibrary::filesBecomePrompts()
{
    write("a.prompt.yml",
        "name: Greeter\nmodel: gpt-4o\nmodelParameters:\n  temperature: 0.5\nmessages:\n"
        "- role: system\n  content: Be {{tone}}.\n- role: user\n  content: Hello {{user.name}}\n"
        "testData:\n- tone: kind\n  user:\n    name: Ada\n  unused: 1\n");
    const Result<Prompt> prompt = readPromptFile(file("a.prompt.yml"));
    QVERIFY2(prompt, qPrintable(prompt ? QString() : prompt.error().message));
    QCOMPARE(prompt->name, QStringLiteral("Greeter"));
    QCOMPARE(prompt->model, QStringLiteral("gpt-4o"));
    QCOMPARE(prompt->settings.sampling.temperature.value(), 0.5);
    const QJsonObject values {
        {QStringLiteral("tone"), QStringLiteral("kind")}, {QStringLiteral("user.name"), QStringLiteral("Ada")}};
    QCOMPARE(prompt->values, values);
    const std::vector<Message> messages = messagesOf(*prompt);
    QCOMPARE(messages.size(), std::size_t(2));
    QCOMPARE(messages[0], Message::fromText(Role::System, QStringLiteral("Be {{tone}}.")));
    QCOMPARE(messages[1], Message::fromText(Role::User, QStringLiteral("Hello {{user.name}}")));
    // Without roles the template of a .prompty file is the system's.
    write("b.prompty", "---\ndescription: none\n---\nYou are {{who}}.\n");
    const Result<Prompt> plain = readPromptFile(file("b.prompty"));
    QVERIFY(plain);
    QCOMPARE(plain->name, QStringLiteral("b"));
    QCOMPARE(messagesOf(*plain).front(), Message::fromText(Role::System, QStringLiteral("You are {{who}}.")));
}

void TestPromptLibrary::textWithoutRolesIsTheUsers()
{
    const std::vector<Message> messages = messagesOf({.text = QStringLiteral("Say {{what}}\n")});
    QCOMPARE(messages.size(), std::size_t(1));
    QCOMPARE(messages.front().role, Role::User);
    QVERIFY(messagesOf({.text = QStringLiteral("system:\nonly")}).front().role == Role::System);
    QVERIFY(messagesOf({}).empty());
}

void TestPromptLibrary::unreadableFilesSayWhy()
{
    QVERIFY(isPromptFileName(QStringLiteral("A.PROMPT.YML")) && isPromptFileName(QStringLiteral("a.prompty")));
    QVERIFY(!isPromptFileName(QStringLiteral("a.yml")) && !isPromptFileName(QStringLiteral("prompty")));
    QVERIFY(readPromptFile(file("gone.prompty")).error().message.startsWith(QStringLiteral("gone.prompty")));
    write("bad.prompty", "---\nname: [1\n---\n");
    QVERIFY(readPromptFile(file("bad.prompty")).error().message.startsWith(QStringLiteral("bad.prompty: ")));
    write("large.prompty", QByteArray(1'000'001, 'x'));
    QVERIFY(readPromptFile(file("large.prompty")).error().message.contains(QStringLiteral("1 MB")));
    QVERIFY(!readPromptFile(m_folder->path()));
}

void TestPromptLibrary::draftsComeBack()
{
    const DraftStore drafts(file("drafts"));
    const Message draft {.content = {AudioPart {.data = "abc", .format = QStringLiteral("mp3")},
                             TextPart {.text = QStringLiteral("half a {{thought}}")}}};
    QVERIFY(drafts.save(QStringLiteral("one"), draft));
    QVERIFY(drafts.save({}, Message::fromText(Role::User, QStringLiteral("new"))));
    QCOMPARE(drafts.load(QStringLiteral("one"))->content.size(), std::size_t(2));
    QCOMPARE(drafts.load(QStringLiteral("one"))->text(), QStringLiteral("half a {{thought}}"));
    QCOMPARE(drafts.load({})->text(), QStringLiteral("new"));
    QVERIFY(drafts.load(QStringLiteral("two"))->content.empty());
}

void TestPromptLibrary::largeFilesAreWrittenOnce()
{
    const DraftStore drafts(file("drafts"));
    Message draft {
        .content = {AudioPart {.data = "abc", .format = QStringLiteral("mp3")}, TextPart {QStringLiteral("one")}}};
    QVERIFY(drafts.save(QStringLiteral("a"), draft));
    QVERIFY(QFile::remove(file("drafts/a.files")));
    draft.content.back() = TextPart {QStringLiteral("two")};
    QVERIFY(drafts.save(QStringLiteral("a"), draft, DraftStore::Files::Same));
    QVERIFY(!QFile::exists(file("drafts/a.files")));
    QCOMPARE(drafts.load(QStringLiteral("a"))->text(), QStringLiteral("two"));
    QVERIFY(drafts.save(QStringLiteral("a"), draft));
    QCOMPARE(*drafts.load(QStringLiteral("a")), draft);
    drafts.prune(0);
    QVERIFY(QDir(file("drafts")).isEmpty());
}

void TestPromptLibrary::emptyDraftsLeaveNothing()
{
    const DraftStore drafts(file("drafts"));
    QVERIFY(drafts.save(QStringLiteral("one"), Message::fromText(Role::User, QStringLiteral("a"))));
    QVERIFY(drafts.save(QStringLiteral("one"), Message::fromText(Role::User, QStringLiteral(" \n"))));
    QVERIFY(QDir(file("drafts")).isEmpty());
    QVERIFY(drafts.save(QStringLiteral("one"), {.content = {ImagePart {.url = QStringLiteral("data:,x")}}}));
    QVERIFY(drafts.load(QStringLiteral("one"))->content.size() == 2);
    QVERIFY(!QDir(file("drafts")).isEmpty());
}

void TestPromptLibrary::damagedDraftsAreReported()
{
    QVERIFY(QDir().mkpath(file("drafts")));
    write("drafts/one.text", "{");
    const Result<Message> draft = DraftStore(file("drafts")).load(QStringLiteral("one"));
    QVERIFY(!draft);
    QCOMPARE(draft.error().kind, Error::Kind::Storage);
    write("blocked", "a file where a folder should be");
    QVERIFY(!DraftStore(file("blocked")).save({}, Message::fromText(Role::User, QStringLiteral("a"))));
}

void TestPromptLibrary::draftsStayInTheirFolder()
{
    const DraftStore drafts(file("drafts"));
    QVERIFY(drafts.save(QStringLiteral("../../outside"), Message::fromText(Role::User, QStringLiteral("a"))));
    QCOMPARE(QDir(file("drafts")).entryList(QDir::Files), QStringList {QStringLiteral("outside.text")});
}

void TestPromptLibrary::oldDraftsArePruned()
{
    const DraftStore drafts(file("drafts"));
    for (int i = 0; i < 5; ++i)
        QVERIFY(drafts.save(QString::number(i), Message::fromText(Role::User, QStringLiteral("a"))));
    drafts.prune(2);
    QCOMPARE(QDir(file("drafts")).entryList(QDir::Files).size(), 2);
}

QTEST_GUILESS_MAIN(TestPromptLibrary)
#include "tst_promptlibrary.moc"
