// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/transfer/openwebuiimport.h"

#include "store/transfer/importedtree.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QRegularExpression>

namespace diptych {

namespace {

constexpr QLatin1String program("Open WebUI");

QString tr(const char *text)
{
    return QCoreApplication::translate("diptych::SessionImport", text);
}

/// What the model thought aloud stands as a quotation in a fold of the text.
/// Source: Open WebUI, <details type="reasoning" …><summary>Thought for 3 seconds</summary>\n> …\n</details>.
void takeReasoning(Message &message)
{
    static const QRegularExpression fold(
        QStringLiteral("<details type=\"reasoning\"[^>]*>\\s*(?:<summary>[^<]*</summary>)?(.*?)</details>\\s*"),
        QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression quotation(QStringLiteral("^(?:>|&gt;) ?"), QRegularExpression::MultilineOption);
    for (ContentPart &part : message.content) {
        auto *text = std::get_if<TextPart>(&part);
        if (!text)
            continue;
        for (auto found = fold.match(text->text); found.hasMatch(); found = fold.match(text->text)) {
            message.reasoning += found.captured(1).trimmed().remove(quotation);
            text->text.remove(found.capturedStart(), found.capturedLength());
        }
    }
}

Usage usageOf(const QJsonObject &message)
{
    QJsonObject usage = message[QStringLiteral("usage")].toObject();
    if (usage.isEmpty())
        usage = message[QStringLiteral("info")].toObject();
    const auto count = [&usage](const char *name, const char *other) -> std::optional<qint64> {
        for (const char *key : {name, other}) {
            if (const QJsonValue value = usage[QLatin1String(key)]; value.isDouble())
                return value.toInteger();
        }
        return std::nullopt;
    };
    return {.promptTokens = count("prompt_tokens", "prompt_eval_count"),
        .completionTokens = count("completion_tokens", "eval_count"),
        .totalTokens = count("total_tokens", "total_tokens")};
}

Answer answerFrom(const QJsonObject &message)
{
    Answer answer {
        .state = message[QStringLiteral("done")].toBool(true) ? Answer::State::Complete : Answer::State::Interrupted};
    answer.message.content = importedContent(message[QStringLiteral("content")]);
    takeReasoning(answer.message);
    answer.metrics.usage = usageOf(message);
    const QJsonValue failure = message[QStringLiteral("error")];
    if (failure.isObject() || failure.isString()) {
        const QString text = failure.isString() ? failure.toString() : failure[QStringLiteral("content")].toString();
        answer.state = Answer::State::Failed;
        answer.error = Error {.kind = Error::Kind::Provider, .message = text};
    }
    return answer;
}

Message promptFrom(const QJsonObject &message)
{
    Message prompt {.content = importedContent(message[QStringLiteral("content")])};
    const QJsonArray files = message[QStringLiteral("files")].toArray();
    for (const QJsonValue &file : files) {
        const QString name = file[QStringLiteral("name")].toString();
        const QString url = file[QStringLiteral("url")].toString();
        if (file[QStringLiteral("type")].toString() == u"image" && url.startsWith(u"data:image/"))
            prompt.content.push_back(ImagePart {.url = url, .name = name});
        else if (!name.isEmpty())
            prompt.content.push_back(TextPart {tr("[attachment that the export does not hold: %1]").arg(name)});
    }
    return prompt;
}

struct Step {
    QString node {};
    qint64 turnId = 0;
};

class Walk
{
public:
    Walk(const QJsonObject &messages, const QString &model)
        : m_messages(messages)
        , m_model(model)
        , m_tree(program)
    {
        for (auto entry = m_messages.begin(); entry != m_messages.end(); ++entry) {
            const QString parent = entry.value()[QStringLiteral("parentId")].toString();
            if (!m_messages.contains(parent))
                m_steps.push_back({.node = entry.key()});
        }
    }

    ImportedTree &run()
    {
        while (!m_steps.empty()) {
            const Step step = m_steps.back();
            m_steps.pop_back();
            if (!m_seen.contains(step.node)) {
                m_seen.insert(step.node);
                take(step);
            }
        }
        return m_tree;
    }

    [[nodiscard]] QStringList pathTo(QString node) const
    {
        QStringList path;
        while (m_messages.contains(node) && path.size() < m_messages.size()) {
            path.append(node);
            node = m_messages[node][QStringLiteral("parentId")].toString();
        }
        return path;
    }

private:
    void take(Step step)
    {
        const QJsonObject message = m_messages[step.node].toObject();
        const QDateTime at = importedTime(message[QStringLiteral("timestamp")]);
        const QString role = message[QStringLiteral("role")].toString();
        if (role == u"user") {
            step.turnId = m_tree.addTurn(step.turnId, promptFrom(message), at);
            m_tree.noteNode(step.node, step.turnId);
        } else if (role == u"assistant") {
            if (step.turnId == 0)
                step.turnId = m_tree.addTurn(0, {}, at);
            addAnswer(step, message);
        } else if (role == u"system") {
            m_tree.session().systemPrompt += textOf(message);
        }
        // Last in, first out: the first child is taken first.
        const QJsonArray children = message[QStringLiteral("childrenIds")].toArray();
        for (qsizetype index = children.size(); index-- > 0;)
            m_steps.push_back({.node = children.at(index).toString(), .turnId = step.turnId});
    }

    static QString textOf(const QJsonObject &message)
    {
        return Message {.content = importedContent(message[QStringLiteral("content")])}.text();
    }

    void addAnswer(const Step &step, const QJsonObject &message)
    {
        QString model = message[QStringLiteral("model")].toString();
        if (model.isEmpty())
            model = message[QStringLiteral("modelName")].toString();
        if (model.isEmpty())
            model = m_model.isEmpty() ? QString(program) : m_model;
        m_tree.addAnswer(step.turnId, model, step.node, answerFrom(message));
    }

    QJsonObject m_messages;
    QString m_model; ///< of answers that do not name theirs
    ImportedTree m_tree;
    std::vector<Step> m_steps;
    QSet<QString> m_seen;
};

/// A plain list of messages as the tree that it would be.
QJsonObject treeOf(const QJsonArray &list, QString &current)
{
    QJsonObject messages;
    QString parent;
    for (qsizetype index = 0; index < list.size(); ++index) {
        QJsonObject message = list.at(index).toObject();
        const QString id = QString::number(index);
        message[QStringLiteral("parentId")] = parent;
        if (index + 1 < list.size())
            message[QStringLiteral("childrenIds")] = QJsonArray {QString::number(index + 1)};
        messages[id] = message;
        parent = id;
    }
    current = parent;
    return messages;
}

} // namespace

Result<SessionBundle> sessionFromOpenWebUi(const QJsonObject &object)
{
    const QJsonObject chat =
        object[QStringLiteral("chat")].isObject() ? object[QStringLiteral("chat")].toObject() : object;
    const QJsonObject history = chat[QStringLiteral("history")].toObject();
    QJsonObject messages = history[QStringLiteral("messages")].toObject();
    QString current = history[QStringLiteral("currentId")].toString();
    if (messages.isEmpty() && chat[QStringLiteral("messages")].isArray())
        messages = treeOf(chat[QStringLiteral("messages")].toArray(), current);
    if (messages.isEmpty() && !chat[QStringLiteral("history")].isObject()) {
        return Failure({.kind = Error::Kind::InvalidRequest,
            .message = tr("This chat has no messages: its member \"history\" is missing.")});
    }
    Walk walk(messages, chat[QStringLiteral("models")].toArray().first().toString());
    ImportedTree &tree = walk.run();
    Session &session = tree.session();
    session.title = object[QStringLiteral("title")].toString(chat[QStringLiteral("title")].toString());
    if (const QString prompt = chat[QStringLiteral("system")].toString(); !prompt.isEmpty())
        session.systemPrompt = prompt;
    session.createdAt = importedTime(object[QStringLiteral("created_at")]);
    if (!session.createdAt.isValid())
        session.createdAt = importedTime(chat[QStringLiteral("timestamp")]);
    session.updatedAt = importedTime(object[QStringLiteral("updated_at")]);
    session.isPinned = object[QStringLiteral("pinned")].toBool();
    QString key = object[QStringLiteral("id")].toString(chat[QStringLiteral("id")].toString());
    if (key.isEmpty())
        key = session.title + QString::number(session.createdAt.toMSecsSinceEpoch());
    session.id = importedId(program, key);
    return tree.finish(walk.pathTo(current));
}

} // namespace diptych
