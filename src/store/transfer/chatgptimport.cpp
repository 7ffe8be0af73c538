// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/transfer/chatgptimport.h"

#include "store/transfer/importedtree.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace diptych {

namespace {

constexpr QLatin1String program("ChatGPT");

QString tr(const char *text)
{
    return QCoreApplication::translate("diptych::SessionImport", text);
}

/// An answer that is put together along a chain of messages: thoughts, calls, output, text.
struct Draft {
    Message message {.role = Role::Assistant};
    QString model {};
    QString finishReason {};
    bool isFinished = true;
    bool hasContent = false;

    void add(const QString &text)
    {
        if (text.trimmed().isEmpty())
            return;
        hasContent = true;
        const QString before = message.text();
        message.content = {TextPart {before.isEmpty() ? text : QString(before + QStringLiteral("\n\n") + text)}};
    }
};

struct Step {
    QString node {};
    qint64 turnId = 0;
    Draft draft {};
};

QString fenced(const QString &text, const QString &language)
{
    QString fence = QStringLiteral("```");
    while (text.contains(fence))
        fence += u'`';
    return fence + language + u'\n' + text + u'\n' + fence;
}

std::vector<ContentPart> partsOf(const QJsonObject &content)
{
    std::vector<ContentPart> parts;
    const QJsonArray list = content[QStringLiteral("parts")].toArray();
    for (const QJsonValue &value : list) {
        const QJsonObject object = value.toObject();
        if (value.isString() && !value.toString().isEmpty())
            parts.push_back(TextPart {value.toString()});
        else if (object[QStringLiteral("text")].isString())
            parts.push_back(TextPart {object[QStringLiteral("text")].toString()});
        else if (object.contains(QStringLiteral("asset_pointer")))
            parts.push_back(TextPart {tr("[an attachment that the export does not hold]")});
    }
    if (list.isEmpty() && content[QStringLiteral("text")].isString())
        parts.push_back(TextPart {content[QStringLiteral("text")].toString()});
    return parts;
}

QString textOf(const std::vector<ContentPart> &parts)
{
    Message message {.content = parts};
    return message.text();
}

void addThoughts(const QJsonObject &content, Draft &draft)
{
    const QJsonArray thoughts = content[QStringLiteral("thoughts")].toArray();
    for (const QJsonValue &thought : thoughts) {
        const QString text = thought[QStringLiteral("content")].toString();
        if (!draft.message.reasoning.isEmpty() && !text.isEmpty())
            draft.message.reasoning += QStringLiteral("\n\n");
        draft.message.reasoning += text;
        draft.hasContent = draft.hasContent || !text.isEmpty();
    }
}

void addMessage(const QJsonObject &message, const QString &role, Draft &draft)
{
    const QJsonObject content = message[QStringLiteral("content")].toObject();
    const QString type = content[QStringLiteral("content_type")].toString();
    const QJsonObject metadata = message[QStringLiteral("metadata")].toObject();
    if (type == u"thoughts")
        return addThoughts(content, draft);
    if (role == u"tool") {
        if (type == u"execution_output")
            draft.add(fenced(content[QStringLiteral("text")].toString(), {}));
        return;
    }
    const QString recipient = message[QStringLiteral("recipient")].toString(QStringLiteral("all"));
    const QString language = content[QStringLiteral("language")].toString();
    if (type == u"code")
        draft.add(fenced(content[QStringLiteral("text")].toString(), language == u"unknown" ? QString() : language));
    else if (recipient == u"all" && type != u"reasoning_recap")
        draft.add(textOf(partsOf(content)));
    if (const QString model = metadata[QStringLiteral("model_slug")].toString(); !model.isEmpty())
        draft.model = model;
    draft.finishReason = metadata[QStringLiteral("finish_details")][QStringLiteral("type")].toString();
    draft.isFinished = message[QStringLiteral("status")].toString() != u"in_progress";
}

class Walk
{
public:
    explicit Walk(const QJsonObject &conversation)
        : m_mapping(conversation[QStringLiteral("mapping")].toObject())
        , m_defaultModel(conversation[QStringLiteral("default_model_slug")].toString())
        , m_tree(program)
    {
    }

    ImportedTree &run()
    {
        for (auto entry = m_mapping.begin(); entry != m_mapping.end(); ++entry) {
            const QString parent = entry.value()[QStringLiteral("parent")].toString();
            if (!m_mapping.contains(parent))
                m_steps.push_back({.node = entry.key()});
        }
        // By hand, not by recursion: conversations of thousands of messages are one long chain.
        while (!m_steps.empty()) {
            Step step = std::move(m_steps.back());
            m_steps.pop_back();
            if (!m_seen.contains(step.node)) {
                m_seen.insert(step.node);
                take(std::move(step));
            }
        }
        return m_tree;
    }

