// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/guide/guideanswer.h"

#include "builtin/guide/arithmetic.h"
#include "builtin/guide/calendar.h"
#include "builtin/guide/conversion.h"
#include "builtin/guide/dictation.h"
#include "builtin/guide/dictionary.h"
#include "builtin/guide/guideindex.h"
#include "builtin/guide/tone.h"
#include "builtin/guide/wordanswer.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>

namespace diptych {

namespace {

constexpr double enoughCoverage = 0.5; // below, the guide does not speak of what was asked

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::GuideAnswer", text);
}

bool matches(const QString &text, QStringView pattern)
{
    return QRegularExpression(pattern.toString(), QRegularExpression::CaseInsensitiveOption).match(text).hasMatch();
}

GuideAnswer said(const QString &text, const QString &why)
{
    return {.text = text, .plain = text.section(QStringLiteral("\n\n"), 0, 0), .reasoning = {why}};
}

/// Greetings, thanks and questions about the model itself; empty for anything else.
QString smallTalk(const QString &question, bool brief)
{
    const QString self = brief ? QStringLiteral("guide-brief") : QStringLiteral("guide");
    if (matches(question,
            uR"(\b(who|what) are you\b|\byour name\b|\bare you (an? |really |the )?(ai|llm|gpt|human|bot|chatgpt|large|language|real|person|robot)|\bwhich model are you|\bintroduce yourself)")) {
        return translated(
            "I am **%1**, a small retrieval model built into Diptych. I am not a large language model: I look up the "
            "best section of the user's guide and quote it.\n\nI can also look words up in a dictionary, work out "
            "sums, "
            "units and dates, call tools, and write JSON by a schema. What I do not know, I say so.")
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
    if (matches(question, uR"(^\W*how (are|do) you( do(ing)?)?( today)?\W*$)"))
        return translated("I work as I should, thank you. Ask me about Diptych, or about a word.");
    if (matches(question, uR"(\bwho (made|wrote|created|built|trained|programmed|developed) you\b)")) {
        return translated(
            "I am part of Diptych, and nobody trained me: I am a program that looks answers up in its user's "
            "guide and in WordNet, a dictionary of Princeton University.");
    }
    if (matches(question,
            uR"(^\W*(please |can you |could you )*(write|compose|tell|sing|invent|make up|draw|paint|generate) (me )?(a|an|another|some) (short |funny |little |good )*(joke|poem|story|song|essay|haiku|limerick|letter|email|blog post|picture|image|tale|code|program|function|script)\b)")) {
        return translated(
            "I can not do that: I am a small retrieval model, and write nothing of my own. Larger models do; "
            "add an endpoint to ask one.");
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
    return translated("I answer from the user's guide. It has these pages:") % u"\n\n" % pages.join(u'\n') % u"\n\n"
        % translated(
            "I also know words (\"define serendipity\", \"another word for happy\", \"is a whale a mammal?\"), "
            "sums, units (\"5 miles in km\") and dates (\"days until 2027-01-01\").");
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
    return said(
        sentences.join(QStringLiteral("\n\n")), translated("A tool has answered; I put its result into words."));
}

const GuideSection &sectionOf(const GuideIndex &index, const GuideHit &hit)
{
    return index.sections()[static_cast<std::size_t>(hit.section)];
}

QString percentage(double share)
{
    return QString(QString::number(std::lround(share * 100)) % u" %");
}

/// What the search of the guide brought, for the reasoning.
QStringList searchNotes(const GuideIndex &index, const QString &question, const std::vector<GuideHit> &hits, int most)
{
    QStringList notes;
    QStringList terms = contentTerms(question);
    terms.removeDuplicates();
    notes.push_back(terms.isEmpty() ? translated("No word of the question says what it is about.")
                                    : translated("I search the guide for: %1.").arg(terms.join(QStringLiteral(", "))));
    QStringList found;
    for (const GuideHit &hit : hits) {
        if (found.size() < most)
            found.push_back(
                translated("*%1* (score %2, has %3 of the question)")
                    .arg(sectionOf(index, hit).title, QString::number(hit.score, 'f', 1), percentage(hit.coverage)));
    }
    notes.push_back(found.isEmpty() ? translated("No section has any of these words.")
                                    : translated("Sections that fit: %1.").arg(found.join(QStringLiteral(", "))));
    return notes;
}

GuideAnswer notKnown(const GuideIndex &index, const std::vector<GuideHit> &hits)
{
    QString text =
        translated("I do not know. I only answer from the user's guide of Diptych and from a dictionary, and "
                   "neither speaks of that.");
    QStringList nearby;
    for (const GuideHit &hit : hits) {
        if (nearby.size() < 3)
            nearby.push_back(QString(u"- " % sectionOf(index, hit).title));
    }
    if (!nearby.isEmpty())
        text += QString(u"\n\n" % translated("The nearest topics are:") % u"\n\n" % nearby.join(u'\n'));
    else
        text += QString(u"\n\n" % translated("Ask \"What can you do?\" for its topics."));
    return said(text,
        translated("None speaks of the question (I ask for %1 of it, and for names in one piece), so I say that I do "
                   "not know.")
            .arg(percentage(enoughCoverage)));
}

GuideAnswer quoted(const GuideIndex &index, const std::vector<GuideHit> &hits, std::size_t rank, bool brief)
{
    const GuideSection &section = sectionOf(index, hits[rank]);
    GuideAnswer answer {.plain = section.firstParagraph(), .source = section.title};
    answer.text =
        (brief ? answer.plain : section.body) % u"\n\n" % translated("From the guide: *%1*").arg(section.title);
    QStringList related;
    for (std::size_t i = 0; i < hits.size() && related.size() < 2 && !brief; ++i) {
        if (i != rank && hits[i].score > 0.6 * hits.front().score)
            related.push_back(QString(u'*' % sectionOf(index, hits[i]).title % u'*'));
    }
    if (!related.isEmpty())
        answer.text += QString(u". " % translated("See also: %1.").arg(related.join(QStringLiteral(", "))));
    answer.reasoning = {translated("I quote *%1*, which fits %2.")
                            .arg(section.title, rank == 0 ? translated("best") : translated("next best"))};
    return answer;
}

GuideAnswer fromSections(
    const GuideIndex &index, const QString &question, const AnswerOptions &options, const Tone &tone)
{
    std::vector<GuideHit> hits = index.search(question);
    QString term;
    using About = WordQuestion::About;
    const auto asked = wordQuestion(question);
    if (asked && (asked->about == About::Meaning || (asked->about == About::IsA && !asked->other.isEmpty())))
        term = asked->word;
    const int defining = index.sectionDefining(term);
    if (defining >= 0) {
        hits = index.search(term);
        std::stable_partition(hits.begin(), hits.end(), [&](const GuideHit &hit) { return hit.section == defining; });
    }
    // Of "machine learning" a section does not speak that has both words far apart.
    const bool apart = defining < 0 && asked && asked->about == About::Meaning && contentTerms(term).size() > 1
        && !hits.empty() && !sectionOf(index, hits.front()).hasPairOf(term);
    const QStringList notes = searchNotes(index, question, hits, options.candidates);
    GuideAnswer answer;
    if (hits.empty() || hits.front().coverage < enoughCoverage || apart) {
        answer = notKnown(index, hits);
    } else {
        std::size_t chosen = static_cast<std::size_t>(options.rank);
        if (chosen >= hits.size() || hits[chosen].coverage < enoughCoverage)
            chosen = 0;
        answer = quoted(index, hits, chosen, options.brief || tone.brief);
        if (tone.brief && !tone.oneSentence && !options.brief)
            answer.text += QString(u". " % translated("Kept short, as you asked."));
    }
    answer.reasoning = notes + answer.reasoning;
    return answer;
}

/// What needs no looking up: sums, units, dates.
std::optional<GuideAnswer> workedOut(const QString &question)
{
    if (const auto calculation = calculate(question))
        return said(calculationText(*calculation),
            translated("This is a sum, which I read as %1 and work out.").arg(calculation->expression));
    if (const auto conversion = convertedUnits(question))
        return said(*conversion, translated("This asks for another unit; I have a table of their factors."));
    if (const auto date = answerAboutDates(question, QDateTime::currentDateTime()))
        return said(*date, translated("This asks about dates; I count days on the calendar."));
    return {};
}

/// A question about a word, unless the guide says what that is in Diptych.
std::optional<GuideAnswer> fromDictionary(
    const GuideSources &sources, const QString &question, const AnswerOptions &options, const Tone &tone)
{
    const auto asked = wordQuestion(question);
    if (!asked || (asked->word != QLatin1String("word") && contentTerms(asked->word).isEmpty()))
        return {};
    const QString first = translated("This asks about the word “%1”.").arg(asked->word);
    if (!asked->ofTheWord && sources.index.sectionDefining(asked->word) >= 0)
        return {};
    auto answer = answerAboutWord(sources.dictionary, *asked, options.brief || tone.brief, options.rank);
    if (answer) {
        answer->reasoning = {first,
            answer->source.isEmpty() ? translated("The dictionary does not have it, so I say that I do not know.")
                                     : translated("The guide does not say what it is; the dictionary has it.")};
    }
    return answer;
}

/// "the difference between a pane and a session": what each of them is.
std::optional<GuideAnswer> difference(
    const GuideSources &sources, const QString &question, const AnswerOptions &options, const Tone &tone)
{
    static const QRegularExpression asking(
        QStringLiteral("\\bdifferences? between (?:an? |the )?(.+?) and (?:an? |the )?(.+?)[\\s?.!]*$"),
        QRegularExpression::CaseInsensitiveOption);
    const auto match = asking.match(question);
    if (!match.hasMatch())
        return {};
    QStringList texts;
    QStringList found;
    for (const int side : {1, 2}) {
        const QString each = QString(u"what is " % match.captured(side));
        auto answer = fromDictionary(sources, each, {.brief = true}, tone);
        if (!answer)
            answer = fromSections(sources.index, each, {.brief = true, .candidates = options.candidates}, tone);
        if (answer->source.isEmpty())
            return {};
        texts.push_back(answer->text);
        found.push_back(answer->source);
    }
    found.removeDuplicates();
    GuideAnswer answer = said(
        texts.join(QStringLiteral("\n\n")), translated("This asks how two things differ; I say what each of them is."));
    answer.source = found.join(QStringLiteral(", "));
    return answer;
}

GuideAnswer untonedAnswer(
    const GuideSources &sources, const std::vector<Message> &messages, const AnswerOptions &options, const Tone &tone)
{
    if (messages.back().role == Role::Tool)
        return fromToolResults(messages);
    if (const auto words = dictated(messages))
        return said(*words, translated("I am told what to say, so I say it."));
    const QString question = withoutTone(lastQuestion(messages));
    if (question.trimmed().isEmpty())
        return said(translated("Ask me something about Diptych or the Azure AI Model Inference API."),
            translated("There is no question."));
    const QString talk = smallTalk(question, options.brief);
    if (!talk.isEmpty())
        return said(talk, translated("This is small talk, for which I have a ready answer."));
    if (const auto answer = workedOut(question))
        return *answer;
    if (matches(question,
            uR"(^\W*(help|what can you do|what do you know|topics|list (the )?topics|(summari[sz]e|list) (the |this )?(guide|pages|contents))\W*$)"))
        return said(topics(sources.index), translated("This asks for my topics; I list the guide's pages."));
    if (const auto answer = difference(sources, question, options, tone))
        return *answer;
    if (const auto answer = fromDictionary(sources, question, options, tone))
        return *answer;
    return fromSections(sources.index, question, options, tone);
}

} // namespace

QString lastQuestion(const std::vector<Message> &messages)
{
    const auto last = std::find_if(
        messages.rbegin(), messages.rend(), [](const Message &message) { return message.role == Role::User; });
    return last == messages.rend() ? QString() : last->text();
}

GuideAnswer answerFromGuide(
    const GuideSources &sources, const std::vector<Message> &messages, const AnswerOptions &options)
{
    const Tone tone = toneOf(messages);
    GuideAnswer answer = untonedAnswer(sources, messages, options, tone);
    answer.text = inTone(answer.text, tone);
    return answer;
}

} // namespace diptych
