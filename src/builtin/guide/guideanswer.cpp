// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/guide/guideanswer.h"

#include "builtin/guide/arithmetic.h"
#include "builtin/guide/guideindex.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>

namespace diptych {

namespace {

constexpr double enoughCoverage = 0.4; // below, the guide does not speak of what was asked

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::GuideAnswer", text);
}

bool matches(const QString &text, QStringView pattern)
{
    return QRegularExpression(pattern.toString(), QRegularExpression::CaseInsensitiveOption).match(text).hasMatch();
}

bool wantsBrevity(const std::vector<Message> &messages)
{
    return std::any_of(messages.begin(), messages.end(), [](const Message &message) {
        const bool instructs = message.role == Role::System || message.role == Role::Developer;
        return instructs
            && matches(message.text(),
                uR"(\b(brief|briefly|brevity|concise|concisely|short|terse|one (sentence|paragraph|line))\b)");
    });
}

GuideAnswer said(const QString &text)
{
    return {.text = text, .plain = text.section(QStringLiteral("\n\n"), 0, 0)};
}

/// Greetings, thanks and questions about the model itself; empty for anything else.
QString smallTalk(const QString &question, bool brief)
{
    const QString self = brief ? QStringLiteral("guide-brief") : QStringLiteral("guide");
    if (matches(question,
            uR"(\b(who|what) are you\b|\byour name\b|\bare you (an? |really |the )?(ai|llm|gpt|human|bot|chatgpt|large|language|real|person|robot)|\bwhich model are you|\bintroduce yourself)")) {
        return translated(
            "I am **%1**, a small retrieval model built into Diptych. I am not a large language model: I look up the "
            "best section of the user's guide and quote it.\n\nI can also work out sums, call tools, and write JSON "
            "by a schema. What I do not know, I say so.")
            .arg(self);
    }
    if (matches(question,
            uR"(^\W*(say |please say |just say )?(hello|hi|hey|good (morning|afternoon|evening|day)|greetings|howdy)\b(\W+\w+)?\W*$)")) {
        return brief
            ? translated("Hello. Ask me about Diptych.")
            : translated(
                "Hello! I am guide, a small model inside Diptych that answers from its user's guide.\n\nAsk me, for "
                "example:\n\n- How do I swap a model?\n- What are extras?\n- What does error 422 mean?");
    }
    if (matches(question, uR"(^\W*(thanks|thank you|cheers|great|nice|perfect|cool)\b.{0,40}$)"))
        return translated("You are welcome.");
    if (matches(question, uR"(^\W*(bye|goodbye|see you)\b.{0,30}$)"))
        return translated("Goodbye.");
    return {};
}

QString topics(const GuideIndex &index)
{
    QStringList pages;
    for (const GuideSection &section : index.sections()) {
        const QString line = QString(u"- " % section.page);
        if (!pages.contains(line))
            pages.push_back(line);
    }
    return translated("I answer from the user's guide. It has these pages:") % u"\n\n" % pages.join(u'\n');
}

QString calculationText(const Calculation &calculation)
{
    if (!calculation.value)
        return translated("%1 has no value: it divides by zero or leaves the range of numbers.")
            .arg(calculation.expression);
    return QString(calculation.expression % u" = **" % QString::number(*calculation.value, 'g', 12) % u"**");
}

/// "a: 1, b: 2" for a JSON object, else the text as it is.
QString readable(const QString &result)
{
    const QJsonDocument document = QJsonDocument::fromJson(result.toUtf8());
    if (!document.isObject())
        return result.trimmed();
    QStringList parts;
    const QJsonObject object = document.object();
    for (auto member = object.begin(); member != object.end(); ++member) {
        const QJsonValue value = member.value();
        const bool nested = value.isObject() || value.isArray();
        const QString text = nested
            ? QString::fromUtf8(value.isObject() ? QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact)
                                                 : QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact))
            : value.toVariant().toString();
        parts.push_back(QString(member.key() % u": " % text));
    }
    return parts.join(QStringLiteral(", "));
}