    [[nodiscard]] QStringList pathTo(QString node) const
    {
        QStringList path;
        while (m_mapping.contains(node) && path.size() < m_mapping.size()) {
            path.append(node);
            node = m_mapping[node][QStringLiteral("parent")].toString();
        }
        return path;
    }

private:
    [[nodiscard]] QString roleOf(const QString &node) const
    {
        const QJsonValue message = m_mapping[node][QStringLiteral("message")];
        const QJsonValue metadata = message[QStringLiteral("metadata")];
        if (!message.isObject() || metadata[QStringLiteral("is_visually_hidden_from_conversation")].toBool())
            return {};
        const QString type = message[QStringLiteral("content")][QStringLiteral("content_type")].toString();
        if (type == u"user_editable_context" || type == u"model_editable_context")
            return {};
        return message[QStringLiteral("author")][QStringLiteral("role")].toString();
    }

    void take(Step step)
    {
        const QJsonObject message = m_mapping[step.node][QStringLiteral("message")].toObject();
        const QString role = roleOf(step.node);
        const QDateTime at = importedTime(message[QStringLiteral("create_time")]);
        if (role == u"user") {
            const Message prompt {.content = partsOf(message[QStringLiteral("content")].toObject())};
            step.turnId = m_tree.addTurn(step.turnId, prompt, at);
            step.draft = {};
            m_tree.noteNode(step.node, step.turnId);
        } else if (role == u"assistant" || role == u"tool") {
            addMessage(message, role, step.draft);
        } else if (role == u"system" && step.turnId == 0) {
            m_tree.session().systemPrompt += textOf(partsOf(message[QStringLiteral("content")].toObject()));
        }
        follow(std::move(step), at);
    }

    void follow(Step step, const QDateTime &at)
    {
        QStringList children;
        bool isAsked = false; // a prompt follows: the answer is complete
        const QJsonArray list = m_mapping[step.node][QStringLiteral("children")].toArray();
        for (const QJsonValue &child : list) {
            if (!m_mapping.contains(child.toString()))
                continue;
            children.append(child.toString());
            isAsked = isAsked || roleOf(child.toString()) == u"user";
        }
        if (step.draft.hasContent && (isAsked || children.isEmpty())) {
            if (step.turnId == 0) // the model spoke first
                step.turnId = m_tree.addTurn(0, {}, at);
            addAnswer(step);
        }
        // Last in, first out: the first child is taken first.
        for (auto child = children.rbegin(); child != children.rend(); ++child)
            m_steps.push_back({.node = *child, .turnId = step.turnId, .draft = step.draft});
    }

    void addAnswer(const Step &step)
    {
        const QString model = step.draft.model.isEmpty() ? m_defaultModel : step.draft.model;
        m_tree.addAnswer(step.turnId, model.isEmpty() ? QString(program) : model, step.node,
            {.state = step.draft.isFinished ? Answer::State::Complete : Answer::State::Interrupted,
                .message = step.draft.message,
                .finishReason = step.draft.finishReason});
    }

    QJsonObject m_mapping;
    QString m_defaultModel;
    ImportedTree m_tree;
    std::vector<Step> m_steps;
    QSet<QString> m_seen;
};

} // namespace

Result<SessionBundle> sessionFromChatGpt(const QJsonObject &conversation)
{
    if (!conversation[QStringLiteral("mapping")].isObject()) {
        return Failure({.kind = Error::Kind::InvalidRequest,
            .message = tr("This conversation has no messages: its member \"mapping\" is missing.")});
    }
    Walk walk(conversation);
    ImportedTree &tree = walk.run();
    Session &session = tree.session();
    session.title = conversation[QStringLiteral("title")].toString();
    session.createdAt = importedTime(conversation[QStringLiteral("create_time")]);
    session.updatedAt = importedTime(conversation[QStringLiteral("update_time")]);
    session.isPinned = conversation[QStringLiteral("is_starred")].toBool();
    QString key = conversation[QStringLiteral("conversation_id")].toString();
    if (key.isEmpty())
        key = conversation[QStringLiteral("id")].toString();
    if (key.isEmpty())
        key = session.title + QString::number(session.createdAt.toMSecsSinceEpoch());
    session.id = importedId(program, key);
    return tree.finish(walk.pathTo(conversation[QStringLiteral("current_node")].toString()));
}

} // namespace diptych