QString toolName(const std::vector<Message> &messages, const QString &callId)
{
    for (const Message &message : messages) {
        for (const ToolCall &call : message.toolCalls) {
            if (call.id == callId)
                return call.name;
        }
    }
    return {};
}

GuideAnswer fromToolResults(const std::vector<Message> &messages)
{
    QStringList sentences;
    auto first = messages.end();
    while (first != messages.begin() && std::prev(first)->role == Role::Tool)
        --first;
    for (auto message = first; message != messages.end(); ++message) {
        const QString name = toolName(messages, message->toolCallId);
        const QString result = readable(message->text());
        const QString shown = result.isEmpty() ? translated("nothing") : result;
        sentences.push_back(name.isEmpty() ? translated("The tool answered: %1.").arg(shown)
                                           : translated("The tool `%1` answered: %2.").arg(name, shown));
    }
    return said(sentences.join(QStringLiteral("\n\n")));
}

GuideAnswer notKnown(const GuideIndex &index, const std::vector<GuideHit> &hits)
{
    QString text =
        translated("I do not know. I only answer from the user's guide of Diptych, and it does not speak of that.");
    QStringList nearby;
    for (const GuideHit &hit : hits) {
        if (nearby.size() < 3)
            nearby.push_back(QString(u"- " % index.sections()[static_cast<std::size_t>(hit.section)].title));
    }
    if (!nearby.isEmpty())
        text += QString(u"\n\n" % translated("The nearest topics are:") % u"\n\n" % nearby.join(u'\n'));
    else
        text += QString(u"\n\n" % translated("Ask \"What can you do?\" for its topics."));
    return said(text);
}

GuideAnswer quoted(const GuideIndex &index, const std::vector<GuideHit> &hits, std::size_t rank, bool brief)
{
    const GuideSection &section = index.sections()[static_cast<std::size_t>(hits[rank].section)];
    GuideAnswer answer {.plain = section.firstParagraph(), .source = section.title};
    answer.text =
        (brief ? answer.plain : section.body) % u"\n\n" % translated("From the guide: *%1*").arg(section.title);
    QStringList related;
    for (std::size_t i = 0; i < hits.size() && related.size() < 2 && !brief; ++i) {
        if (i != rank && hits[i].score > 0.6 * hits.front().score)
            related.push_back(QString(u'*' % index.sections()[static_cast<std::size_t>(hits[i].section)].title % u'*'));
    }
    if (!related.isEmpty())
        answer.text += QString(u". " % translated("See also: %1.").arg(related.join(QStringLiteral(", "))));
    return answer;
}

} // namespace

QString lastQuestion(const std::vector<Message> &messages)
{
    const auto last = std::find_if(
        messages.rbegin(), messages.rend(), [](const Message &message) { return message.role == Role::User; });
    return last == messages.rend() ? QString() : last->text();
}

GuideAnswer answerFromGuide(const GuideIndex &index, const std::vector<Message> &messages, bool brief, int rank)
{
    if (messages.back().role == Role::Tool)
        return fromToolResults(messages);
    const QString question = lastQuestion(messages);
    if (question.trimmed().isEmpty())
        return said(translated("Ask me something about Diptych or the Azure AI Model Inference API."));
    const QString talk = smallTalk(question, brief);
    if (!talk.isEmpty())
        return said(talk);
    if (const auto calculation = calculate(question))
        return said(calculationText(*calculation));
    if (matches(question, uR"(^\W*(help|what can you do|what do you know|topics|list (the )?topics)\W*$)"))
        return said(topics(index));
    const std::vector<GuideHit> hits = index.search(question);
    if (hits.empty() || hits.front().coverage < enoughCoverage)
        return notKnown(index, hits);
    std::size_t chosen = static_cast<std::size_t>(rank);
    if (chosen >= hits.size() || hits[chosen].coverage < enoughCoverage)
        chosen = 0;
    const bool asked = wantsBrevity(messages);
    GuideAnswer answer = quoted(index, hits, chosen, brief || asked);
    if (asked && !brief)
        answer.text += QString(u". " % translated("Kept short, as you asked."));
    return answer;
}

} // namespace diptych
